/** Addresses of machines: what user mode always gives, what libvirt's networks have lent, what the guest's agent says. */
import type { DomainAddress } from '../../../shared/model/domain.ts'
import type { NetworkLease } from '../../../shared/model/network.ts'
import { readLeases } from '../network/leases.ts'
import type { Target } from '../target.ts'
import { virshRead } from '../virsh.ts'
import { attr, child, children, type XmlElement } from '../xml/document.ts'
import { isGuestAgent, readChannel } from './devices/channel.ts'
import { readInterface, userModeAddress } from './devices/interface.ts'

/** Leases by the name of their network. */
export type LeaseBook = ReadonlyMap<string, readonly NetworkLease[]>

/** Reads the leases of those networks in one go; a network that is off or unknown has none. */
export async function leaseBook(target: Target, networks: readonly string[]): Promise<LeaseBook> {
  const names = [...new Set(networks)]
  if (names.length === 0) return new Map()
  const answers = await virshRead(target, names.map((name) => ['net-dhcp-leases', `--network=${name}`]))
  return new Map(names.map((name, index) => [name, currentLeases(answers[index]?.ok ? readLeases(answers[index].text) : [])]))
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
    if (card.type === 'user') return [{ ...userModeAddress(el), mac: card.mac, origin: 'expected' }]
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
function currentLeases(leases: readonly NetworkLease[]): NetworkLease[] {
  const family = (lease: NetworkLease): string => `${lease.mac} ${lease.address.includes(':')}`
  const newest = new Map<string, NetworkLease>()
  for (const lease of leases) {
    const known = newest.get(family(lease))
    if (!known || known.expiresAt <= lease.expiresAt) newest.set(family(lease), lease)
  }
  return [...newest.values()]
}
