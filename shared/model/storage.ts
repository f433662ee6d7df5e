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

export interface Volume {
  readonly name: string
  readonly path: string
  /** As libvirt names it: raw, qcow2, iso… */
  readonly format: string | null
  readonly capacityBytes: number
  readonly allocationBytes: number
  readonly backingPath: string | null
}
