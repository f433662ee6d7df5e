/** What of a list in a network's document goes, and what comes: entries that stay are not touched, so that what else they say survives. */
import type { StaticEntry } from '../../../shared/model/network-plan.ts'
import type { DhcpRange, DnsRecord } from '../../../shared/model/network.ts'
import { attr, children, text, type XmlElement } from '../xml/document.ts'
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
  return { tag, gone: there.filter((one) => !next.has(key(one))), added: wanted.filter((one) => !now.has(key(one))) }
}

const address = (el: XmlElement, name: string): string => canonical(attr(el, name) ?? '')
const rangeKey = (el: XmlElement): string => `${address(el, 'start')} ${address(el, 'end')}`
const hostKey = (el: XmlElement): string => JSON.stringify([attr(el, 'mac')?.toLowerCase() ?? '', address(el, 'ip'), attr(el, 'name') ?? ''])
const recordKey = (el: XmlElement): string => JSON.stringify([address(el, 'ip'), children(el, 'hostname').map((name) => text(name))])
