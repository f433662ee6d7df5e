/** Machines (libvirt: domains). https://libvirt.org/formatdomain.html */
import type { ConnectionId } from './connection.ts'
import type { PendingChange } from './pending.ts'

/** virDomainState, by name. */
export type DomainState = 'nostate' | 'running' | 'blocked' | 'paused' | 'shutdown' | 'shutoff' | 'crashed' | 'pmsuspended'

export type AddressOrigin = 'lease' | 'agent' | 'arp' | 'expected'

export interface DomainAddress {
  readonly address: string
  /** Prefix length, or null where the source does not say. */
  readonly prefix: number | null
  readonly mac: string | null
  readonly origin: AddressOrigin
}

/** What a row of the table and a card of the grid show. */
export interface DomainSummary {
  readonly connection: ConnectionId
  readonly uuid: string
  /** False while its document is not read yet: title, system, addresses, displays, serial port, networks and cards are not known then. */
  readonly complete: boolean
  readonly name: string
  readonly title: string | null
  /** libvirt's number of a running machine, else null. */
  readonly id: number | null
  readonly state: DomainState
  /** libvirt's word for why ("booted", "user", "I/O error"…), or null. */
  readonly reason: string | null
  /** A managed save is kept: the next start goes on from it. */
  readonly saved: boolean
  readonly vcpus: number
  /** Memory now (running) or at the next start, in KiB. */
  readonly memoryKiB: number
  readonly autostart: boolean
  readonly persistent: boolean
  /** libosinfo's id, e.g. "http://debian.org/debian/11", or null. */
  readonly osId: string | null
  readonly addresses: readonly DomainAddress[]
  readonly displays: readonly GraphicsType[]
  readonly hasSerial: boolean
  readonly networks: readonly string[]
  /** Its network cards as it runs; of one that is off, as it will start. */
  readonly cards: readonly DomainCard[]
}

/** The network card of a machine, in short. */
export interface DomainCard {
  /** user, network, bridge, direct… */
  readonly type: string
  /** Name of the network, bridge or device; null in user mode. */
  readonly source: string | null
  readonly mac: string | null
}

export interface DomainDetails extends DomainSummary {
  /** What runs now; null when off. */
  readonly live: DomainConfig | null
  /** What the next start uses; null for a transient machine. */
  readonly config: DomainConfig | null
  readonly snapshots: number
  /** What differs between the running machine and its next start; none for one that is off or transient. */
  readonly pending: readonly PendingChange[]
}

export interface DomainConfig {
  readonly title: string | null
  readonly description: string | null
  /** `type` of the domain element: kvm, qemu, test… */
  readonly virtType: string
  readonly arch: string | null
  readonly machineType: string | null
  readonly firmware: 'bios' | 'uefi' | null
  readonly maxMemoryKiB: number
  readonly memoryKiB: number
  readonly maxVcpus: number
  readonly vcpus: number
  readonly cpu: { readonly mode: string | null; readonly model: string | null; readonly topology: CpuTopology | null }
  /** In boot order: from <os><boot> or from the devices' <boot order>. */
  readonly boot: readonly BootEntry[]
  readonly disks: readonly DomainDisk[]
  readonly interfaces: readonly DomainInterface[]
  readonly graphics: readonly DomainGraphics[]
  readonly videos: readonly string[]
  readonly serials: readonly { readonly type: string; readonly port: number | null }[]
  /** Every other device, named by its element and a short fact, so that nothing is hidden. */
  readonly others: readonly { readonly element: string; readonly fact: string | null }[]
  /** Files that Vivero made for this machine, as recorded in its metadata. */
  readonly createdFiles: readonly string[]
  /** The user that its first start made, where that is known. */
  readonly login: string | null
}

export interface CpuTopology { readonly sockets: number; readonly cores: number; readonly threads: number }

export interface BootEntry {
  readonly kind: 'disk' | 'cdrom' | 'network' | 'fd' | 'other'
  /** Disk target or MAC where devices carry the order, else null. */
  readonly target: string | null
}

export type DiskDevice = 'disk' | 'cdrom' | 'floppy' | 'lun'

export interface DomainDisk {
  readonly device: DiskDevice
  /** e.g. "vda"; the stable key of a disk. */
  readonly target: string
  readonly bus: string | null
  /** `type` of the disk element: file, block, volume, network… */
  readonly sourceType: string
  /** File or device; null for an empty drive and for network disks. */
  readonly path: string | null
  /** "pool/volume" of a volume disk, a URL of a network disk. */
  readonly sourceName: string | null
  readonly format: string | null
  readonly readOnly: boolean
  readonly cache: string | null
  readonly discard: string | null
}

/** A disk that QEMU could not read or write. */
export interface DiskError {
  /** e.g. "vda". */
  readonly target: string
  readonly path: string | null
  readonly kind: 'no-space' | 'other'
  /** Free where the disk lies, now; null where that is not known. */
  readonly freeBytes: number | null
}

export interface DomainInterface {
  /** user, network, bridge, direct… */
  readonly type: string
  /** Name of the network, bridge or device; null in user mode. */
  readonly source: string | null
  readonly model: string | null
  readonly mac: string | null
  readonly linkUp: boolean
}

export type GraphicsType = 'vnc' | 'spice' | 'sdl' | 'rdp' | 'dbus' | 'egl-headless'

export interface DomainGraphics {
  readonly type: GraphicsType
  readonly listen: 'socket' | 'address' | 'network' | 'none'
  readonly address: string | null
  readonly port: number | null
  readonly socket: string | null
  readonly hasPassword: boolean
}

/** What may be done to a machine. */
export type DomainAction = 'start' | 'suspend' | 'resume' | 'shutdown' | 'reboot' | 'destroy' | 'reset' | 'managedsave' | 'delete'

/** A file in the delete dialog. */
export interface DeletionFile {
  readonly path: string
  /** Bytes on disk, or null where it cannot be read. */
  readonly sizeBytes: number | null
  readonly device: DiskDevice | 'nvram'
  /** Vivero made it for this machine and nothing else uses it. */
  readonly ticked: boolean
  /** Whether it may be ticked at all; false where another machine or image stands on it. */
  readonly allowed: boolean
  /** Why it is not ticked: it was there before, or who uses it. */
  readonly reason: 'made-for-this' | 'was-there-before' | 'used-by' | 'base-of' | 'missing' | 'read-only'
  /** Names of the machines or files behind used-by and base-of. */
  readonly usedBy: readonly string[]
}
