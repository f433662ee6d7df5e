/** Whose file it is that QEMU may not open, which folder keeps QEMU out, and what mends it. */
import { stat } from 'node:fs/promises'
import { AppError, type Remedy } from '../../../shared/model/error.ts'
import type { DomainDisk } from '../../../shared/model/domain.ts'
import { folderClosedToUs, isAllowed, mending, mendingLine, type Mending, type Need } from '../../create/permissions.ts'
import { closedFolder, type Obstacle } from '../../create/qemu-access.ts'
import { runWork } from '../../create/work.ts'
import { processOwner } from '../../libvirt/connection.ts'
import type { Target } from '../../libvirt/target.ts'
import { connectionKind } from '../../libvirt/uri.ts'
import { userFacts, type UserFacts } from '../../system/users.ts'
import { disksOf } from './disks.ts'

/**
 * A file-unreadable error of a machine's start with its reason: folder-closed (params.folder, user), file-foreign
 * (params.owner, user), or as it was where the file's own mode is the reason; with the command that mends it, and the
 * request that runs it where this user may.
 */
export async function whyClosed(target: Target, uuid: string, error: AppError, disks: readonly DomainDisk[]): Promise<AppError> {
  const path = error.params['path']
  if (typeof path !== 'string') return error
  const disk = disks.find((one) => one.path === path)
  const request = { name: 'domain.open-file', input: { connection: target.connection, uuid, path } }
  const remedies = (found: Mending): Remedy[] => [
    ...(disk && !found.asRoot ? [{ name: 'open-file', request }] : []),
    { name: 'fix-permission', command: mendingLine(found) },
  ]
  switch (connectionKind(target.uri)) {
    case 'session':
      return ofThisUser(error, path, needOf(disk), remedies)
    case 'system':
      return ofQemu(await closedToQemu(target, path), error, remedies)
    default:
      return error
  }
}

/**
 * Gives what the file of a machine lacks: the one right that the error of its start named. Does nothing where it lacks
 * none. Errors: not-found (params.path) for a file that is none of the machine's, permission-denied (with the command)
 * where it takes root.
 */
export async function openFile(target: Target, uuid: string, path: string): Promise<void> {
  const disk = (await disksOf(target, uuid)).find((one) => one.path === path)
  if (!disk) throw new AppError('not-found', { path })
  const found = await lacking(target, path, needOf(disk))
  if (found === null) return
  if (found.asRoot) throw new AppError('permission-denied', { path }, null, [{ name: 'fix-permission', command: mendingLine(found) }])
  await runWork(target, { kind: 'program', words: found.words })
}

async function lacking(target: Target, path: string, need: Need): Promise<Mending | null> {
  if (connectionKind(target.uri) === 'system') return (await closedToQemu(target, path))?.mending ?? null
  return (await isAllowed(path, need)) ? null : mending(path, need)
}

const needOf = (disk: DomainDisk | undefined): Need => (disk && !disk.readOnly && disk.device !== 'cdrom' ? 'write' : 'read')

/** In a session QEMU is this user. */
async function ofThisUser(error: AppError, path: string, need: Need, remedies: (found: Mending) => Remedy[]): Promise<AppError> {
  const own = process.getuid?.() ?? 0
  const user = (await userFacts(own)).name
  const ways = remedies(await mending(path, need))
  const folder = await folderClosedToUs(path)
  if (folder !== null) return retold(error, 'folder-closed', { folder, user }, ways)
  const uid = (await stat(path)).uid
  if (uid === own) return retold(error, 'file-unreadable', {}, ways)
  return retold(error, 'file-foreign', { owner: (await userFacts(uid)).name, user }, ways)
}

/** Elsewhere QEMU has a user of its own, to whom libvirt lends the file itself: a folder alone can be closed. */
async function closedToQemu(target: Target, path: string): Promise<Obstacle | null> {
  const owner = await processOwner(target)
  const user: UserFacts | null = owner && (await userFacts(owner.uid))
  return closedFolder(user, path)
}

const ofQemu = (found: Obstacle | null, error: AppError, remedies: (found: Mending) => Remedy[]): AppError =>
  found ? retold(error, 'folder-closed', { folder: found.path, user: found.user }, remedies(found.mending)) : error

const retold = (error: AppError, code: AppError['code'], more: Readonly<Record<string, string>>, remedies: readonly Remedy[]): AppError =>
  new AppError(code, { ...error.params, ...more }, error.detail, remedies)
