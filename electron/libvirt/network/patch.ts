/** Changing a network's document: the elements that are named are patched, everything else survives. */
import { hasAddresses } from '../../../shared/model/network-proposal.ts'
import { takesDevice } from '../../../shared/model/network-checks.ts'
import type { NetworkEdit, SubnetPlan } from '../../../shared/model/network-plan.ts'
import { attr, buildXml, child, children, element, ensureChild, insert, isElement, remove, setAttr, type XmlElement } from '../xml/document.ts'
import { bridgeElement, forwardElement, ipAttributes, ipElement } from './build.ts'
import { hostChanges, rangeChanges, recordChanges, type Changes } from './changes.ts'
import { readAddress, readNetwork } from './read.ts'

/** Where libvirt puts the elements that may be added. */
const order = ['name', 'uuid', 'metadata', 'forward', 'bridge', 'mtu', 'mac', 'domain', 'dns', 'ip']
const before = (tag: string): { readonly after: readonly string[] } => ({ after: order.slice(0, order.indexOf(tag)) })

/** True where anything differs from what the document said. Errors: invalid-input for a subnet that is none. */
export function patchNetwork(network: XmlElement, edit: NetworkEdit): boolean {
  const old = buildXml(network)
  const hadIpv6 = ipOf(network, 'ipv6') !== undefined
  if (readNetwork(network).kind !== edit.kind) changeKind(network, edit)
  else patchKind(network, edit)
  const own = edit.kind !== 'bridge' && edit.kind !== 'macvtap'
  if (own) patchOne(network, 'mtu', 'size', edit.mtu)
  if (hasAddresses(edit.kind)) patchAddresses(network, edit)
  if (edit.kind === 'nat' && hadIpv6 !== (edit.ipv6 !== null)) translateIpv6(network, edit.ipv6 !== null)
  return buildXml(network) !== old
}

/** What the kinds that machines share with the host's own network do not have, and libvirt refuses there. */
const ofOwnNetworks = ['mtu', 'mac', 'domain', 'dns', 'ip', 'bandwidth', 'route']

function changeKind(network: XmlElement, edit: NetworkEdit): void {
  const old = readNetwork(network).kind
  const isOwn = edit.kind !== 'bridge' && edit.kind !== 'macvtap'
  const gone = isOwn ? (hasAddresses(edit.kind) ? [] : ['domain', 'dns', 'ip', 'route']) : ofOwnNetworks
  for (const tag of ['forward', ...gone]) removeAll(network, tag)
  const forward = forwardElement(edit)
  if (forward) insert(network, forward, before('forward'))
  if (isOwn && old !== 'bridge' && old !== 'macvtap') return patchOne(network, 'bridge', 'name', edit.bridge === '' ? null : edit.bridge, true)
  removeAll(network, 'bridge')
  const bridge = bridgeElement(edit)
  if (bridge) insert(network, bridge, before('bridge'))
}

function patchKind(network: XmlElement, edit: NetworkEdit): void {
  const { kind } = edit
  const forward = child(network, 'forward')
  if (forward && (takesDevice(kind) || kind === 'macvtap')) patchDevice(forward, kind === 'macvtap' ? edit.hostDevice : edit.forwardDevice, kind)
  if (kind !== 'macvtap') patchOne(network, 'bridge', 'name', (kind === 'bridge' ? edit.hostBridge : edit.bridge) || null, true)
}

function patchDevice(forward: XmlElement, device: string | null, kind: NetworkEdit['kind']): void {
  if ((attr(forward, 'dev') ?? attr(child(forward, 'interface'), 'dev')) === device) return
  removeAll(forward, 'interface')
  setAttr(forward, 'dev', kind === 'macvtap' ? null : device)
  if (kind === 'macvtap') insert(forward, element('interface', { dev: device }))
}

/** An element that is there for one attribute; without a value it goes, unless it says more. */
function patchOne(network: XmlElement, tag: string, name: string, value: string | number | null, keep = false): void {
  const there = child(network, tag)
  if (value !== null || (keep && there)) setAttr(there ?? ensureChild(network, tag, before(tag)), name, value)
  else if (there) remove(network, there)
}

/** Where IPv6 comes to a NAT network, it is translated as IPv4 is. */
function translateIpv6(network: XmlElement, on: boolean): void {
  const forward = child(network, 'forward')
  const nat = child(forward, 'nat')
  if (!forward || (!on && !nat)) return
  const there = nat ?? ensureChild(forward, 'nat')
  setAttr(there, 'ipv6', on ? 'yes' : null)
  if (isBare(there)) remove(forward, there)
}

function patchAddresses(network: XmlElement, edit: NetworkEdit): void {
  patchOne(network, 'domain', 'name', edit.domain === '' ? null : edit.domain)
  const dns = child(network, 'dns')
  const records = recordChanges(dns, edit.dnsRecords)
  applyAll(dns, [records], (made) => insert(network, element('dns', {}, ...made), before('dns')))
  removeBare(network, 'dns')
  patchIp(network, 'ipv4', edit.ipv4)
  patchIp(network, 'ipv6', edit.ipv6)
}

/** The first address of a family: the one that the form shows. */
export const ipOf = (network: XmlElement, family: 'ipv4' | 'ipv6'): XmlElement | undefined =>
  children(network, 'ip').find((ip) => (attr(ip, 'family') === 'ipv6') === (family === 'ipv6'))

function patchIp(network: XmlElement, family: 'ipv4' | 'ipv6', plan: SubnetPlan | null): void {
  const ip = ipOf(network, family)
  if (!plan) {
    if (ip) remove(network, ip)
  } else if (!ip) insert(network, ipElement(plan), { after: order })
  else {
    if (!hasSubnet(ip, plan)) moveIp(ip, plan)
    patchDhcp(ip, plan.dhcp)
  }
}

/** Whether the element is of that subnet, and the host has that address in it. */
export function hasSubnet(ip: XmlElement, plan: SubnetPlan): boolean {
  const [old, wanted] = [readAddress(ip), readAddress(element('ip', ipAttributes(plan)))]
  return old !== null && old.address === wanted?.address && old.prefix === wanted.prefix
}

function moveIp(ip: XmlElement, plan: SubnetPlan): void {
  for (const name of ['netmask', 'prefix']) setAttr(ip, name, null)
  for (const [name, value] of Object.entries(ipAttributes(plan))) setAttr(ip, name, value)
}

function patchDhcp(ip: XmlElement, dhcp: SubnetPlan['dhcp']): void {
  const there = child(ip, 'dhcp')
  const changes = [rangeChanges(there, dhcp?.ranges ?? []), hostChanges(there, dhcp?.hosts ?? [])]
  applyAll(there, changes, (made) => insert(ip, element('dhcp', {}, ...made)))
  removeBare(ip, 'dhcp')
}

/** Changes what is there; where the lists have no place yet, `make` puts one there with all of them. */
function applyAll(there: XmlElement | undefined, all: readonly Changes[], make: (entries: readonly XmlElement[]) => void): void {
  const entries = all.flatMap(({ added }) => added)
  if (there) for (const one of all) apply(there, one)
  else if (entries.length > 0) make(entries)
}

function apply(parent: XmlElement, { gone, added, tag }: Changes): void {
  for (const one of gone) remove(parent, one)
  for (const one of added) insert(parent, one, { after: tag === 'range' ? ['range'] : ['range', 'host'] })
}

const isBare = (el: XmlElement): boolean => Object.keys(el.attributes).length === 0 && !el.content.some(isElement)

function removeBare(parent: XmlElement, tag: string): void {
  const there = child(parent, tag)
  if (there && isBare(there)) remove(parent, there)
}

function removeAll(parent: XmlElement, tag: string): void {
  for (const one of children(parent, tag)) remove(parent, one)
}
