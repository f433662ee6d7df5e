/** Storage pools and volumes. https://libvirt.org/formatstorage.html */
import type { ConnectionId } from './connection.ts'

export interface Pool {
  readonly connection: ConnectionId
  readonly uuid: string
  readonly name: string
  readonly type: string
  readonly active: boolean
  readonly autostart: boolean
  readonly persistent: boolean
  /** Target path, or null for pools without one. */
  readonly path: string | null
  /** Bytes; 0 while inactive. */
  readonly capacityBytes: number
  readonly allocationBytes: number
  readonly availableBytes: number
}

/** A kind of pool, and whether this libvirt has what it takes to run one. */
export interface PoolType {
  /** As libvirt names it: dir, fs, netfs, logical… */
  readonly type: string
  readonly supported: boolean
}

/** A remark on a pool or volume that is to be made: an error stops it. Sentence: `findings:<code>`. */
export interface StorageFinding {
  readonly field: 'name' | 'path' | 'source'
  readonly level: 'error' | 'warning' | 'note'
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
}

export interface Volume {
  readonly name: string
  readonly path: string
  /** As libvirt names it: raw, qcow2, iso… */
  readonly format: string | null
  readonly capacityBytes: number
  readonly allocationBytes: number
  readonly backingPath: string | null
}

export interface MachineName {
  readonly uuid: string
  /** Its title, else its name. */
  readonly name: string
}

/** A volume with what stands on it: it must not be deleted then. */
export interface UsedVolume extends Volume {
  /** Machines with a disk or a CD of it, or with a disk that stands on it. */
  readonly usedBy: readonly MachineName[]
  /** Names of the volumes of its pool that stand on it. */
  readonly baseOf: readonly string[]
}
