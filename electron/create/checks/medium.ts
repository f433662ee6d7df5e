/** The ISO or image itself: there, readable, writable where it must be, used by nobody else. */
import type { PlanFinding } from '../../../shared/model/plan.ts'
import { backingChain } from '../../images/backing.ts'
import { systemDatabase } from '../../images/osinfo/database.ts'
import { AppError } from '../../../shared/model/error.ts'
import { stat } from 'node:fs/promises'
import { error, note, warning } from '../finding.ts'
import { folderClosedToOthers, isAllowed, mendingCommand } from '../permissions.ts'
import type { CheckContext } from './context.ts'

/** What stops a medium that could not be looked into. */
export async function unreadableMedium(problem: unknown, path: string): Promise<PlanFinding> {
  if (!(problem instanceof AppError)) throw problem
  switch (problem.code) {
    case 'file-missing':
      return error('mediaPath', 'media-missing', { path })
    case 'file-unreadable':
      return error('mediaPath', 'media-unreadable', { path, command: await mendingCommand(path, 'read') })
    case 'file-wrong-kind':
      return error('mediaPath', 'media-wrong-kind', { path })
    default:
      throw problem
  }
}

export async function checkMedium(context: CheckContext): Promise<PlanFinding[]> {
  const { plan, inspected, around } = context
  if (!inspected) return []
  const found = [...(await checkReach(context)), ...(await checkSystem(context))]
  const { media } = inspected
  if (plan.imageUse !== 'copy' || media.kind === 'iso') found.push(...checkWhiteSpace(plan.mediaPath))
  if (media.kind !== plan.mediaKind) found.push(error('mediaPath', 'media-wrong-kind', { path: plan.mediaPath }))
  if (media.kind === 'iso') return media.bootable === false ? [...found, warning('mediaPath', 'iso-not-bootable')] : found
  const missing = await missingBase(plan.mediaPath)
  if (missing !== null) found.push(error('mediaPath', 'base-missing', { path: plan.mediaPath, base: missing }))
  else if (media.backingPath !== null) found.push(note('mediaPath', 'has-base', { base: media.backingPath }))
  const users = (await around.usage.usersOf(plan.mediaPath)).map((machine) => machine.name)
  return [...found, ...(plan.imageUse === 'in-place' ? await checkInPlace(context, users) : [])]
}

/** libvirt writes tabs and line breaks of a path as they are, and XML reads them back as blanks: after its restart it would look for another file. */
function checkWhiteSpace(path: string): PlanFinding[] {
  return /[\t\n\r]/.test(path) ? [error('mediaPath', 'media-white-space')] : []
}

async function checkInPlace({ plan, around }: CheckContext, users: readonly string[]): Promise<PlanFinding[]> {
  const found: PlanFinding[] = []
  const above = (await around.usage.machinesAbove(plan.mediaPath)).map((machine) => machine.name)
  if (above.length > 0) found.push(error('imageUse', 'image-is-base', { names: above.join(', ') }))
  else if (users.length > 0) found.push(warning('imageUse', 'image-in-use', { names: users.join(', ') }))
  // in a session QEMU is this user; elsewhere libvirt gives the file to QEMU's user for as long as it runs
  if (around.kind === 'session' && !(await isAllowed(plan.mediaPath, 'write'))) {
    found.push(error('imageUse', 'image-read-only', { path: plan.mediaPath, command: await mendingCommand(plan.mediaPath, 'write') }))
  }
  return found
}

/** QEMU of the system connection runs as a user of its own, who must be let through every folder on the way. */
async function checkReach({ plan, around }: CheckContext): Promise<PlanFinding[]> {
  if (around.kind !== 'system' || plan.imageUse === 'copy') return []
  const folder = await folderClosedToOthers(plan.mediaPath)
  if (folder === null) return []
  return [warning('mediaPath', 'folder-closed', { path: plan.mediaPath, folder, command: `sudo setfacl -m u:libvirt-qemu:x '${folder.replaceAll("'", `'\\''`)}'` })]
}

/** The first base of an overlay that is not there. */
async function missingBase(path: string): Promise<string | null> {
  for (const base of await backingChain(path)) {
    const there = await stat(base).then(
      () => true,
      (problem: unknown) => !(problem instanceof Error && 'code' in problem && problem.code === 'ENOENT'),
    )
    if (!there) return base
  }
  return null
}

async function checkSystem({ plan, inspected }: CheckContext): Promise<PlanFinding[]> {
  if (plan.osId === null) {
    const { systems } = await systemDatabase()
    return [systems.size === 0 ? note('osId', 'osinfo-missing') : note('osId', 'system-unknown')]
  }
  const recognition = inspected?.recognition
  if (!recognition || recognition.exact || recognition.system.id !== plan.osId) return []
  return [note('osId', 'system-nearest', { label: recognition.label, system: recognition.system.name })]
}
