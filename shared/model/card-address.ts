/** What is said of a card's address where none is known, and how a machine is reached. */
import { isInside, parseAddress, subnetAround } from '../lib/subnets.ts'
import type { DomainAddress, DomainSummary } from './domain.ts'
import type { PortForwards } from './card.ts'
import { isActive } from './domain-rules.ts'
import { LOOPBACK } from './forward-rules.ts'
import { exampleAddress, isPluggedInto, networkOfCard, sameMac } from './network-machines.ts'
import type { Network } from './network.ts'
import { hasDhcp } from './reach.ts'

/** The sentence is `cards:address.advice.<kind>`. */
export type AddressAdvice =
  /** DHCP has lent none yet. */
  | { readonly kind: 'waiting'; readonly network: string }
  /** No DHCP: an address of its subnet is set in the guest. */
  | { readonly kind: 'static'; readonly example: string }
  /** Not even a subnet: any common one will do. */
  | { readonly kind: 'any-subnet'; readonly example: string }
  /** IPv6 alone, without DHCP: the guest makes its address itself. */
  | { readonly kind: 'by-itself' }
  | { readonly kind: 'lan' }
  | { readonly kind: 'network-off' | 'network-gone'; readonly network: string }
  /** passt gives it an address of the host's. */
  | { readonly kind: 'passt' }
  | { readonly kind: 'unplugged' | 'unknown' }

interface Card {
  readonly type: string
  readonly source: string | null
  readonly mac: string | null
  readonly linkUp?: boolean
  readonly passt?: boolean
}

/** What to say of a running machine's card instead of an address; `machines` are those of the connection, with this one. */
export function addressAdvice(card: Card, networks: readonly Network[], machines: readonly DomainSummary[]): AddressAdvice {
  if (card.linkUp === false) return { kind: 'unplugged' }
  if (card.type === 'bridge' || card.type === 'direct') return { kind: 'lan' }
  if (card.type === 'user' && card.passt) return { kind: 'passt' }
  if (card.type !== 'network') return { kind: 'unknown' }
  const network = networkOfCard(card, networks)
  if (!network) return { kind: 'network-gone', network: card.source ?? '' }
  if (!network.active) return { kind: 'network-off', network: network.name }
  if (network.kind === 'bridge' || network.kind === 'macvtap') return { kind: 'lan' }
  if (network.kind === 'other') return { kind: 'unknown' }
  if (hasDhcp(network)) return { kind: 'waiting', network: network.name }
  const example = ownExample(card, network, machines)
  if (example === null) return { kind: 'by-itself' }
  return network.addresses.length === 0 ? { kind: 'any-subnet', example } : { kind: 'static', example }
}

/**
 * What the guest itself says it has, and is of none of the network's subnets: it was given on another network, or typed
 * wrong, and nobody here answers it.
 */
export function isForeign({ address, origin }: DomainAddress, card: Card, networks: readonly Network[]): boolean {
  const network = networkOfCard(card, networks)
  const own = parseAddress(address)
  if (origin !== 'agent' || !network || !own || address.toLowerCase().startsWith('fe80')) return false
  const subnets = network.addresses.flatMap((host) => {
    const gateway = parseAddress(host.address)
    return (gateway && subnetAround(gateway, host.prefix)) ?? []
  })
  const sameFamily = subnets.filter((subnet) => subnet.family === own.family)
  return sameFamily.length > 0 && !sameFamily.some((subnet) => isInside(subnet, own))
}

/** An address that no other machine of the network has, or is told to take: each gets another one, in the order of their names. */
function ownExample(card: Card, network: Network, machines: readonly DomainSummary[]): string | null {
  const taken = [...network.addresses.flatMap((one) => one.hosts.map((host) => host.address)), ...machines.flatMap((one) => one.addresses.map((known) => known.address))]
  const sorted = machines.toSorted((one, other) => (one.name < other.name ? -1 : 1))
  const cards = sorted.flatMap((machine) => machine.cards.filter((one) => isPluggedInto(one, network)).map((one) => ({ machine, card: one })))
  for (const one of cards) {
    if (sameMac(one.card.mac, card.mac)) break
    if (one.machine.addresses.some((known) => sameMac(known.mac, one.card.mac))) continue
    const theirs = exampleAddress(network, taken)
    if (theirs !== null) taken.push(theirs.split('/')[0] ?? '')
  }
  return exampleAddress(network, taken)
}

/** A running machine whose cards are all on networks without DHCP: no address will come by itself. */
export function hasNoDhcp(domain: DomainSummary, networks: readonly Network[]): boolean {
  if (!isActive(domain) || domain.cards.length === 0) return false
  return domain.cards.every((card) => {
    const network = networkOfCard(card, networks)
    return card.type === 'network' && network !== undefined && network.active && !hasDhcp(network) && !['bridge', 'macvtap', 'other'].includes(network.kind)
  })
}

/** Users that images made for clouds have. https://cloudinit.readthedocs.io/en/latest/reference/examples.html */
const usualUsers = ['debian', 'ubuntu', 'fedora', 'cirros', 'alpine', 'arch', 'rocky', 'almalinux', 'opensuse', 'freebsd'] as const

/** Who logs in: the user of its first start, the usual one of its system, else null. */
export function loginOf(told: string | null, osId: string | null): string | null {
  if (told !== null) return told
  const id = osId?.toLowerCase() ?? ''
  if (/redhat|rhel/.test(id)) return 'cloud-user'
  if (/centos/.test(id)) return 'centos'
  return usualUsers.find((user) => id.includes(user)) ?? null
}

/** Where a machine listens for ssh: an address that this host reaches, or a forwarded port. */
export interface SshPlace {
  readonly address: string
  readonly port: number
}

/** Where ssh reaches a machine, or null: not before it runs, not what is only expected, and nothing behind macvtap. */
export function sshPlace(domain: DomainSummary, networks: readonly Network[], ports: readonly PortForwards[]): SshPlace | null {
  if (!isActive(domain)) return null
  const forwards = ports.flatMap((card) => card.forwards).filter((one) => one.state === 'active' && one.forward.protocol === 'tcp' && one.forward.guestPort === 22)
  const [forward] = forwards
  const known = domain.addresses.find((one) => isReachable(one, domain, networks))
  if (known) return { address: known.address, port: 22 }
  if (!forward) return null
  const { hostAddress, hostPort } = forward.forward
  return { address: hostAddress === '0.0.0.0' ? LOOPBACK : hostAddress, port: hostPort }
}

function isReachable(known: DomainAddress, domain: DomainSummary, networks: readonly Network[]): boolean {
  if (known.origin === 'expected' || known.address.toLowerCase().startsWith('fe80')) return false
  const card = known.mac === null ? domain.cards[0] : domain.cards.find((one) => sameMac(one.mac, known.mac))
  if (!card || card.type === 'user' || card.type === 'direct') return false
  const kind = networkOfCard(card, networks)?.kind
  return kind !== 'macvtap' && kind !== 'very-isolated'
}

/** "ssh debian@192.168.122.57", "ssh -p 2222 debian@127.0.0.1". */
export function sshCommand({ address, port }: SshPlace, user: string): string {
  return `ssh ${port === 22 ? '' : `-p ${port} `}${user}@${address}`
}
