/** What a system can drive and what it wants, with what it has from the systems that it derives from. */
import type { SystemDatabase } from './database.ts'
import type { FirmwareRecord, ResourceValues, SystemRecord } from './records.ts'

export interface SystemTraits {
  readonly windows: boolean
  /** The guest takes the clock of the machine for local time. */
  readonly localClock: boolean
  readonly q35: boolean
  readonly virtioDisk: boolean
  readonly virtioNet: boolean
  readonly virtioGpu: boolean
  readonly virtioRng: boolean
  readonly virtioBalloon: boolean
  readonly virtioSerial: boolean
  readonly usb3: boolean
  /** Network cards that it knows beside virtio. */
  readonly e1000e: boolean
  readonly e1000: boolean
  /** Does not start with a BIOS. */
  readonly requiresUefi: boolean
  readonly minimum: ResourceValues
  readonly recommended: ResourceValues
}

const pci = (id: string): string => `http://pcisig.com/pci/${id}`

/** Ids of devices as osinfo-db names them; the pairs are virtio 0.9 and virtio 1.0. */
const device = {
  virtioNet: [pci('1af4/1000'), pci('1af4/1041')],
  virtioDisk: [pci('1af4/1001'), pci('1af4/1042')],
  virtioBalloon: [pci('1af4/1002'), pci('1af4/1045')],
  virtioSerial: [pci('1af4/1003'), pci('1af4/1043')],
  virtioRng: [pci('1af4/1005'), pci('1af4/1044')],
  virtioGpu: [pci('1af4/1050')],
  virtio1Net: [pci('1af4/1041')],
  usb3: [pci('1b36/0004')],
  e1000: [pci('8086/100e')],
  e1000e: [pci('8086/10d3')],
  q35: ['http://qemu.org/chipset/x86/q35'],
} as const

/**
 * A system that osinfo does not know is taken for a Linux of today, which is what nearly every image and ISO is that a
 * database lacks: they come out after it. Windows media are recognised by their volume names, whatever their version.
 * (virt-install gives an unknown system IDE and e1000, which kernels made for clouds cannot drive.)
 */
const unknownSystem: SystemTraits = {
  windows: false,
  localClock: false,
  q35: true,
  virtioDisk: true,
  virtioNet: true,
  virtioGpu: false,
  virtioRng: true,
  virtioBalloon: true,
  virtioSerial: true,
  usb3: true,
  e1000e: true,
  e1000: true,
  requiresUefi: false,
  minimum: { cpus: null, memoryBytes: null, storageBytes: null },
  recommended: { cpus: null, memoryBytes: null, storageBytes: null },
}

/** Traits of a system by id; null or an id that the database lacks gives those of an unknown system. */
export function systemTraits(database: SystemDatabase, id: string | null, arch = 'x86_64'): SystemTraits {
  const record = id === null ? undefined : database.systems.get(id)
  if (!record) return unknownSystem
  const devices = allDevices(database, record)
  const has = (names: readonly string[]): boolean => names.some((name) => devices.has(name))
  const windows = ['win9x', 'winnt', 'win16'].includes(record.family ?? '')
  const firmware = allFirmware(database, record).filter((item) => item.arch === arch)
  const supports = (type: string, fallback: boolean): boolean => firmware.find((item) => item.type === type)?.supported ?? fallback
  return {
    windows,
    localClock: windows || record.family === 'solaris',
    // behind PCI Express ports virtio is of version 1.0 only: q35 asks for that too
    q35: has(device.q35) && (!has(device.virtioNet) || has(device.virtio1Net)),
    virtioDisk: has(device.virtioDisk),
    virtioNet: has(device.virtioNet),
    virtioGpu: has(device.virtioGpu),
    virtioRng: has(device.virtioRng),
    virtioBalloon: has(device.virtioBalloon),
    virtioSerial: has(device.virtioSerial),
    usb3: has(device.usb3),
    e1000e: has(device.e1000e),
    e1000: has(device.e1000),
    requiresUefi: supports('efi', false) && !supports('bios', true),
    ...resources(database, record, arch),
  }
}

/** Every device of a system and its parents; one that says `supported="false"` takes it away again. */
function allDevices(database: SystemDatabase, record: SystemRecord, seen: ReadonlySet<string> = new Set()): Set<string> {
  const found = new Set<string>()
  if (seen.has(record.id)) return found
  for (const parent of parentsOf(database, record)) {
    for (const id of allDevices(database, parent, new Set([...seen, record.id]))) found.add(id)
  }
  for (const item of record.devices) {
    if (item.supported) found.add(item.id)
    else found.delete(item.id)
  }
  return found
}

/** Own firmware first, then that of the parents. */
function allFirmware(database: SystemDatabase, record: SystemRecord, depth = 0): FirmwareRecord[] {
  if (depth > 40) return []
  return [...record.firmware, ...parentsOf(database, record).flatMap((parent) => allFirmware(database, parent, depth + 1))]
}

const parentsOf = (database: SystemDatabase, record: SystemRecord): SystemRecord[] =>
  record.parents.flatMap((id) => database.systems.get(id) ?? [])

interface Resources { readonly minimum: ResourceValues; readonly recommended: ResourceValues }

/** As libosinfo: a system's own values, those of its parents only where it says `inherit`. */
function resources(database: SystemDatabase, record: SystemRecord, arch: string, depth = 0): Resources {
  const exact = record.resources.find((item) => item.arch === arch)
  const any = record.resources.find((item) => item.arch === 'all')
  const parent = (exact?.inherit || any?.inherit) && depth < 40 ? parentsOf(database, record)[0] : undefined
  const base = parent ? resources(database, parent, arch, depth + 1) : null
  const minimum = over(over(exact?.minimum, any?.minimum), base?.minimum)
  const recommended = over(over(exact?.recommended, any?.recommended), base?.recommended)
  return { minimum, recommended: over(recommended, double(minimum)) }
}

const over = (a: ResourceValues | undefined, b: ResourceValues | undefined): ResourceValues => ({
  cpus: a?.cpus ?? b?.cpus ?? null,
  memoryBytes: a?.memoryBytes ?? b?.memoryBytes ?? null,
  storageBytes: a?.storageBytes ?? b?.storageBytes ?? null,
})

/** Where the database knows only the minimum, twice that is recommended (virt-install does the same). */
const double = (values: ResourceValues): ResourceValues => ({
  cpus: values.cpus === null ? null : values.cpus * 2,
  memoryBytes: values.memoryBytes === null ? null : values.memoryBytes * 2,
  storageBytes: values.storageBytes === null ? null : values.storageBytes * 2,
})
