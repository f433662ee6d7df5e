/** Changing what is in a drive. */
import { AppError } from '../../../shared/model/error.ts'
import type { DomainDisk } from '../../../shared/model/domain.ts'
import { isCode } from '../errors.ts'
import type { Target } from '../target.ts'
import { virshReadOne, virshWrite } from '../virsh.ts'
import { children, child, parseXml } from '../xml/document.ts'
import { readDisk } from './devices/disk.ts'
import { reach } from './edited-machine.ts'

/**
 * Puts a file into a CD or floppy drive, or takes it out (null): now and for the next start. A guest that has locked its
 * tray is overruled. Errors: not-found (no such drive), file-missing, file-unreadable.
 */
export async function domainChangeMedia(target: Target, uuid: string, drive: string, path: string | null): Promise<void> {
  const flags = await reach(target, uuid)
  const drives = await Promise.all(flags.map(async (flag) => ({ flag, disk: await driveOf(target, uuid, drive, flag) })))
  if (drives.every(({ disk }) => !disk)) throw new AppError('not-found', { name: drive }, `no drive ${drive}`)
  // virsh takes the ejecting of an empty drive for an error
  const where = drives.filter(({ disk }) => disk && (path !== null || disk.path !== null)).map(({ flag }) => flag)
  if (where.length === 0) return
  const medium = path === null ? ['--eject'] : ['--update', `--source=${path}`]
  const command = ['change-media', `--domain=${uuid}`, `--path=${drive}`, ...medium, ...where]
  try {
    await virshWrite(target, command)
  } catch (error) {
    if (!isCode(error, 'busy')) throw error
    await virshWrite(target, [...command, '--force'])
  }
}

async function driveOf(target: Target, uuid: string, drive: string, flag: string): Promise<DomainDisk | undefined> {
  const xml = await virshReadOne(target, ['dumpxml', `--domain=${uuid}`, ...(flag === '--config' ? ['--inactive'] : [])])
  const disks = children(child(parseXml(xml), 'devices'), 'disk').map(readDisk)
  return disks.find((disk) => disk.target === drive && (disk.device === 'cdrom' || disk.device === 'floppy'))
}
