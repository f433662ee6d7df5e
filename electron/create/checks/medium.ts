/** The ISO or image itself: there, readable, writable where it must be, used by nobody else. */
import type { MediaInspection } from '../../../shared/model/media.ts'
import type { PlanFinding } from '../../../shared/model/plan.ts'
import { backingChain } from '../../images/backing.ts'
import { systemDatabase } from '../../images/osinfo/database.ts'
import { AppError } from '../../../shared/model/error.ts'
import { stat } from 'node:fs/promises'
import { error, note, warning } from '../finding.ts'
import { unkeepable } from '../kept-paths.ts'
import { isAllowed, mendingCommand } from '../permissions.ts'
import { handoverOf, hindrance } from '../qemu-access.ts'
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
  if (plan.imageUse !== 'copy') found.push(...checkPath(plan.mediaPath))
  found.push(...checkLibrary(plan, media))
  if (media.kind !== plan.mediaKind) found.push(error('mediaPath', 'media-wrong-kind', { path: plan.mediaPath }))
  if (media.kind === 'iso') return media.bootable === false ? [...found, warning('mediaPath', 'iso-not-bootable')] : found
  const missing = await missingBase(plan.mediaPath)
  if (missing !== null) found.push(error('mediaPath', 'base-missing', { path: plan.mediaPath, base: missing }))
  else if (media.backingPath !== null) found.push(note('mediaPath', 'has-base', { base: media.backingPath }))
  const users = (await around.usage.usersOf(plan.mediaPath)).map((machine) => machine.name)
  return [...found, ...(plan.imageUse === 'in-place' ? await checkInPlace(context, users) : [])]
}

/** After its restart libvirt would look for another file. */
function checkPath(path: string): PlanFinding[] {
  const reason = unkeepable(path)
  return reason === null ? [] : [error('imageUse', `media-${reason}`)]
}

/** What others stand on is written by nobody, and what may go any day is nobody's base. */
function checkLibrary(plan: CheckContext['plan'], media: MediaInspection): PlanFinding[] {
  if (media.kind === 'iso') return []
  if (plan.imageUse === 'overlay') return media.origin === 'library' ? [] : [error('imageUse', 'overlay-elsewhere')]
  return plan.imageUse === 'in-place' && media.origin === 'library' ? [error('imageUse', 'image-in-library')] : []
}

async function checkInPlace({ plan, around }: CheckContext, users: readonly string[]): Promise<PlanFinding[]> {
  const found: PlanFinding[] = []
  const above = (await around.usage.machinesAbove(plan.mediaPath)).map((machine) => machine.name)
  if (above.length > 0) found.push(error('imageUse', 'image-is-base', { names: above.join(', ') }))
  else if (users.length > 0) found.push(warning('imageUse', 'image-in-use', { names: users.join(', ') }))
  if (!(await isWritableForQemu(plan.mediaPath, around))) {
    found.push(error('imageUse', 'image-read-only', { path: plan.mediaPath, command: await mendingCommand(plan.mediaPath, 'write') }))
  }
  return found
}

/** In a session QEMU is this user; elsewhere libvirt makes its user the owner for as long as the machine runs, and leaves the mode. */
async function isWritableForQemu(path: string, around: CheckContext['around']): Promise<boolean> {
  if (around.kind === 'session') return isAllowed(path, 'write')
  const facts = around.qemuUser === null ? null : await stat(path).catch(() => null)
  return facts === null || (facts.mode & 0o600) === 0o600 || (await handoverOf(around, path, 'disk')).untouched
}

/** On the system connection QEMU is another user, who may not reach a person's file, or may keep it. */
async function checkReach({ plan, around }: CheckContext): Promise<PlanFinding[]> {
  if (plan.imageUse === 'overlay') return [] // the base is brought to where the disk is
  const found = await hindrance(around, plan.mediaPath, plan.mediaKind)
  if (found) {
    const params = { user: found.user, place: found.path }
    const isFolder = found.kind === 'folder'
    if (plan.imageUse === 'copy') return [note('imageUse', isFolder ? 'copied-as-folder-closed' : 'copied-as-file-closed', params)]
    return [error('imageUse', isFolder ? 'qemu-folder-closed' : 'qemu-file-closed', { ...params, command: found.command })]
  }
  if (plan.imageUse !== 'in-place' || plan.mediaKind === 'iso') return []
  const { lent } = await handoverOf(around, plan.mediaPath, 'disk')
  return lent === null ? [] : [warning('imageUse', 'image-is-lent', { user: around.qemuUser?.name ?? '' })]
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
