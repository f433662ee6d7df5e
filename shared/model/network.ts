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

/** Names that the host's DNS answers with an address. */
export interface DnsRecord {
  readonly address: string
  readonly names: readonly string[]
}

/** What the form has no field for. */
export const networkExtraKinds = [
  'forwardMode', 'devices', 'natAddresses', 'natPorts', 'isolatedPorts', 'vlan', 'virtualPort', 'inbound', 'outbound', 'portGroups', 'routes',
  'leases', 'clientIds', 'boot', 'tftp', 'localDomain', 'forwarders', 'dnsTexts', 'dnsServices', 'options', 'other',
] as const
export type NetworkExtraKind = (typeof networkExtraKinds)[number]

/** One thing that a document says beyond the form: `networks:extra.<what>`. It is shown, and every edit keeps it. */
export interface NetworkExtra {
  readonly what: NetworkExtraKind
  /** Names and numbers alone; empty of what is only there or not. */
  readonly text: string
}

/** What a network's document says. */
export interface NetworkSettings {
  readonly kind: NetworkKind
  /** The bridge that libvirt makes; of kind bridge the host's own. */
  readonly bridge: string | null
  readonly domain: string | null
  /** The host's device that traffic leaves by, or null for any; of kind macvtap the device that machines share. */
  readonly forwardDevice: string | null
  readonly addresses: readonly NetworkAddress[]
  /** Bytes a packet; null for libvirt's own (1500). */
  readonly mtu: number | null
  /** The host answers names here. */
  readonly dns: boolean
  readonly dnsRecords: readonly DnsRecord[]
  readonly extras: readonly NetworkExtra[]
}

export type NetworkField = keyof NetworkSettings

/** A network that is on has the settings that it runs with, else those of its next start. */
export interface Network extends NetworkSettings {
  readonly connection: ConnectionId
  readonly uuid: string
  readonly name: string
  readonly active: boolean
  readonly autostart: boolean
  readonly persistent: boolean
  /** Settings that will be others at the next start; empty where the network is off. */
  readonly pending: readonly NetworkField[]
  /** All settings of the next start, where some of them are pending; else null. */
  readonly next: NetworkSettings | null
}

export interface NetworkLease {
  readonly mac: string
  readonly address: string
  readonly prefix: number | null
  readonly hostname: string | null
  /** Seconds since 1970; 0 where it never ends. */
  readonly expiresAt: number
}
