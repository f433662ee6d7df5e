/** What is there already: the networks of a connection and the host's own, as the checks and the proposal need them. */
import { overlap, parseAddress, parseSubnet, subnetAround, type Subnet } from '../../lib/subnets.ts'
import type { HostNetworking } from '../host-networking.ts'
import type { Network, NetworkAddress } from '../network.ts'

export interface Around {
  readonly networks: readonly Network[]
  /** Null where the host is not known. */
  readonly host: HostNetworking | null
  /** UUID of the network that is edited. */
  readonly own?: string
}

export interface TakenSubnet {
  readonly subnet: Subnet
  /** The network that has it, or the host's device. */
  readonly by: { readonly network: string } | { readonly device: string }
}

/** The other networks. */
export const others = ({ networks, own }: Around): readonly Network[] => networks.filter((one) => one.uuid !== own)

/** Every subnet of another network, on or off, now or at its next start, and those that the host has routes to. */
export function takenSubnets(around: Around): TakenSubnet[] {
  const ofNetworks = others(around).flatMap((network) =>
    [...network.addresses, ...(network.next?.addresses ?? [])].flatMap((address): TakenSubnet[] => {
      const subnet = subnetOfAddress(address)
      return subnet ? [{ subnet, by: { network: network.name } }] : []
    }),
  )
  return [...ofNetworks, ...hostSubnets(around)]
}

/** The routes of a network's own bridge are the network's. */
function hostSubnets({ networks, host }: Around): TakenSubnet[] {
  const bridges = new Set(networks.filter(isOwnBridge).map((one) => one.bridge))
  return (host?.routes ?? []).flatMap(({ destination, device }): TakenSubnet[] => {
    const subnet = bridges.has(device) ? null : parseSubnet(destination)
    return subnet && !isEverywhere(subnet) ? [{ subnet, by: { device } }] : []
  })
}

/** Whether libvirt makes the network's bridge: that of kind bridge is the host's own. */
export const isOwnBridge = ({ kind, bridge }: Pick<Network, 'kind' | 'bridge'>): boolean => bridge !== null && kind !== 'bridge'

/** A VPN splits the default route into a few very wide ones, of which any subnet is a part. */
const AS_WIDE_AS_ALL = 7

/** Link-local and multicast routes are on every device. */
function isEverywhere({ family, first, prefix }: Subnet): boolean {
  if (prefix <= AS_WIDE_AS_ALL) return true
  const reserved = family === 'ipv6' ? ['fe80::/10', 'ff00::/8'] : ['169.254.0.0/16', '224.0.0.0/4']
  return reserved.some((text) => {
    const range = parseSubnet(text)
    return range !== null && first >= range.first && first <= range.last
  })
}

export function subnetOfAddress({ address, prefix }: Pick<NetworkAddress, 'address' | 'prefix'>): Subnet | null {
  const parsed = parseAddress(address)
  return parsed && subnetAround(parsed, prefix)
}

/** The first that overlaps. */
export const takenBy = (subnet: Subnet, taken: readonly TakenSubnet[]): TakenSubnet | undefined => taken.find((one) => overlap(one.subnet, subnet))
