/** Who reaches whom on a network of each kind. The rows are libvirt's: https://wiki.libvirt.org/VirtualNetworking.html */
import type { NetworkExtra, NetworkKind, NetworkSettings } from './network.ts'

/**
 * `by-router`: once the router of the local network has a route back. `as-host-forwards`: libvirt adds no rule; the
 * host's own forwarding decides. `lan`: the local network outside gives it, not this host.
 */
export type Reach = 'yes' | 'no' | 'by-router' | 'as-host-forwards' | 'lan'

export interface NetworkReach {
  readonly dhcp: Reach
  /** Names are answered by this host. */
  readonly dns: Reach
  /** From a machine to the world outside the host. */
  readonly outside: Reach
  /** Between a machine and the host, both ways. */
  readonly host: Reach
  /** From one machine on it to another. */
  readonly machines: Reach
  /** How a machine's card is set up. */
  readonly setup: 'dynamic' | 'static' | 'lan'
  /** From outside to a machine. */
  readonly inbound: Reach
}

/** The row of a kind; null of a kind that libvirt has and this table has not. `has`: what of it can be switched off. */
export function reachOf(kind: NetworkKind, has: { readonly dhcp: boolean; readonly dns?: boolean; readonly machines?: Reach }): NetworkReach | null {
  const machines = has.machines ?? 'yes'
  const own = { dhcp: yesNo(has.dhcp), dns: yesNo(has.dns ?? true), host: 'yes', machines, setup: has.dhcp ? 'dynamic' : 'static' } as const
  const lan = { dhcp: 'lan', dns: 'lan', outside: 'yes', machines, setup: 'lan', inbound: 'yes' } as const
  switch (kind) {
    case 'nat':
      return { ...own, outside: 'yes', inbound: 'no' }
    case 'route':
      return { ...own, outside: 'by-router', inbound: 'by-router' }
    case 'open':
      return { ...own, outside: 'as-host-forwards', inbound: 'as-host-forwards' }
    case 'isolated':
      return { ...own, outside: 'no', inbound: 'no' }
    case 'very-isolated':
      return { dhcp: 'no', dns: 'no', outside: 'no', host: 'no', machines, setup: 'static', inbound: 'no' }
    case 'bridge':
      return { ...lan, host: 'yes' }
    case 'macvtap':
      return { ...lan, host: 'no' }
    case 'other':
      return null
  }
}

/** The row of a network as its document has it. */
export function reachOfNetwork(network: Pick<NetworkSettings, 'kind' | 'addresses' | 'dns' | 'extras'>): NetworkReach | null {
  return reachOf(network.kind, { dhcp: hasDhcp(network), dns: network.dns, machines: betweenMachines(network.extras) })
}

/**
 * Whether machines reach each other: not over isolated ports nor private macvtap; with its other modes the switch outside
 * decides. https://libvirt.org/formatnetwork.html#connectivity
 */
export function betweenMachines(extras: readonly NetworkExtra[]): 'yes' | 'no' | 'lan' {
  const mode = extras.find(({ what }) => what === 'forwardMode')?.text
  if (mode === 'private' || extras.some(({ what }) => what === 'isolatedPorts')) return 'no'
  return mode === 'vepa' || mode === 'passthrough' ? 'lan' : 'yes'
}

/** Whether the network hands addresses out. */
export function hasDhcp({ addresses }: Pick<NetworkSettings, 'addresses'>): boolean {
  return addresses.some((one) => one.ranges.length > 0 || one.hosts.length > 0)
}

const yesNo = (is: boolean): Reach => (is ? 'yes' : 'no')
