/** What a machine's cards, or all machines of a network, come down to: for a report. Data; the words are made where it is shown. */
import type { DomainAddress, DomainCard, DomainSummary } from './domain.ts'
import type { Network, NetworkKind } from './network.ts'
import { displayName, isActive } from './domain-rules.ts'
import { exampleAddress, isPluggedInto, networkOfCard, sameMac } from './network-machines.ts'
import { betweenMachines, hasDhcp, reachOf, reachOfNetwork, type Reach } from './reach.ts'

/** Why no address is told: the machine or its network is off, DHCP has lent none yet, there is no DHCP, the LAN gives it, or nobody knows. */
export type NoAddress = 'machine-off' | 'network-off' | 'waiting' | 'static' | 'lan' | 'unknown'

/** `from-inside`: only the machine can begin (user mode). */
export type SummaryReach = Reach | 'from-inside'

/** `user`: user mode; `unplugged`: a bridge, device or network that is none of libvirt's. */
export type SummaryKind = NetworkKind | 'user' | 'unplugged'

export interface SummaryLine {
  /** What the person calls the machine. */
  readonly machine: string
  readonly running: boolean
  /** Name of the network, of the bridge or of the device; null in user mode. */
  readonly network: string | null
  readonly kind: SummaryKind
  readonly mac: string | null
  readonly addresses: readonly DomainAddress[]
  /** Null where there is an address. */
  readonly noAddress: NoAddress | null
  /** An address to set by hand ("192.168.102.2/24"), where there is no DHCP. */
  readonly example: string | null
  /** Where the guest sends what goes outside: an address, the LAN's own router, or none. */
  readonly gateway: string | 'lan' | null
  readonly dns: string | 'lan' | null
  readonly outside: Reach | null
  readonly host: SummaryReach | null
  readonly machines: Reach | null
}

export type SummaryMachine = Pick<DomainSummary, 'name' | 'title' | 'state' | 'cards' | 'addresses'>

/** One line a card of the machine; `networks` are those of its connection. */
export function summariseMachine(machine: SummaryMachine, networks: readonly Network[]): readonly SummaryLine[] {
  return machine.cards.map((card) => summariseCard(machine, card, networkOfCard(card, networks)))
}

/** One line for each card that is on the network, in the order of the machines. */
export function summariseNetwork(network: Network, machines: readonly SummaryMachine[]): readonly SummaryLine[] {
  return machines.flatMap((machine) =>
    machine.cards.filter((card) => isPluggedInto(card, network)).map((card) => summariseCard(machine, card, network)),
  )
}

function summariseCard(machine: SummaryMachine, card: DomainCard, network: Network | undefined): SummaryLine {
  const running = isActive(machine)
  const addresses = running ? addressesOfCard(machine, card) : []
  const base = { machine: displayName(machine), running, mac: card.mac, addresses }
  if (card.type === 'user') return { ...base, ...userMode, ...(card.passt ? passt : {}), noAddress: noneOf(addresses, running, 'unknown') }
  if (!network) return { ...base, ...elsewhere(card), noAddress: noneOf(addresses, running, card.type === 'network' ? 'unknown' : 'lan') }
  const reach = reachOfNetwork(network)
  return {
    ...base,
    network: network.name,
    kind: network.kind,
    noAddress: noneOf(addresses, running, whyNone(network)),
    example: reach?.setup === 'static' ? exampleAddress(network) : null,
    gateway: gatewayOf(network),
    dns: reach?.dns === 'lan' ? 'lan' : reach?.dns === 'yes' ? hostAddresses(network) : null,
    outside: reach?.outside ?? null,
    host: reach?.host ?? null,
    machines: betweenCards(card) ?? reach?.machines ?? null,
  }
}

/** What a macvtap card's own mode says of other machines; undefined of a usual one. */
const betweenCards = ({ mode }: DomainCard): Reach | undefined => (mode === undefined ? undefined : betweenMachines([{ what: 'forwardMode', text: mode }]))

/** QEMU's user mode gives every machine the same. https://wiki.qemu.org/Documentation/Networking#User_Networking_(SLIRP) */
const userMode = { network: null, kind: 'user', example: null, gateway: '10.0.2.2', dns: '10.0.2.3', outside: 'yes', host: 'from-inside', machines: 'no' } as const

/** passt lends the guest the host's own address, router and names. https://passt.top/passt/about/ */
const passt = { gateway: 'lan', dns: 'lan' } as const

/** A bridge or device of the host's that no network names is as its LAN; of a network that is not there nothing is known. */
function elsewhere(card: DomainCard): Omit<SummaryLine, 'machine' | 'running' | 'mac' | 'addresses' | 'noAddress'> {
  const { type, source } = card
  const reach = type === 'bridge' ? reachOf('bridge', { dhcp: false }) : type === 'direct' ? reachOf('macvtap', { dhcp: false }) : null
  const lan = reach ? 'lan' : null
  return {
    network: source,
    kind: 'unplugged',
    example: null,
    gateway: lan,
    dns: lan,
    outside: reach?.outside ?? null,
    host: reach?.host ?? null,
    machines: betweenCards(card) ?? reach?.machines ?? null,
  }
}

/** Addresses of one card; those without a MAC belong to the only card there is. */
function addressesOfCard({ addresses, cards }: SummaryMachine, { mac }: DomainCard): readonly DomainAddress[] {
  return addresses.filter((one) => (one.mac === null ? cards.length === 1 : sameMac(one.mac, mac)))
}

function noneOf(addresses: readonly DomainAddress[], running: boolean, reason: NoAddress): NoAddress | null {
  if (addresses.length > 0) return null
  return running ? reason : 'machine-off'
}

function whyNone(network: Network): NoAddress {
  if (!network.active) return 'network-off'
  if (network.kind === 'bridge' || network.kind === 'macvtap') return 'lan'
  if (network.kind === 'other') return 'unknown'
  return hasDhcp(network) ? 'waiting' : 'static'
}

/** An isolated network has no gateway: nothing leads out of it, and libvirt's DHCP names none. */
function gatewayOf(network: Network): string | null {
  if (network.kind === 'bridge' || network.kind === 'macvtap') return 'lan'
  return network.kind === 'nat' || network.kind === 'route' || network.kind === 'open' ? hostAddresses(network) : null
}

/** The host's own addresses in the network. */
function hostAddresses({ addresses }: Network): string | null {
  return addresses.map((one) => one.address).join(', ') || null
}
