/** Machines (libvirt: domains). https://libvirt.org/formatdomain.html */
import type { ConnectionId } from './connection.ts'
import type { DiskDevice, DomainConfig, GraphicsType } from './domain-config.ts'
import type { PendingChange } from './pending.ts'

export type * from './domain-config.ts'

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
  /** As of DomainInterface. */
  readonly passt?: boolean
  /** macvtap's, where it is not the usual bridge: private, vepa, passthrough. */
  readonly mode?: string
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

/** A disk that QEMU could not read or write. */
export interface DiskError {
  /** e.g. "vda". */
  readonly target: string
  readonly path: string | null
  readonly kind: 'no-space' | 'other'
  /** Free where the disk lies, now; null where that is not known. */
  readonly freeBytes: number | null
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
