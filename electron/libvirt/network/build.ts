/** The document of a new network. https://libvirt.org/formatnetwork.html */
import { gatewayOf, hasAddresses } from '../../../shared/model/network-proposal.ts'
import type { NetworkPlan, StaticEntry, SubnetPlan } from '../../../shared/model/network-plan.ts'
import type { DhcpRange, DnsRecord } from '../../../shared/model/network.ts'
import { addressText, parseAddress, parseSubnet, type Subnet } from '../../../shared/lib/subnets.ts'
import { AppError } from '../../../shared/model/error.ts'
import { buildXml, element, indented, type XmlElement } from '../xml/document.ts'

/** What is drawn once, so that the lines that were shown make the same network again. */
export interface NetworkIdentity {
  readonly uuid: string
  /** Of the bridge that libvirt makes. */
  readonly mac: string
}

/** Errors: invalid-input for a subnet that is none (checkNetwork says more). */
export function buildNetwork(plan: NetworkPlan, identity: NetworkIdentity): string {
  const { kind, mtu } = plan
  const own = kind !== 'bridge' && kind !== 'macvtap'
  return buildXml(
    indented(
      element(
        'network',
        {},
        element('name', {}, plan.name),
        element('uuid', {}, identity.uuid),
        forwardElement(plan),
        bridgeElement(plan),
        own && mtu !== null && element('mtu', { size: mtu }),
        own && element('mac', { address: identity.mac }),
        hasAddresses(kind) && plan.domain !== '' && element('domain', { name: plan.domain }),
        hasAddresses(kind) && dnsElement(plan.dnsRecords),
        ...(hasAddresses(kind) ? [plan.ipv4, plan.ipv6].flatMap((subnet) => (subnet ? [ipElement(subnet)] : [])) : []),
      ),
    ),
  )
}

/** In NAT the machines' IPv6 is translated too: libvirt's own way is to route it. */
export function forwardElement(plan: Pick<NetworkPlan, 'kind' | 'forwardDevice' | 'ipv6' | 'hostDevice'>): XmlElement | null {
  switch (plan.kind) {
    case 'nat':
      return element('forward', { mode: 'nat', dev: plan.forwardDevice }, plan.ipv6 && element('nat', { ipv6: 'yes' }))
    case 'route':
      return element('forward', { mode: 'route', dev: plan.forwardDevice })
    case 'open':
      return element('forward', { mode: 'open' })
    case 'bridge':
      return element('forward', { mode: 'bridge' })
    case 'macvtap':
      return element('forward', { mode: 'bridge' }, element('interface', { dev: plan.hostDevice }))
    case 'isolated':
    case 'very-isolated':
      return null
  }
}

/** Without a name libvirt takes the next free virbrN. */
export function bridgeElement({ kind, bridge, hostBridge }: Pick<NetworkPlan, 'kind' | 'bridge' | 'hostBridge'>): XmlElement | null {
  if (kind === 'macvtap') return null
  if (kind === 'bridge') return element('bridge', { name: hostBridge })
  return element('bridge', { name: bridge === '' ? null : bridge, stp: 'on', delay: 0 })
}

function dnsElement(records: readonly DnsRecord[]): XmlElement | null {
  return records.length === 0 ? null : element('dns', {}, ...records.map(recordElement))
}

export function recordElement({ address, names }: DnsRecord): XmlElement {
  return element('host', { ip: canonical(address) }, ...names.filter((name) => name !== '').map((name) => element('hostname', {}, name)))
}

/** The attributes of an address on the host: IPv4 with its mask, as virt-manager and the books write it. Errors: invalid-input. */
export function ipAttributes({ cidr, gateway }: SubnetPlan): Readonly<Record<string, string | number>> {
  const subnet = parseSubnet(cidr.trim())
  if (!subnet) throw new AppError('invalid-input', { field: 'cidr' }, cidr)
  const address = gateway === null ? gatewayOf(subnet) : canonical(gateway)
  return subnet.family === 'ipv4' ? { address, netmask: netmask(subnet) } : { family: 'ipv6', address, prefix: subnet.prefix }
}

/** Errors: invalid-input. */
export function ipElement(plan: SubnetPlan): XmlElement {
  const { dhcp } = plan
  return element('ip', ipAttributes(plan), dhcp && element('dhcp', {}, ...dhcp.ranges.map(rangeElement), ...dhcp.hosts.map(hostElement)))
}

export const rangeElement = ({ start, end }: DhcpRange): XmlElement => element('range', { start: canonical(start), end: canonical(end) })

export function hostElement({ mac, address, name }: StaticEntry): XmlElement {
  return element('host', { mac: mac === '' ? null : mac, name: name === '' ? null : name, ip: canonical(address) })
}

/** An address in its one short form; what is none stays as it is. */
export function canonical(text: string): string {
  const parsed = parseAddress(text.trim())
  return parsed ? addressText(parsed) : text
}

const netmask = ({ prefix }: Subnet): string => addressText({ family: 'ipv4', value: (2n ** 32n - 1n) ^ (2n ** BigInt(32 - prefix) - 1n) })
