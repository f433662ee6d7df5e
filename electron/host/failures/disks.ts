import type { DomainDisk } from '../../../shared/model/domain.ts'
import { readDisk } from '../../libvirt/domain/devices/disk.ts'
import type { Target } from '../../libvirt/target.ts'
import { virshReadOne } from '../../libvirt/virsh.ts'
import { child, children, parseXml } from '../../libvirt/xml/document.ts'

/** The disks and drives that the machine's next start opens. Errors: not-found. */
export async function disksOf(target: Target, uuid: string): Promise<readonly DomainDisk[]> {
  const xml = await virshReadOne(target, ['dumpxml', `--domain=${uuid}`, '--inactive'])
  return children(child(parseXml(xml), 'devices'), 'disk').map(readDisk)
}
