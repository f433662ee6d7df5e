/** What of a list in a network's document goes, and what comes: entries that stay are not touched, so that what else they say survives. */
import type { StaticEntry } from '../../../shared/model/network-plan.ts'
import type { DhcpRange, DnsRecord } from '../../../shared/model/network.ts'
import { attr, child, children, cloneXml, text, type XmlElement } from '../xml/document.ts'
import { canonical, hostElement, rangeElement, recordElement } from './build.ts'

export interface Changes {
  readonly tag: 'range' | 'host'
  /** Elements of the document. */
  readonly gone: readonly XmlElement[]
  /** New ones. */
  readonly added: readonly XmlElement[]
}

export const rangeChanges = (dhcp: XmlElement | undefined, wanted: readonly DhcpRange[]): Changes => changes(dhcp, 'range', { wanted: wanted.map(rangeElement), key: rangeKey })
export const hostChanges = (dhcp: XmlElement | undefined, wanted: readonly StaticEntry[]): Changes => changes(dhcp, 'host', { wanted: wanted.map(hostElement), key: hostKey })
export const recordChanges = (dns: XmlElement | undefined, wanted: readonly DnsRecord[]): Changes => changes(dns, 'host', { wanted: wanted.map(recordElement), key: recordKey })

interface Wish {
  readonly wanted: readonly XmlElement[]
  readonly key: (el: XmlElement) => string
}

function changes(parent: XmlElement | undefined, tag: Changes['tag'], { wanted, key }: Wish): Changes {
  const there = children(parent, tag)
  const [now, next] = [new Set(there.map(key)), new Set(wanted.map(key))]
  const gone = there.filter((one) => !next.has(key(one)))
  const added = wanted.filter((one) => !now.has(key(one)))
  return { tag, gone, added: added.map((one, at) => keeping(one, successorOf(one, gone) ?? (gone.length === added.length ? gone[at] : undefined))) }
}

/** The entry that a new one takes the place of: it shares an end, an address, a card or a name with it. */
function successorOf(made: XmlElement, gone: readonly XmlElement[]): XmlElement | undefined {
  const shares = (one: XmlElement): boolean => Object.keys(made.attributes).some((name) => attr(made, name)?.toLowerCase() === attr(one, name)?.toLowerCase())
  return gone.find((one) => isSameClient(made, one)) ?? gone.find(shares)
}

/** A card's MAC says whose an entry is; without one (DHCPv6), its name or address does. */
function isSameClient(made: XmlElement, old: XmlElement): boolean {
  const same = (name: string): boolean => attr(made, name) !== null && attr(made, name)?.toLowerCase() === attr(old, name)?.toLowerCase()
  if (attr(made, 'mac') !== null || attr(old, 'mac') !== null) return same('mac')
  return same('name') || same('ip')
}

/** For how long an address is lent, and by which id a client is known, no field says: an entry that is changed keeps it, the id where it stays that client's. */
function keeping(made: XmlElement, old: XmlElement | undefined): XmlElement {
  const lease = child(old, 'lease')
  const id = old && isSameClient(made, old) ? old.attributes['id'] : undefined
  const attributes = id === undefined ? made.attributes : { id, ...made.attributes }
  return { ...made, attributes, content: lease ? [...made.content, cloneXml(lease)] : made.content }
}

const address = (el: XmlElement, name: string): string => canonical(attr(el, name) ?? '')
const rangeKey = (el: XmlElement): string => `${address(el, 'start')} ${address(el, 'end')}`
const hostKey = (el: XmlElement): string => JSON.stringify([attr(el, 'mac')?.toLowerCase() ?? '', address(el, 'ip'), attr(el, 'name') ?? ''])
const recordKey = (el: XmlElement): string => JSON.stringify([address(el, 'ip'), children(el, 'hostname').map((name) => text(name))])
