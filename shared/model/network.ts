/** Virtual networks. https://libvirt.org/formatnetwork.html */
import type { ConnectionId } from './connection.ts'

export type NetworkKind = 'nat' | 'route' | 'open' | 'isolated' | 'very-isolated' | 'bridge' | 'macvtap' | 'other'

export interface DhcpRange {
  readonly start: string
  readonly end: string
}

export interface NetworkAddress {
  readonly family: 'ipv4' | 'ipv6'
  readonly address: string
  readonly prefix: number
  readonly ranges: readonly DhcpRange[]
  readonly hosts: readonly { readonly mac: string | null; readonly address: string; readonly name: string | null }[]
}

export interface Network {
  readonly connection: ConnectionId
  readonly uuid: string
  readonly name: string
  readonly active: boolean
  readonly autostart: boolean
  readonly persistent: boolean
  readonly kind: NetworkKind
  readonly bridge: string | null
  readonly domain: string | null
  /** Physical device that traffic leaves by, or null for any. */
  readonly forwardDevice: string | null
  readonly addresses: readonly NetworkAddress[]
}

export interface NetworkLease {
  readonly mac: string
  readonly address: string
  readonly prefix: number | null
  readonly hostname: string | null
  /** Seconds since 1970. */
  readonly expiresAt: number
}
