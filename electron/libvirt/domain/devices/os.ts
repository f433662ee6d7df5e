/** What the machine starts with: type, firmware, boot order. https://libvirt.org/formatdomain.html#operating-system-booting */
import type { BootEntry, DomainConfig } from '../../../../shared/model/domain.ts'
import { attr, child, children, childText, element, ensureChild, remove, setAttr, type XmlElement } from '../../xml/document.ts'

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
  const ordered = children(child(domain, 'devices'))
    .map((device) => ({ device, order: Number(attr(child(device, 'boot'), 'order') ?? NaN) }))
    .filter(({ order }) => !Number.isNaN(order))
    .sort((one, other) => one.order - other.order)
  if (ordered.length > 0) return ordered.map(({ device }) => bootOf(device))
  return children(child(domain, 'os'), 'boot').map((boot) => ({ kind: kinds[attr(boot, 'dev') ?? ''] ?? 'other', target: null }))
}

function bootOf(device: XmlElement): BootEntry {
  if (device.tag === 'interface') return { kind: 'network', target: attr(child(device, 'mac'), 'address') }
  if (device.tag !== 'disk') return { kind: 'other', target: null }
  const type = attr(device, 'device')
  return { kind: type === 'cdrom' ? 'cdrom' : type === 'floppy' ? 'fd' : 'disk', target: attr(child(device, 'target'), 'dev') }
}

/** Another order by kinds; orders of single devices go, since libvirt takes only one of the two. */
export function patchBoot(domain: XmlElement, order: readonly ('hd' | 'cdrom' | 'network')[]): void {
  const os = ensureChild(domain, 'os')
  for (const device of children(child(domain, 'devices'))) {
    const boot = child(device, 'boot')
    if (boot) remove(device, boot)
  }
  const present = children(os, 'boot')
  if (present.map((boot) => attr(boot, 'dev')).join() === order.join()) return
  present.forEach((boot) => remove(os, boot))
  for (const dev of [...order].reverse()) os.content.splice(bootPlace(os), 0, element('boot', { dev }))
}

const bootPlace = (os: XmlElement): number => 1 + os.content.findLastIndex((node) => 'tag' in node && ['type', 'loader', 'nvram', 'firmware'].includes(node.tag))

export function patchMachine(domain: XmlElement, machine: string): void {
  setAttr(ensureChild(ensureChild(domain, 'os'), 'type'), 'machine', machine)
}

export function buildOs(spec: OsSpec): XmlElement {
  return element(
    'os',
    { firmware: spec.firmware === 'uefi' ? 'efi' : null },
    element('type', { arch: spec.arch, machine: spec.machine }, 'hvm'),
    ...(spec.boot ?? []).map((dev) => element('boot', { dev })),
  )
}
