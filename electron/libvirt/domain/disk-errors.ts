/** Why a machine's disks cannot be read or written. https://libvirt.org/manpages/virsh.html#domblkerror */
import type { DiskError } from '../../../shared/model/domain.ts'
import { freeSpace } from '../../system/free-space.ts'
import type { Target } from '../target.ts'
import { connectionKind } from '../uri.ts'
import { textOf, virshRead } from '../virsh.ts'
import { child, children, parseXml } from '../xml/document.ts'
import { readDisk } from './devices/disk.ts'

/** The disks of a running machine that QEMU had an error on, with the room there is now. Errors: not-found, not-active. */
export async function domainDiskErrors(target: Target, uuid: string): Promise<readonly DiskError[]> {
  const [errors, document] = await virshRead(target, [['domblkerror', `--domain=${uuid}`], ['dumpxml', `--domain=${uuid}`]])
  const disks = children(child(parseXml(textOf(document)), 'devices'), 'disk').map(readDisk)
  const here = connectionKind(target.uri) !== 'remote'
  return Promise.all(
    readDiskErrors(textOf(errors)).map(async ({ disk, kind }) => {
      const path = disks.find((one) => one.target === disk)?.path ?? null
      const freeBytes = here && path !== null ? await freeSpace(path) : null
      return { target: disk, path, kind, freeBytes }
    }),
  )
}

/** `vda: no space`, a line a disk; a sentence where there is nothing wrong. */
export function readDiskErrors(text: string): { readonly disk: string; readonly kind: DiskError['kind'] }[] {
  return [...text.matchAll(/^(\S+): (no space|unspecified error)$/gm)].map(([, disk = '', word]) => ({
    disk,
    kind: word === 'no space' ? 'no-space' : 'other',
  }))
}
