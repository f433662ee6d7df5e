/** Disks, drives and floppies. https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms */
import type { DiskDevice, DomainDisk } from '../../../../shared/model/domain.ts'
import { attr, child, element, type XmlElement } from '../../xml/document.ts'

export interface DiskSpec {
  readonly device: DiskDevice
  /** e.g. "vda"; unique in the machine. */
  readonly target: string
  /** virtio, sata, scsi, usb, ide… */
  readonly bus: string
  /** A file's absolute path; null leaves the drive empty. */
  readonly path: string | null
  /** raw, qcow2… */
  readonly format: string
  readonly readOnly?: boolean
  /** unmap gives freed blocks back to the file. */
  readonly discard?: 'unmap' | 'ignore' | null
  readonly cache?: string | null
  /** False: libvirt leaves the file's owner as it is. https://libvirt.org/formatdomain.html#security-label */
  readonly relabel?: boolean
  /** 1 boots first. */
  readonly bootOrder?: number | null
}

const devices: readonly string[] = ['disk', 'cdrom', 'floppy', 'lun'] satisfies DiskDevice[]

export function readDisk(el: XmlElement): DomainDisk {
  const source = child(el, 'source')
  const driver = child(el, 'driver')
  const device = attr(el, 'device') ?? 'disk'
  const volume = [attr(source, 'pool'), attr(source, 'volume')].filter((part) => part !== null).join('/')
  return {
    device: isDevice(device) ? device : 'disk',
    target: attr(child(el, 'target'), 'dev') ?? '',
    bus: attr(child(el, 'target'), 'bus'),
    sourceType: attr(el, 'type') ?? 'file',
    path: attr(source, 'file') ?? attr(source, 'dev') ?? attr(source, 'dir'),
    sourceName: volume || networkName(source),
    format: attr(driver, 'type'),
    readOnly: child(el, 'readonly') !== undefined,
    cache: attr(driver, 'cache'),
    discard: attr(driver, 'discard'),
  }
}

export function buildDisk(spec: DiskSpec): XmlElement {
  return element(
    'disk',
    { type: 'file', device: spec.device },
    element('driver', { name: 'qemu', type: spec.format, cache: spec.cache, discard: spec.discard }),
    spec.path !== null && element('source', { file: spec.path }, spec.relabel === false && element('seclabel', { model: 'dac', relabel: 'no' })),
    element('target', { dev: spec.target, bus: spec.bus }),
    (spec.readOnly ?? spec.device === 'cdrom') && element('readonly'),
    spec.bootOrder ? element('boot', { order: spec.bootOrder }) : null,
  )
}

function networkName(source: XmlElement | undefined): string | null {
  const protocol = attr(source, 'protocol')
  if (protocol === null) return null
  const host = child(source, 'host')
  return `${protocol}://${attr(host, 'name') ?? ''}/${attr(source, 'name') ?? ''}`
}

function isDevice(word: string): word is DiskDevice {
  return devices.includes(word)
}
