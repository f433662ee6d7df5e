/** Where a new disk goes, and the network it is plugged into. */
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { PlanFinding } from '../../../shared/model/plan.ts'
import { freeSpace } from '../../system/free-space.ts'
import { error, note, warning } from '../finding.ts'
import { folderClosedToOthers, isFolderWritable, mendingCommand } from '../permissions.ts'
import { sizeWord } from '../sizes.ts'
import type { CheckContext } from './context.ts'
import { makesDisk, makesDefaultPool } from '../disk-place.ts'

export async function checkTarget(context: CheckContext): Promise<PlanFinding[]> {
  return [...(makesDisk(context.plan) ? await checkPlace(context) : []), ...checkNetwork(context)]
}

async function checkPlace(context: CheckContext): Promise<PlanFinding[]> {
  const { plan, around } = context
  if (plan.target.kind === 'folder') return checkFolder(plan.target.path, context)
  if (makesDefaultPool(plan, around)) return checkNewPool(context)
  const name = plan.target.pool
  const pool = around.pools.find((candidate) => candidate.name === name)
  if (!pool) return [error('target', 'pool-missing', { pool: name })]
  if (!pool.active) return [note('target', 'pool-inactive', { pool: name })]
  return [...(await checkUpload(context, pool.path)), ...(await checkSpace(context, pool.availableBytes))]
}

/** Into a folder that is not this user's, libvirt uploads the file as it is: an overlay would lose what it stands on. */
async function checkUpload({ plan, inspected }: CheckContext, folder: string): Promise<PlanFinding[]> {
  const overlay = plan.imageUse === 'copy' && (inspected?.media.backingPath ?? null) !== null
  return overlay && !(await isFolderWritable(folder)) ? [error('target', 'copy-overlay')] : []
}

async function checkNewPool(context: CheckContext): Promise<PlanFinding[]> {
  const { defaultPoolPath, kind } = context.around
  const space = await checkSpace(context, await freeSpace(defaultPoolPath))
  if (kind !== 'session') return space // libvirt's own root makes it
  const parent = await nearestFolder(defaultPoolPath)
  if (parent && (await isFolderWritable(parent))) return space
  return [error('target', 'default-pool-unwritable', { path: defaultPoolPath, folder: parent ?? '/' }), ...space]
}

async function nearestFolder(path: string): Promise<string | null> {
  for (let folder = path; ; folder = dirname(folder)) {
    const facts = await stat(folder).catch(() => null)
    if (facts) return facts.isDirectory() ? folder : null
    if (dirname(folder) === folder) return null
  }
}

async function checkFolder(path: string, context: CheckContext): Promise<PlanFinding[]> {
  const facts = await stat(path).catch(() => null)
  if (!facts?.isDirectory()) return [error('target', 'folder-missing', { path })]
  if (!(await isFolderWritable(path))) return [error('target', 'folder-unwritable', { path, command: await mendingCommand(path, 'write') })]
  const found = await checkSpace(context, await freeSpace(path))
  const closed = context.around.kind === 'system' ? await folderClosedToOthers(`${path}/disk`) : null
  return closed === null ? found : [...found, warning('target', 'target-closed', { path, folder: closed })]
}

/** A disk grows as it is used, so that too large a limit is a warning; a copy takes what the image takes at once. */
async function checkSpace({ plan, inspected }: CheckContext, available: number | null): Promise<PlanFinding[]> {
  if (available === null) return []
  const free = sizeWord(available)
  const found: PlanFinding[] = []
  const media = inspected?.media
  if (plan.imageUse === 'copy' && media && media.sizeBytes > available) {
    found.push(warning('target', 'copy-over-free', { size: sizeWord(media.sizeBytes), free }))
  } else if (plan.diskBytes !== null && plan.diskBytes > available) {
    found.push(warning('diskBytes', 'disk-over-free', { size: sizeWord(plan.diskBytes), free }))
  }
  const least = plan.imageUse === 'copy' ? (media?.virtualSizeBytes ?? 0) : 1
  if (plan.diskBytes !== null && plan.diskBytes < least) found.push(error('diskBytes', 'disk-under-image', { size: sizeWord(plan.diskBytes), image: sizeWord(least) }))
  return found
}

function checkNetwork({ plan, around }: CheckContext): PlanFinding[] {
  if (plan.network.kind !== 'network') return []
  const { name } = plan.network
  const network = around.networks.find((candidate) => candidate.name === name)
  if (!network) return [error('network', 'network-missing', { network: name })]
  return network.active ? [] : [note('network', 'network-inactive', { network: name })]
}
