/** What a network's document says beyond the fields of the form. https://libvirt.org/formatnetwork.html */
import type { NetworkExtra, NetworkExtraKind } from '../../../shared/model/network.ts'
import { attr, child, children, type XmlElement } from '../xml/document.ts'

type Texts = readonly (string | null | false)[]

/** In the order of the page; what is not there is left out. */
export function readExtras(el: XmlElement): readonly NetworkExtra[] {
  const all: readonly (readonly [NetworkExtraKind, Texts])[] = [
    ...forwardExtras(child(el, 'forward')),
    ['isolatedPorts', [attr(child(el, 'port'), 'isolated') === 'yes' && '']],
    ['vlan', [tagsOf(el)]],
    ['virtualPort', [attr(child(el, 'virtualport'), 'type')]],
    ['inbound', [speedOf(el, 'inbound')]],
    ['outbound', [speedOf(el, 'outbound')]],
    ['portGroups', children(el, 'portgroup').map((one) => attr(one, 'name'))],
    ['routes', children(el, 'route').map(routeText)],
    ...dhcpExtras(children(el, 'ip')),
    ['localDomain', [attr(child(el, 'domain'), 'localOnly') === 'yes' && '']],
    ...dnsExtras(child(el, 'dns')),
    ['options', children(child(el, 'dnsmasq:options'), 'dnsmasq:option').map((one) => attr(one, 'value'))],
    ['other', children(el).map(({ tag }) => tag).filter((tag) => !known.includes(tag))],
  ]
  return all.flatMap(([what, texts]) => texts.flatMap((text): NetworkExtra[] => (typeof text === 'string' ? [{ what, text }] : [])))
}

/** Elements that the form or this file reads, and those that say nothing of how it works. */
const known = [
  'name', 'uuid', 'title', 'description', 'metadata', 'forward', 'bridge', 'mtu', 'mac', 'domain', 'dns', 'ip',
  'port', 'vlan', 'virtualport', 'bandwidth', 'portgroup', 'route', 'dnsmasq:options',
]

const range = (el: XmlElement): string => `${attr(el, 'start') ?? ''} – ${attr(el, 'end') ?? ''}`

/** libvirt writes them into every NAT network that runs. */
const USUAL_PORTS = '1024 – 65535'

function forwardExtras(forward: XmlElement | undefined): (readonly [NetworkExtraKind, Texts])[] {
  const mode = attr(forward, 'mode')
  const nat = child(forward, 'nat')
  return [
    ['forwardMode', [mode !== null && ['private', 'vepa', 'passthrough', 'hostdev'].includes(mode) && mode]],
    ['devices', children(forward, 'interface').slice(1).map((one) => attr(one, 'dev'))],
    ['natAddresses', children(nat, 'address').map(range)],
    ['natPorts', children(nat, 'port').map(range).filter((ports) => ports !== USUAL_PORTS)],
  ]
}

function tagsOf(el: XmlElement): string | null {
  return children(child(el, 'vlan'), 'tag').map((tag) => attr(tag, 'id')).join(', ') || null
}

/** libvirt counts in kibibytes a second. */
function speedOf(el: XmlElement, way: 'inbound' | 'outbound'): string | null {
  const average = attr(child(el, 'bandwidth', way), 'average')
  return average === null ? null : `${average} KiB/s`
}

function routeText(route: XmlElement): string {
  const size = attr(route, 'prefix') ?? attr(route, 'netmask')
  return `${attr(route, 'address') ?? ''}${size === null ? '' : `/${size}`} → ${attr(route, 'gateway') ?? ''}`
}

function dhcpExtras(ips: readonly XmlElement[]): (readonly [NetworkExtraKind, Texts])[] {
  const all = ips.map((ip) => child(ip, 'dhcp'))
  const [ranges, hosts, boots] = (['range', 'host', 'bootp'] as const).map((tag) => all.flatMap((dhcp) => children(dhcp, tag)))
  const lent = (el: XmlElement, name: string): string | null => (child(el, 'lease') ? `${name}: ${leaseText(child(el, 'lease'))}` : null)
  return [
    ['leases', [...(ranges ?? []).map((one) => lent(one, range(one))), ...(hosts ?? []).map((one) => lent(one, attr(one, 'ip') ?? ''))]],
    ['clientIds', (hosts ?? []).map((one) => attr(one, 'id') !== null && `${attr(one, 'ip') ?? ''} · ${attr(one, 'id') ?? ''}`)],
    ['boot', (boots ?? []).map((one) => [attr(one, 'file'), attr(one, 'server')].filter(Boolean).join(' · '))],
    ['tftp', ips.map((ip) => attr(child(ip, 'tftp'), 'root'))],
  ]
}

const units: Readonly<Record<string, string>> = { seconds: 's', minutes: 'min', hours: 'h' }

function leaseText(lease: XmlElement | undefined): string {
  const expiry = attr(lease, 'expiry') ?? '0'
  return expiry === '0' ? '∞' : `${expiry} ${units[attr(lease, 'unit') ?? 'minutes'] ?? ''}`
}

function dnsExtras(dns: XmlElement | undefined): (readonly [NetworkExtraKind, Texts])[] {
  const service = (one: XmlElement): string => [`_${attr(one, 'service') ?? ''}`, `_${attr(one, 'protocol') ?? ''}`, attr(one, 'domain')].filter(Boolean).join('.')
  return [
    ['forwarders', children(dns, 'forwarder').map((one) => [attr(one, 'domain'), attr(one, 'addr')].filter(Boolean).join(' → '))],
    ['dnsTexts', children(dns, 'txt').map((one) => `${attr(one, 'name') ?? ''}: ${attr(one, 'value') ?? ''}`)],
    ['dnsServices', children(dns, 'srv').map(service)],
  ]
}
