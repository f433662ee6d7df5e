/** A network's document as the model. https://libvirt.org/formatnetwork.html */
import type { DnsRecord, NetworkAddress, NetworkField, NetworkKind, NetworkSettings } from '../../../shared/model/network.ts'
import { attr, child, children, text, type XmlElement } from '../xml/document.ts'
import { readExtras } from './extras.ts'

export interface NetworkFacts extends NetworkSettings {
  readonly name: string
}

export function readNetwork(el: XmlElement): NetworkFacts {
  return { name: text(child(el, 'name'), true), ...readSettings(el) }
}

function readSettings(el: XmlElement): NetworkSettings {
  const forward = child(el, 'forward')
  const kind = kindOf(el)
  const mtu = attr(child(el, 'mtu'), 'size')
  return {
    kind,
    bridge: attr(child(el, 'bridge'), 'name'),
    domain: attr(child(el, 'domain'), 'name'),
    forwardDevice: attr(forward, 'dev') ?? attr(child(forward, 'interface'), 'dev'),
    addresses: children(el, 'ip').map(readAddress).filter((one) => one !== null),
    mtu: mtu === null ? null : Number(mtu),
    dns: child(el, 'ip') !== undefined && attr(child(el, 'dns'), 'enable') !== 'no',
    dnsRecords: children(child(el, 'dns'), 'host').map(readRecord),
    extras: readExtras(el),
  }
}

function readRecord(host: XmlElement): DnsRecord {
  return { address: attr(host, 'ip') ?? '', names: children(host, 'hostname').map((name) => text(name)) }
}

const fields = ['kind', 'bridge', 'domain', 'forwardDevice', 'addresses', 'mtu', 'dns', 'dnsRecords', 'extras'] as const satisfies readonly NetworkField[]

/** The settings that will be others at the next start. */
export function pendingSettings(live: NetworkSettings, next: NetworkSettings): NetworkField[] {
  return fields.filter((field) => JSON.stringify(live[field]) !== JSON.stringify(next[field]))
}

/** Isolated without any address is very isolated: no DHCP, no DNS, no way to the host. */
function kindOf(el: XmlElement): NetworkKind {
  const forward = child(el, 'forward')
  if (!forward) return child(el, 'ip') ? 'isolated' : 'very-isolated'
  const mode = attr(forward, 'mode') ?? 'nat'
  if (mode === 'nat' || mode === 'route' || mode === 'open') return mode
  if (mode === 'bridge' && child(el, 'bridge')) return 'bridge'
  return ['bridge', 'private', 'vepa', 'passthrough'].includes(mode) ? 'macvtap' : 'other'
}

export function readAddress(ip: XmlElement): NetworkAddress | null {
  const address = attr(ip, 'address')
  if (address === null) return null
  const family = attr(ip, 'family') === 'ipv6' ? 'ipv6' : 'ipv4'
  const dhcp = child(ip, 'dhcp')
  return {
    family,
    address,
    prefix: Number(attr(ip, 'prefix') ?? prefixOf(attr(ip, 'netmask')) ?? (family === 'ipv6' ? 64 : 24)),
    ranges: children(dhcp, 'range').map((range) => ({ start: attr(range, 'start') ?? '', end: attr(range, 'end') ?? '' })),
    hosts: children(dhcp, 'host').map((host) => ({ mac: attr(host, 'mac'), address: attr(host, 'ip') ?? '', name: attr(host, 'name') })),
  }
}

/** 255.255.255.0 is 24. */
function prefixOf(mask: string | null): number | null {
  if (mask === null) return null
  const bits = mask.split('.').map((part) => Number(part).toString(2).padStart(8, '0')).join('')
  return bits.indexOf('0') === -1 ? 32 : bits.indexOf('0')
}

