/** A network as a person wants it, to be made or changed. https://libvirt.org/formatnetwork.html */
import type { ConnectionId } from './connection.ts'
import type { DhcpRange, DnsRecord } from './network.ts'

export const plannedKinds = ['nat', 'route', 'open', 'isolated', 'very-isolated', 'bridge', 'macvtap'] as const
export type PlannedKind = (typeof plannedKinds)[number]

/** An address that DHCP always gives to one machine. */
export interface StaticEntry {
  /** Of the machine's card; in IPv6, where clients are known by a DUID, it may be empty if a name is given. */
  readonly mac: string
  readonly address: string
  /** Empty for none. */
  readonly name: string
}

export interface SubnetPlan {
  /** "192.168.101.0/24": the host gets its first address. As typed: it may be wrong. */
  readonly cidr: string
  /** The host's address in it where it is not the first one; else null. */
  readonly gateway: string | null
  /** Null: no DHCP. */
  readonly dhcp: { readonly ranges: readonly DhcpRange[]; readonly hosts: readonly StaticEntry[] } | null
}

/** Every field as it is typed: `checkNetwork` says what is wrong with it. Empty text stands for "none" or "automatic". */
export interface NetworkPlan {
  readonly connection: ConnectionId
  readonly name: string
  readonly kind: PlannedKind
  /** NAT, routed: the host's device that traffic leaves by; null for any. libvirt lets an open network have none. */
  readonly forwardDevice: string | null
  readonly ipv4: SubnetPlan | null
  readonly ipv6: SubnetPlan | null
  /** DNS domain of the machines; "" for none. */
  readonly domain: string
  readonly dnsRecords: readonly DnsRecord[]
  /** Bytes a packet; null for libvirt's own (1500). */
  readonly mtu: number | null
  /** Name of the virtual bridge that libvirt makes; "" for the next free virbrN. */
  readonly bridge: string
  /** Kind bridge: the host's bridge that machines are plugged into; "" where none is chosen. */
  readonly hostBridge: string
  /** Kind macvtap: the host's device; "" where none is chosen. */
  readonly hostDevice: string
  readonly start: boolean
  readonly autostart: boolean
}

/** What may be changed of a network that is there: all but its name. */
export type NetworkEdit = Omit<NetworkPlan, 'connection' | 'name' | 'start' | 'autostart'>

/**
 * A remark on a field: errors stop Create, warnings and notes do not. `field` is a path in the plan, e.g. "name",
 * "ipv4.cidr", "ipv4.ranges.0.start", "ipv6.hosts.2.mac", "dnsRecords.0.names". Sentence: `findings:<code>`.
 */
export interface NetworkFinding {
  readonly field: string
  readonly level: 'error' | 'warning' | 'note'
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
}

/** How an edit took effect: `now` what libvirt's net-update did on the running network; `restart` where something waits for the next start. */
export interface NetworkEditOutcome {
  readonly restart: boolean
}

/** A network was started, or restarted. */
export interface NetworkStartOutcome {
  /** Names of running machines that have no network until they are started anew. */
  readonly notReconnected: readonly string[]
}
