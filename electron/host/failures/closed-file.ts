/** Whose file it is that QEMU may not open, which folder keeps QEMU out, and the line that mends it. */
import { stat } from 'node:fs/promises'
import { AppError, type Remedy } from '../../../shared/model/error.ts'
import type { DomainDisk } from '../../../shared/model/domain.ts'
import { folderClosedToUs, mendingCommand } from '../../create/permissions.ts'
import { closedFolder } from '../../create/qemu-access.ts'
import { processOwner } from '../../libvirt/connection.ts'
import type { Target } from '../../libvirt/target.ts'
import { connectionKind } from '../../libvirt/uri.ts'
import { userFacts, type UserFacts } from '../../system/users.ts'

/**
 * A file-unreadable error with its reason: folder-closed (params.folder, user), file-foreign (params.owner, user), or as it
 * was where the file's own mode is the reason; with the command that mends it.
 */
export async function whyClosed(target: Target, error: AppError, disks: readonly DomainDisk[]): Promise<AppError> {
  const path = error.params['path']
  if (typeof path !== 'string') return error
  const disk = disks.find((one) => one.path === path)
  const need = disk && !disk.readOnly && disk.device !== 'cdrom' ? 'write' : 'read'
  switch (connectionKind(target.uri)) {
    case 'session':
      return ofThisUser(error, path, need)
    case 'system':
      return ofQemu(target, error, path)
    default:
      return error
  }
}

/** In a session QEMU is this user. */
async function ofThisUser(error: AppError, path: string, need: 'read' | 'write'): Promise<AppError> {
  const own = process.getuid?.() ?? 0
  const user = (await userFacts(own)).name
  const remedy = fix(await mendingCommand(path, need))
  const folder = await folderClosedToUs(path)
  if (folder !== null) return retold(error, 'folder-closed', { folder, user }, remedy)
  const uid = (await stat(path)).uid
  if (uid === own) return retold(error, 'file-unreadable', {}, remedy)
  return retold(error, 'file-foreign', { owner: (await userFacts(uid)).name, user }, remedy)
}

/** Elsewhere QEMU has a user of its own, to whom libvirt lends the file itself: a folder alone can be closed. */
async function ofQemu(target: Target, error: AppError, path: string): Promise<AppError> {
  const owner = await processOwner(target)
  const user: UserFacts | null = owner && (await userFacts(owner.uid))
  const found = await closedFolder(user, path)
  return found ? retold(error, 'folder-closed', { folder: found.path, user: found.user }, fix(found.command)) : error
}

const fix = (command: string): Remedy => ({ name: 'fix-permission', command })

const retold = (error: AppError, code: AppError['code'], more: Readonly<Record<string, string>>, remedy: Remedy): AppError =>
  new AppError(code, { ...error.params, ...more }, error.detail, [remedy])
