/** Where a new disk goes, and the network it is plugged into. */
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { PlanFinding } from '../../../shared/model/plan.ts'
import { freeSpace } from '../../system/free-space.ts'
import { error, note, warning } from '../finding.ts'
import type { CardSource } from '../../../shared/model/card.ts'
import { sourceName, sourceOf, whyNotSource } from '../../../shared/model/card-rules.ts'
import { isReferable } from '../../../shared/model/network-rules.ts'
import { networkSources } from '../network-sources.ts'
import { unkeepable } from '../kept-paths.ts'
import { isFolderWritable, mendingCommand } from '../permissions.ts'
import { closedFolder } from '../qemu-access.ts'
import { copyWay, placeOf } from '../place.ts'
import type { CheckContext } from './context.ts'
import { makesDefaultPool, poolNamed, storesFiles } from '../disk-place.ts'

export async function checkTarget(context: CheckContext): Promise<PlanFinding[]> {
  return [...(storesFiles(context.plan, context.around.kind) ? await checkPlace(context) : []), ...(await checkNetwork(context))]
}

async function checkPlace(context: CheckContext): Promise<PlanFinding[]> {
  const { plan, around } = context
  if (plan.target.kind === 'folder') return [...(await checkReach(plan.target.path, context)), ...(await checkFolder(plan.target.path, context))]
  if (makesDefaultPool(plan, around)) return [...(await checkReach(around.defaultPoolPath, context)), ...(await checkNewPool(context))]
  const name = plan.target.pool
  const pool = poolNamed(around, name)
  if (!pool) return [error('target', 'pool-missing', { pool: name })]
  const found = await checkReach(pool.path, context)
  if (!pool.active) return [...found, note('target', 'pool-inactive', { pool: name })]
  return [...found, ...(await checkCopy(context)), ...(await checkSpace(context, pool.availableBytes))]
}

/** What is made there must be found again after a restart of libvirt, and be open to QEMU. */
async function checkReach(folder: string, { around }: CheckContext): Promise<PlanFinding[]> {
  const reason = unkeepable(folder)
  if (reason !== null) return [error('target', `target-${reason}`)]
  const closed = await closedFolder(around.qemuUser, `${folder}/disk`)
  return closed === null ? [] : [error('target', 'target-closed', { user: closed.user, place: closed.path, command: closed.command })]
}

async function checkCopy({ plan, around, inspected }: CheckContext): Promise<PlanFinding[]> {
  const moves = plan.imageUse === 'copy' || (plan.imageUse === 'overlay' && around.kind !== 'session')
  if (!moves || !inspected) return []
  const way = await copyWay(plan.mediaPath, inspected.media, await placeOf(plan, around))
  if (way === 'overlay') return [error('target', 'copy-overlay')]
  return way === 'unreadable' ? [error('target', 'copy-unreadable', { path: plan.mediaPath })] : []
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
  return [...(await checkCopy(context)), ...(await checkSpace(context, await freeSpace(path)))]
}

/** A disk grows as it is used, so that too large a limit is a warning; a copy takes what the image takes at once. */
async function checkSpace({ plan, inspected }: CheckContext, available: number | null): Promise<PlanFinding[]> {
  if (available === null) return []
  const found: PlanFinding[] = []
  const media = inspected?.media
  if (plan.imageUse === 'copy' && media && media.sizeBytes > available) {
    found.push(warning('target', 'copy-over-free', { sizeBytes: media.sizeBytes, freeBytes: available }))
  } else if (plan.diskBytes !== null && plan.diskBytes > available) {
    found.push(warning('diskBytes', 'disk-over-free', { sizeBytes: plan.diskBytes, freeBytes: available }))
  }
  const least = plan.mediaKind === 'disk' ? (media?.virtualSizeBytes ?? 0) : 1
  if (plan.diskBytes !== null && plan.diskBytes < least) found.push(error('diskBytes', 'disk-under-image', { sizeBytes: plan.diskBytes, imageBytes: least }))
  return found
}

async function checkNetwork(context: CheckContext): Promise<PlanFinding[]> {
  const { plan, around } = context
  if (plan.network.kind === 'bridge' || plan.network.kind === 'direct') return checkHostSource(context, sourceOf(plan.network.kind, plan.network.name))
  if (plan.network.kind !== 'network') return []
  const { name } = plan.network
  const network = around.networks.find((candidate) => candidate.name === name)
  if (!network) return [error('network', 'network-missing', { network: name })]
  if (!isReferable(name)) return [error('network', 'network-white-space')]
  return network.active ? [] : [note('network', 'network-inactive', { network: name })]
}

/** A bridge or device of the host, which may have gone since it was chosen. */
async function checkHostSource({ deps, around }: CheckContext, source: CardSource): Promise<PlanFinding[]> {
  const name = sourceName(source) ?? ''
  if (name.trim() === '') return [error('network', 'network-source-empty')]
  const obstacle = whyNotSource(source, await networkSources(deps.target, around))
  if (obstacle === 'missing') return [error('network', source.type === 'bridge' ? 'source-bridge-missing' : 'source-device-missing', { name })]
  return obstacle === null ? [] : [error('network', 'network-closed', { name })]
}
