/** Another name for a machine that is off. https://libvirt.org/manpages/virsh.html#domrename */
import { AppError } from '../../../shared/model/error.ts'
import { sessionQemuFolder } from '../../system/paths.ts'
import type { Target } from '../target.ts'
import { connectionKind } from '../uri.ts'
import { virshWrite } from '../virsh.ts'
import { attr, child, insert, element, type XmlElement } from '../xml/document.ts'
import type { EditedMachine } from './edited-machine.ts'
import { readNvram } from './read.ts'
import { domainRedefine } from './redefine.ts'

interface Renaming {
  readonly name: string
  readonly machine: EditedMachine
}

/**
 * Its UUID, disks and snapshots stay. Errors: rename-running, rename-saved, name-taken, name-invalid, unsupported (test
 * driver).
 */
export async function domainRename(target: Target, uuid: string, { name, machine }: Renaming): Promise<void> {
  if (machine.live) throw new AppError('rename-running', { name: machine.name })
  // libvirt 9.0 looks for the folders of a machine of that name
  if (name === '.' || name === '..') throw new AppError('name-invalid', { name })
  const nvram = nvramFolder(target)
  if (nvram !== null && machine.config?.firmware === 'uefi') {
    await domainRedefine(target, uuid, (domain) => keepNvram(domain, `${nvram}/${machine.name}_VARS.fd`))
  }
  await virshWrite(target, ['domrename', `--domain=${uuid}`, `--new-name=${name}`])
}

/**
 * The firmware's variables (which system starts) lie in a file that libvirt 9.0 names after the machine and writes down
 * nowhere: under another name it would begin with new ones.
 */
function keepNvram(domain: XmlElement, path: string): boolean {
  const os = child(domain, 'os')
  if (!os || attr(os, 'firmware') !== 'efi' || readNvram(domain) !== null) return false
  insert(os, element('nvram', {}, path), { after: ['type', 'firmware', 'loader'] })
  return true
}

/** Where libvirt keeps such files; null where that is not known from here. */
function nvramFolder(target: Target): string | null {
  if (/^qemu(\+\w+)?:\/\/[^/?]*\/system(\?|$)/i.test(target.uri)) return '/var/lib/libvirt/qemu/nvram'
  return connectionKind(target.uri) === 'session' ? `${sessionQemuFolder()}/nvram` : null
}
