/** The document of a new network. https://libvirt.org/formatnetwork.html */
import { hasAddresses } from '../../../shared/model/network-proposal.ts'
import type { NetworkPlan, SubnetPlan } from '../../../shared/model/network-plan.ts'
import type { DnsRecord } from '../../../shared/model/network.ts'
import { addressText, parseSubnet, type Subnet } from '../../../shared/lib/subnets.ts'
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
    case 'open':
      return element('forward', { mode: plan.kind, dev: plan.forwardDevice })
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
function bridgeElement({ kind, bridge, hostBridge }: NetworkPlan): XmlElement | null {
  if (kind === 'macvtap') return null
  if (kind === 'bridge') return element('bridge', { name: hostBridge })
  return element('bridge', { name: bridge === '' ? null : bridge, stp: 'on', delay: 0 })
}

export function dnsElement(records: readonly DnsRecord[]): XmlElement | null {
  return records.length === 0 ? null : element('dns', {}, ...records.map(recordElement))
}

export function recordElement({ address, names }: DnsRecord): XmlElement {
  return element('host', { ip: address }, ...names.map((name) => element('hostname', {}, name)))
}

/** IPv4 with its mask, as virt-manager and the books write it. Errors: invalid-input. */
export function ipElement({ cidr, gateway, dhcp }: SubnetPlan): XmlElement {
  const subnet = parseSubnet(cidr)
  if (!subnet) throw new AppError('invalid-input', { field: 'cidr' }, cidr)
  const address = gateway ?? addressText({ family: subnet.family, value: subnet.first + 1n })
  const where = subnet.family === 'ipv4' ? { address, netmask: netmask(subnet) } : { family: 'ipv6', address, prefix: subnet.prefix }
  return element('ip', where, dhcp && dhcp.ranges.length + dhcp.hosts.length > 0 && dhcpElement(dhcp))
}

export function dhcpElement({ ranges, hosts }: NonNullable<SubnetPlan['dhcp']>): XmlElement {
  return element('dhcp', {}, ...ranges.map(({ start, end }) => element('range', { start, end })), ...hosts.map(hostElement))
}

export function hostElement({ mac, address, name }: { readonly mac: string; readonly address: string; readonly name: string }): XmlElement {
  return element('host', { mac: mac === '' ? null : mac, name: name === '' ? null : name, ip: address })
}

const netmask = ({ prefix }: Subnet): string => addressText({ family: 'ipv4', value: (2n ** 32n - 1n) ^ (2n ** BigInt(32 - prefix) - 1n) })
