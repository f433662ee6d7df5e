/** Which cards are plugged into which network. https://libvirt.org/formatdomain.html#network-interfaces */
import { addressText, parseAddress, subnetAround } from '../lib/subnets.ts'
import type { DomainCard } from './domain.ts'
import type { Network } from './network.ts'

type Place = Pick<Network, 'name' | 'kind' | 'bridge' | 'forwardDevice'>

/** Whether a card is on a network: by the network's name, or straight in the same bridge or on the same device. */
export function isPluggedInto({ type, source }: Pick<DomainCard, 'type' | 'source'>, network: Place): boolean {
  if (source === null) return false
  if (type === 'network') return source === network.name
  if (type === 'bridge') return source === network.bridge
  return type === 'direct' && network.kind === 'macvtap' && source === network.forwardDevice
}

/** The network that a card is on, or undefined: user mode, a bridge or device of no network, a network that is gone. */
export function networkOfCard<N extends Place>(card: Pick<DomainCard, 'type' | 'source'>, networks: readonly N[]): N | undefined {
  return networks.find((one) => isPluggedInto(card, one))
}

/** Whether two texts are the same MAC; an unknown one is like no other. */
export const sameMac = (left: string | null, right: string | null): boolean =>
  left !== null && left.toLowerCase() === right?.toLowerCase()

/** At most so many addresses are tried: an example is all that is wanted. */
const TRIES = 300n

/**
 * An address that a guest may be given by hand: "192.168.102.2/24", the first after the host's own that nobody is known to
 * have. "172.22.0.2/16" where the host has none in the network (any common subnet will do); null of a network of the LAN.
 */
export function exampleAddress(network: Pick<Network, 'kind' | 'addresses'>, taken: readonly string[] = []): string | null {
  if (network.kind === 'bridge' || network.kind === 'macvtap' || network.kind === 'other') return null
  const host = network.addresses.find((one) => one.family === 'ipv4')
  if (host) return freeAfter(host.address, host.prefix, taken)
  return network.addresses.length === 0 ? freeAfter('172.22.0.1', 16, taken) : null
}

function freeAfter(host: string, prefix: number, taken: readonly string[]): string | null {
  const own = parseAddress(host)
  const subnet = own && subnetAround(own, prefix)
  if (!subnet) return null
  const inside = subnet.last - subnet.first - 1n
  for (let step = 1n; step < TRIES && step < inside; step += 1n) {
    const value = subnet.first + 1n + ((own.value - subnet.first - 1n + step) % inside)
    const address = addressText({ family: own.family, value })
    if (!taken.includes(address)) return `${address}/${prefix}`
  }
  return null
}
