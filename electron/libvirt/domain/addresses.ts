/** Addresses of machines: what user mode always gives, what libvirt's networks have lent, what the guest's agent says. */
import type { DomainAddress } from '../../../shared/model/domain.ts'
import type { NetworkLease } from '../../../shared/model/network.ts'
import { subnetAround, parseAddress, isInside } from '../../../shared/lib/subnets.ts'
import { neighbours, type Neighbour } from '../../system/neighbours.ts'
import { qemuStarts } from '../../system/qemu-processes.ts'
import { uuidSet } from '../lists.ts'
import { leaseSeconds, readLeases } from '../network/leases.ts'
import { readNetwork } from '../network/read.ts'
import { connectionKind } from '../uri.ts'
import type { Target } from '../target.ts'
import { virshRead, type Answer } from '../virsh.ts'
import { attr, child, children, childText, parseTrusted, type XmlElement } from '../xml/document.ts'
import { isGuestAgent, readChannel } from './devices/channel.ts'
import { passtAddress, readInterface, userModeAddress } from './devices/interface.ts'

/** Leases by the name of their network. */
export type LeaseBook = ReadonlyMap<string, readonly NetworkLease[]>

/**
 * Reads the leases of those networks in one go; a network that is off or unknown has none. A lease counts only where it is
 * of the network as it is now, and not from before the machine's present start.
 */
export async function leaseBook(target: Target, networks: readonly string[]): Promise<LeaseBook> {
  const names = [...new Set(networks)]
  if (names.length === 0) return new Map()
  const queries = names.flatMap((name) => [['net-dhcp-leases', `--network=${name}`], ['net-dumpxml', `--network=${name}`]])
  const [on, ...answers] = await virshRead(target, [['net-list', '--uuid'], ...queries])
  const active = uuidSet(on)
  const read = names.map((name, index) => ({ name, ...leasesOf(answers[index * 2], answers[index * 2 + 1], active) }))
  const starts = read.some(({ leases }) => leases.length > 0) && isLocal(target) ? await qemuStarts() : new Map<string, number>()
  return new Map(read.map(({ name, leases, seconds }) => [name, newest(leases.filter((lease) => !isOlder(lease, seconds, starts)))]))
}

const isLocal = ({ uri }: Target): boolean => ['session', 'system'].includes(connectionKind(uri))

interface NetworkLeases {
  readonly leases: readonly NetworkLease[]
  /** For how long the network lends; null where that is not known. */
  readonly seconds: number | null
}

/** libvirt goes on telling the leases of a network that was stopped. */
function leasesOf(table: Answer | undefined, xml: Answer | undefined, active: ReadonlySet<string>): NetworkLeases {
  const leases = table?.ok ? readLeases(table.text) : []
  if (!xml?.ok || leases.length === 0) return { leases, seconds: null }
  const network = parseTrusted(xml.text)
  if (!active.has(childText(network, 'uuid') ?? '')) return { leases: [], seconds: null }
  const subnets = readNetwork(network).addresses.flatMap(({ address, prefix }) => {
    const own = parseAddress(address)
    return (own && subnetAround(own, prefix)) ?? []
  })
  const fits = ({ address }: NetworkLease): boolean => {
    const lent = parseAddress(address)
    return lent !== null && subnets.some((subnet) => isInside(subnet, lent))
  }
  return { leases: leases.filter(fits), seconds: leaseSeconds(network) }
}

/** Clocks are read in seconds, one after the other. */
const TOLERANCE = 3

/** Lent before the machine was started: its guest has not asked for it since, or has another address now. */
function isOlder({ mac, expiresAt }: NetworkLease, seconds: number | null, starts: ReadonlyMap<string, number>): boolean {
  const started = starts.get(mac.toLowerCase())
  return started !== undefined && seconds !== null && expiresAt > 0 && expiresAt - seconds < started - TOLERANCE
}

/** Names of the networks that the machine's cards are on. */
export function networksOf(domain: XmlElement): string[] {
  const sources = cards(domain).map(readInterface).filter((card) => card.type === 'network').map((card) => card.source)
  return [...new Set(sources.filter((source) => source !== null))]
}

/** The addresses that are known without asking the guest; of a running machine only. */
export function knownAddresses(live: XmlElement, leases: LeaseBook): DomainAddress[] {
  return cards(live).flatMap((el): DomainAddress[] => {
    const card = readInterface(el)
    if (card.type === 'user') {
      const given = card.passt ? passtAddress(el) : userModeAddress(el)
      return given ? [{ ...given, mac: card.mac, origin: 'expected' }] : []
    }
    if (card.type !== 'network' || card.source === null) return []
    const mine = (leases.get(card.source) ?? []).filter((lease) => lease.mac === card.mac)
    return mine.map((lease) => ({ address: lease.address, prefix: lease.prefix, mac: lease.mac, origin: 'lease' }))
  })
}

/** What the guest's agent says, where one is connected; nothing where it is silent. Loopback addresses are left out. */
export async function agentAddresses(target: Target, uuid: string, live: XmlElement): Promise<DomainAddress[]> {
  const agent = children(child(live, 'devices'), 'channel').map(readChannel).find(isGuestAgent)
  if (!agent?.connected) return []
  try {
    const [answer] = await virshRead(target, [['domifaddr', `--domain=${uuid}`, '--source', 'agent', '--full']], { timeoutMs: 4_000 })
    return answer?.ok ? readAgentTable(answer.text) : []
  } catch {
    return [] // an agent that hangs is no error of the machine
  }
}

/**
 * What the host itself has met behind the bridge that a card is on, where neither a lease nor the agent says it; only
 * since the machine's start. Behind macvtap the host meets nobody.
 */
export async function metAddresses(target: Target, live: XmlElement, known: readonly DomainAddress[]): Promise<DomainAddress[]> {
  const open = cards(live).filter((el) => {
    const { mac } = readInterface(el)
    return bridgeOf(el) !== null && mac !== null && !known.some((one) => one.mac?.toLowerCase() === mac.toLowerCase())
  })
  if (open.length === 0) return []
  if (!isLocal(target)) return []
  const [met, starts] = await Promise.all([neighbours(), qemuStarts()])
  const now = Date.now() / 1000
  return open.flatMap((el) => {
    const mac = readInterface(el).mac?.toLowerCase() ?? ''
    const since = starts.get(mac)
    const mine = met.filter((one) => one.mac === mac && one.device === bridgeOf(el) && (since === undefined || now - one.age >= since - TOLERANCE))
    return freshest(mine).map(({ address }): DomainAddress => ({ address, prefix: null, mac, origin: 'arp' }))
  })
}

/** The bridge that a running card is plugged into, or null. */
const bridgeOf = (card: XmlElement): string | null => (attr(card, 'type') === 'direct' ? null : attr(child(card, 'source'), 'bridge'))

/** A guest that changed its address is met under both for a while. */
function freshest(met: readonly Neighbour[]): Neighbour[] {
  const of = (six: boolean): Neighbour[] => met.filter(({ address }) => address.includes(':') === six && !address.startsWith('fe80')).toSorted((one, other) => one.age - other.age)
  return [...of(false).slice(0, 1), ...of(true).slice(0, 1)]
}

/** Rows of `domifaddr`: name, MAC, protocol, address/prefix; only addresses can tell the columns apart. */
export function readAgentTable(text: string): DomainAddress[] {
  const row = /\s([0-9a-f]{2}(?::[0-9a-f]{2}){5})\s+ipv[46]\s+([0-9a-f.:]+)\/(\d+)\s*$/i
  return text.split('\n').flatMap((line): DomainAddress[] => {
    const [, mac, address, prefix] = row.exec(line) ?? []
    if (mac === undefined || address === undefined || mac === '00:00:00:00:00:00') return []
    return [{ address, prefix: Number(prefix), mac, origin: 'agent' }]
  })
}

const cards = (domain: XmlElement): XmlElement[] => children(child(domain, 'devices'), 'interface').filter((card) => attr(card, 'type') !== 'hostdev')

/** A card has one lease of a family: the one that ends last. */
function newest(leases: readonly NetworkLease[]): NetworkLease[] {
  const family = (lease: NetworkLease): string => `${lease.mac} ${lease.address.includes(':')}`
  const last = new Map<string, NetworkLease>()
  for (const lease of leases) {
    const known = last.get(family(lease))
    if (!known || known.expiresAt <= lease.expiresAt) last.set(family(lease), lease)
  }
  return [...last.values()]
}
