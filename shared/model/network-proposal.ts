/** Networks that would work as they stand: where the form begins. */
import { addressText, parseSubnet, subnetText, type Subnet } from '../lib/subnets.ts'
import type { ConnectionId } from './connection.ts'
import { subnetOfAddress, takenBy, takenSubnets, type Around } from './network-checks/around.ts'
import { isDnsName } from './network-checks/text.ts'
import type { NetworkEdit, NetworkPlan, PlannedKind, SubnetPlan } from './network-plan.ts'
import { plannedKinds } from './network-plan.ts'
import type { NetworkAddress, NetworkSettings } from './network.ts'

/** A network of that kind under a free name, with a free subnet where its kind has one. */
export function proposeNetwork(connection: ConnectionId, kind: PlannedKind, around: Around, dhcp: boolean): NetworkPlan {
  const name = freeName(kind === 'route' ? 'routed' : kind, around)
  const ipv4 = hasAddresses(kind) ? proposeSubnet(around, dhcp) : null
  return {
    connection,
    name,
    kind,
    forwardDevice: null,
    ipv4,
    ipv6: null,
    domain: ipv4 === null ? '' : domainOfName(name),
    dnsRecords: [],
    mtu: null,
    bridge: '',
    hostBridge: kind === 'bridge' ? (around.host?.bridges[0]?.name ?? '') : '',
    hostDevice: kind === 'macvtap' ? freeDevice(around) : '',
    start: true,
    autostart: true,
  }
}

/** The DNS domain that a network's name gives: the name itself where it can be one, as the course has it; "" where nothing is left. */
export function domainOfName(name: string): string {
  if (isDnsName(name)) return name
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const made = plain.split(/[^a-z0-9.-]+/).join('-').replaceAll(/[-.]*\.[-.]*/g, '.').replaceAll(/^[-.]+|[-.]+$/g, '').slice(0, 63).replace(/[-.]+$/, '')
  return isDnsName(made) ? made : ''
}

/** Whether a network of that kind has addresses on the host. */
export const hasAddresses = (kind: PlannedKind): boolean => kind === 'nat' || kind === 'route' || kind === 'open' || kind === 'isolated'

/** A free subnet of 192.168.100.0/24 and above, else of 10.0.0.0/8, with the whole of it for DHCP. */
function proposeSubnet(around: Around, dhcp: boolean): SubnetPlan {
  const taken = takenSubnets(around)
  const free = candidates().find((text) => {
    const subnet = parseSubnet(text)
    return subnet !== null && !takenBy(subnet, taken)
  })
  const cidr = free ?? '192.168.100.0/24'
  return { cidr, gateway: null, dhcp: dhcp ? { ranges: wholeRange(cidr), hosts: [] } : null }
}

function candidates(): string[] {
  const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index)
  return [...range(100, 254).map((part) => `192.168.${part}.0/24`), ...range(100, 254).map((part) => `10.${part}.0.0/24`)]
}

/** From the second address to the last one that a machine may have; of an IPv6 subnet the 254 after its first 255. Empty for no usable subnet. */
export function wholeRange(cidr: string): readonly { readonly start: string; readonly end: string }[] {
  const subnet = parseSubnet(cidr)
  if (!subnet) return []
  const [start, end] = subnet.family === 'ipv4' ? [subnet.first + 2n, subnet.last - 1n] : [subnet.first + 0x100n, subnet.first + 0x1ffn]
  if (start > end || end > subnet.last) return []
  return [{ start: addressText({ family: subnet.family, value: start }), end: addressText({ family: subnet.family, value: end }) }]
}

/** "name", "name-2", "name-3"… */
function freeName(wish: string, { networks }: Around): string {
  const taken = new Set(networks.map((one) => one.name))
  for (let number = 1; ; number++) {
    const name = number === 1 ? wish : `${wish}-${number}`
    if (!taken.has(name)) return name
  }
}

function freeDevice({ host }: Around): string {
  const devices = (host?.devices ?? []).filter((one) => one.master === null)
  return (devices.find((one) => one.kind === 'wired' && one.up) ?? devices.find((one) => one.kind === 'wired'))?.name ?? ''
}

/** What a network says now, as a form shows it; of one whose next start differs, what that will be. */
export function planOfNetwork(network: NetworkSettings & { readonly next?: NetworkSettings | null }): NetworkEdit {
  const settings = network.next ?? network
  const kind = plannedKinds.find((one) => one === settings.kind) ?? 'isolated'
  const own = kind !== 'bridge' && kind !== 'macvtap'
  return {
    kind,
    forwardDevice: kind === 'nat' || kind === 'route' ? settings.forwardDevice : null,
    ipv4: planOfAddress(settings.addresses.find((one) => one.family === 'ipv4')),
    ipv6: planOfAddress(settings.addresses.find((one) => one.family === 'ipv6')),
    domain: settings.domain ?? '',
    dnsRecords: settings.dnsRecords,
    mtu: settings.mtu,
    bridge: own ? (settings.bridge ?? '') : '',
    hostBridge: kind === 'bridge' ? (settings.bridge ?? '') : '',
    hostDevice: kind === 'macvtap' ? (settings.forwardDevice ?? '') : '',
  }
}

function planOfAddress(address: NetworkAddress | undefined): SubnetPlan | null {
  const subnet = address && subnetOfAddress(address)
  if (!address || !subnet) return null
  const { ranges, hosts } = address
  return {
    cidr: subnetText(subnet),
    gateway: address.address === gatewayOf(subnet) ? null : address.address,
    dhcp: ranges.length + hosts.length === 0 ? null : { ranges, hosts: hosts.map((host) => ({ mac: host.mac ?? '', address: host.address, name: host.name ?? '' })) },
  }
}

/** The address that the host gets in a subnet where none is asked for: its first. */
export const gatewayOf = ({ family, first }: Subnet): string => addressText({ family, value: first + 1n })
