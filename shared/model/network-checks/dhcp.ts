/** What DHCP hands out: ranges, and addresses that are always one machine's. */
import { addressText, isInside, parseAddress, subnetText, type Address, type Family, type Subnet } from '../../lib/subnets.ts'
import type { NetworkFinding, StaticEntry, SubnetPlan } from '../network-plan.ts'
import type { DhcpRange } from '../network.ts'
import { error } from './finding.ts'
import { isDnsName, isGroupMac, isMac } from './text.ts'

interface Place {
  readonly subnet: Subnet
  /** The host's address; null where what was typed is none. */
  readonly gateway: Address | null
}

/** dnsmasq, which libvirt lets do it, knows no DHCPv6 for a prefix shorter than this. */
const WIDEST_DHCPV6 = 64

export function checkDhcp(family: Family, { ranges, hosts }: NonNullable<SubnetPlan['dhcp']>, place: Place): NetworkFinding[] {
  if (ranges.length + hosts.length === 0) return [error(`${family}.ranges`, 'dhcp-empty')]
  const wide = family === 'ipv6' && place.subnet.prefix < WIDEST_DHCPV6 ? [error(`${family}.cidr`, 'dhcpv6-wide', { prefix: place.subnet.prefix })] : []
  return [
    ...wide,
    ...ranges.flatMap((range, index) => checkRange(`${family}.ranges.${index}`, range, place)),
    ...checkRangesApart(family, ranges),
    ...hosts.flatMap((host, index) => checkHost(`${family}.hosts.${index}`, host, family, place)),
    ...checkUnique(family, hosts),
  ]
}

/** libvirt 9.0 refuses larger ones. https://libvirt.org/formatnetwork.html#addressing */
const LARGEST_RANGE = 65_534n

function checkRange(field: string, range: DhcpRange, place: Place): NetworkFinding[] {
  const [start, end] = [parseAddress(range.start.trim()), parseAddress(range.end.trim())]
  const found = [...checkEnd(`${field}.start`, start, place), ...checkEnd(`${field}.end`, end, place)]
  if (!start || !end || found.length > 0) return found
  if (start.value > end.value) return [error(`${field}.end`, 'range-reversed')]
  if (end.value - start.value >= LARGEST_RANGE) return [error(`${field}.end`, 'range-large', { max: Number(LARGEST_RANGE) })]
  const { gateway } = place
  const covers = gateway !== null && gateway.value >= start.value && gateway.value <= end.value
  return covers ? [error(`${field}.${gateway.value === end.value && start.value !== end.value ? 'end' : 'start'}`, 'range-gateway', { gateway: addressText(gateway) })] : []
}

function checkEnd(field: string, address: Address | null, { subnet }: Place): NetworkFinding[] {
  if (!address || address.family !== subnet.family) return [error(field, `address-form-${subnet.family}`)]
  return checkInside(field, address, subnet)
}

function checkInside(field: string, address: Address, subnet: Subnet): NetworkFinding[] {
  if (!isInside(subnet, address)) return [error(field, 'address-outside', { address: addressText(address), subnet: subnetText(subnet) })]
  if (address.value === subnet.first) return [error(field, 'address-network', { address: addressText(address) })]
  return subnet.family === 'ipv4' && address.value === subnet.last ? [error(field, 'address-broadcast', { address: addressText(address) })] : []
}

function checkRangesApart(family: Family, ranges: readonly DhcpRange[]): NetworkFinding[] {
  const known = ranges.flatMap(({ start, end }, index) => {
    const [first, last] = [parseAddress(start.trim()), parseAddress(end.trim())]
    return first && last && first.family === family && last.family === family ? [{ index, first: first.value, last: last.value }] : []
  })
  return known.flatMap((one, at) => {
    const before = known.slice(0, at).find((other) => one.first <= other.last && other.first <= one.last)
    return before ? [error(`${family}.ranges.${one.index}.start`, 'range-overlap', { number: before.index + 1 })] : []
  })
}

function checkHost(field: string, { mac, address, name }: StaticEntry, family: Family, { subnet, gateway }: Place): NetworkFinding[] {
  const found = family === 'ipv4' ? checkClient(field, mac, name) : checkClient6(field, mac, name)
  if (name !== '' && !isDnsName(name)) found.push(error(`${field}.name`, 'host-name-form'))
  const parsed = parseAddress(address.trim())
  if (!parsed || parsed.family !== family) return [...found, error(`${field}.address`, `address-form-${family}`)]
  const outside = checkInside(`${field}.address`, parsed, subnet)
  const isHost = gateway?.value === parsed.value
  return [...found, ...outside, ...(isHost ? [error(`${field}.address`, 'address-gateway', { address: addressText(parsed) })] : [])]
}

/** A machine is known by its card's MAC, or by the name that it asks with. */
function checkClient(field: string, mac: string, name: string): NetworkFinding[] {
  if (mac === '') return name === '' ? [error(`${field}.mac`, 'host-client-missing')] : []
  if (!isMac(mac)) return [error(`${field}.mac`, 'mac-form')]
  if (/^[0:]+$/.test(mac)) return [error(`${field}.mac`, 'mac-zero')]
  return isGroupMac(mac) ? [error(`${field}.mac`, 'mac-group')] : []
}

/** DHCPv6 knows machines by a DUID; libvirt refuses a MAC there. */
function checkClient6(field: string, mac: string, name: string): NetworkFinding[] {
  if (mac !== '') return [error(`${field}.mac`, 'host6-mac')]
  return name === '' ? [error(`${field}.name`, 'host6-name-missing')] : []
}

function checkUnique(family: Family, hosts: readonly StaticEntry[]): NetworkFinding[] {
  const keys = {
    mac: ({ mac }: StaticEntry): string => mac.toLowerCase(),
    address: ({ address }: StaticEntry): string => addressKey(address.trim()),
    name: ({ name }: StaticEntry): string => name.toLowerCase(),
  }
  return (['mac', 'address', 'name'] as const).flatMap((part) => {
    const seen = new Map<string, number>()
    return hosts.flatMap((host, index) => {
      const key = keys[part](host)
      const before = seen.get(key)
      if (key === '') return []
      if (before === undefined) seen.set(key, index)
      return before === undefined ? [] : [error(`${family}.hosts.${index}.${part}`, `host-same-${part}`, { number: before + 1 })]
    })
  })
}

function addressKey(text: string): string {
  const parsed = parseAddress(text)
  return parsed ? addressText(parsed) : text
}
