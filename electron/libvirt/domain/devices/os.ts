/** What the machine starts with: type, firmware, boot order. https://libvirt.org/formatdomain.html#operating-system-booting */
import { bootOrderOf, sameEntry } from '../../../../shared/model/boot-order.ts'
import type { BootEntry, DomainConfig } from '../../../../shared/model/domain.ts'
import { AppError } from '../../../../shared/model/error.ts'
import type { BootOrder } from '../../../../shared/model/machine-edit.ts'
import { attr, child, children, childText, element, ensureChild, insert, remove, type XmlElement } from '../../xml/document.ts'

export interface OsSpec {
  readonly arch: string
  /** q35, pc, virt… */
  readonly machine: string
  readonly firmware: 'bios' | 'uefi'
  /** Kinds in their order; leave it out where devices carry <boot order>. */
  readonly boot?: readonly ('hd' | 'cdrom' | 'network')[]
}

const kinds: Readonly<Record<string, BootEntry['kind']>> = { hd: 'disk', cdrom: 'cdrom', network: 'network', fd: 'fd' }

export function readOs(domain: XmlElement): Pick<DomainConfig, 'arch' | 'machineType' | 'firmware' | 'boot'> {
  const os = child(domain, 'os')
  const type = child(os, 'type')
  return { arch: attr(type, 'arch'), machineType: attr(type, 'machine'), firmware: readFirmware(os), boot: readBoot(domain) }
}

function readFirmware(os: XmlElement | undefined): 'bios' | 'uefi' | null {
  if (!os) return null
  const loader = child(os, 'loader')
  if (attr(os, 'firmware') === 'efi' || attr(loader, 'type') === 'pflash') return 'uefi'
  return childText(os, 'type') === 'hvm' ? 'bios' : null
}

/** The devices' own order where any has one, else the kinds of <os>. */
function readBoot(domain: XmlElement): BootEntry[] {
  const ordered = inOrder(children(child(domain, 'devices')))
  if (ordered.length > 0) return ordered.map(bootOf)
  return children(child(domain, 'os'), 'boot').map((boot) => ({ kind: kinds[attr(boot, 'dev') ?? ''] ?? 'other', target: null }))
}

/** Those of the devices that have a place in the order. */
function inOrder(devices: readonly XmlElement[]): XmlElement[] {
  return devices
    .map((device) => ({ device, order: Number(attr(child(device, 'boot'), 'order') ?? NaN) }))
    .filter(({ order }) => !Number.isNaN(order))
    .sort((one, other) => one.order - other.order)
    .map(({ device }) => device)
}

function bootOf(device: XmlElement): BootEntry {
  if (device.tag === 'interface') return { kind: 'network', target: attr(child(device, 'mac'), 'address') }
  if (device.tag !== 'disk') return { kind: 'other', target: null }
  const type = attr(device, 'device')
  return { kind: type === 'cdrom' ? 'cdrom' : type === 'floppy' ? 'fd' : 'disk', target: attr(child(device, 'target'), 'dev') }
}

/** Another order; of the two ways to say it libvirt takes one alone. Errors: not-found for a device that is not there. */
export function patchBoot(domain: XmlElement, order: BootOrder): void {
  if (isOrder(domain, order)) return
  const os = ensureChild(domain, 'os')
  const devices = children(child(domain, 'devices'))
  const others = inOrder(devices).filter((device) => bootOf(device).kind === 'other')
  for (const device of devices) for (const boot of children(device, 'boot')) remove(device, boot)
  for (const boot of children(os, 'boot')) remove(os, boot)
  if (order.by === 'kinds') {
    const names = order.entries.flatMap(({ kind }) => Object.keys(kinds).find((name) => kinds[name] === kind) ?? [])
    for (const dev of names.reverse()) os.content.splice(bootPlace(os), 0, element('boot', { dev }))
    return
  }
  order.entries.forEach((entry, index) => {
    const device = entry.kind === 'other' ? others.shift() : devices.find((one) => sameEntry(bootOf(one), entry))
    if (!device) throw new AppError('not-found', { name: entry.target ?? entry.kind })
    insert(device, element('boot', { order: index + 1 }), { after: beforeBoot })
  })
}

function isOrder(domain: XmlElement, { by, entries }: BootOrder): boolean {
  const now = bootOrderOf({ boot: readBoot(domain) })
  return now.by === by && now.entries.length === entries.length && entries.every((entry, index) => sameEntry(entry, now.entries[index] ?? entry))
}

/** What stands before it in a device of libvirt's. */
const beforeBoot = ['mac', 'driver', 'source', 'target', 'model', 'link', 'iotune', 'readonly', 'shareable', 'backend']

const bootPlace = (os: XmlElement): number => 1 + os.content.findLastIndex((node) => 'tag' in node && ['type', 'loader', 'nvram', 'firmware'].includes(node.tag))

export function buildOs(spec: OsSpec): XmlElement {
  return element(
    'os',
    { firmware: spec.firmware === 'uefi' ? 'efi' : null },
    element('type', { arch: spec.arch, machine: spec.machine }, 'hvm'),
    ...(spec.boot ?? []).map((dev) => element('boot', { dev })),
  )
}
