/** The order in which a machine looks for something to start. https://libvirt.org/formatdomain.html#bios-bootloader */
import type { BootEntry, DomainConfig } from './domain.ts'
import type { BootOrder } from './machine-edit.ts'

type Devices = Pick<DomainConfig, 'boot' | 'disks' | 'interfaces'>

/** The order that the machine has: by devices where any has one, else by kinds. */
export function bootOrderOf({ boot }: Pick<DomainConfig, 'boot'>): BootOrder {
  const single = boot.some(({ kind, target }) => target !== null || kind === 'other')
  return { by: single ? 'devices' : 'kinds', entries: boot }
}

const kindOfDisk = (device: string): BootEntry['kind'] => (device === 'cdrom' ? 'cdrom' : device === 'floppy' ? 'fd' : 'disk')

/** Every device that can have a place in the order, as the document has them. */
export function bootDevices({ disks, interfaces, boot }: Devices): readonly BootEntry[] {
  return [
    ...disks.map(({ device, target }) => ({ kind: kindOfDisk(device), target })),
    ...interfaces.flatMap(({ mac }) => (mac === null ? [] : [{ kind: 'network' as const, target: mac }])),
    ...boot.filter(({ kind }) => kind === 'other'),
  ]
}

/** Kinds of which the machine has something; those that are in its order in any case. */
function bootKinds(config: Devices): readonly BootEntry[] {
  const present = new Set(bootDevices(config).map(({ kind }) => kind))
  const named = new Set(config.boot.map(({ kind }) => kind))
  return (['disk', 'cdrom', 'network', 'fd'] as const).filter((kind) => present.has(kind) || named.has(kind)).map((kind) => ({ kind, target: null }))
}

/** Same kind, same device. */
export const sameEntry = (one: BootEntry, other: BootEntry): boolean =>
  one.kind === other.kind && one.target?.toLowerCase() === other.target?.toLowerCase()

/** What can be chosen beside what is in the order. */
export function bootChoices(config: Devices, order: BootOrder): readonly BootEntry[] {
  const all = order.by === 'kinds' ? bootKinds(config) : bootDevices(config)
  return all.filter((entry) => entry.kind !== 'other' && !order.entries.some((chosen) => sameEntry(chosen, entry)))
}

/** The same order, device by device: a kind becomes all its devices. */
export function byDevices(config: Devices, order: BootOrder): BootOrder {
  if (order.by === 'devices') return order
  const devices = bootDevices(config)
  return { by: 'devices', entries: order.entries.flatMap(({ kind }) => devices.filter((device) => device.kind === kind)) }
}

/** The entry at `from` changes places with its neighbour before (-1) or behind (1) it. */
export function moved(order: BootOrder, from: number, step: -1 | 1): BootOrder {
  const entries = [...order.entries]
  const [one, other] = [entries[from], entries[from + step]]
  if (!one || !other) return order
  entries[from] = other
  entries[from + step] = one
  return { ...order, entries }
}

/** The first disk before all else, as after an installation; null where it is first, or there is none. */
export function diskFirst(config: Devices): BootOrder | null {
  const order = bootOrderOf(config)
  const [first] = order.entries
  if (!first || first.kind === 'disk') return null
  const disks = bootDevices(config).filter(({ kind }) => kind === 'disk')
  const [disk] = disks
  if (!disk) return null
  const chosen: BootEntry = order.by === 'kinds' ? { kind: 'disk', target: null } : (order.entries.find(({ kind }) => kind === 'disk') ?? disk)
  return { ...order, entries: [chosen, ...order.entries.filter((entry) => !sameEntry(entry, chosen))] }
}

/** Whether it starts from a CD that lies in its drive: an installer begins again. */
export function startsFromCd(config: Devices): boolean {
  const [first] = config.boot
  if (first?.kind !== 'cdrom') return false
  return config.disks.some(
    ({ device, target, path, sourceName }) =>
      device === 'cdrom' && (path !== null || sourceName !== null) && (first.target === null || first.target === target),
  )
}
