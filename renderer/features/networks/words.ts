import type { TFunction } from 'i18next'
import { parseAddress, subnetOf } from '../../../shared/lib/subnets.ts'
import type { Network, NetworkAddress, NetworkSettings } from '../../../shared/model/network.ts'
import { hasDhcp } from '../../../shared/model/reach.ts'
import { formatList } from '../../ui/format.ts'

/** "192.168.122.1/24". */
export function addressText(address: Pick<NetworkAddress, 'address' | 'prefix'>): string {
  return `${address.address}/${address.prefix}`
}

/** How traffic gets out of a network, and by which device; null for a bridge, which is outside itself. */
export function forwardingText(t: TFunction, network: Pick<Network, 'kind' | 'forwardDevice'>): string | null {
  const { kind, forwardDevice } = network
  if (kind === 'isolated' || kind === 'very-isolated') return t('networks:noForwarding')
  if (kind !== 'nat' && kind !== 'route' && kind !== 'open') return forwardDevice
  const device = forwardDevice ?? t('networks:anyDevice')
  return t('networks:forwardingBy', { kind: t(`networks:kind.${kind}`), device })
}

/** What a network is in one line: its kind and its subnet, whether it hands addresses out, and that it is off. */
export function networkFact(t: TFunction, network: Network): string {
  const { kind } = network
  const ipv4 = network.addresses.find((one) => one.family === 'ipv4') ?? network.addresses[0]
  const noDhcp = ipv4 && !hasDhcp({ addresses: [ipv4] }) ? t('networks:noDhcp') : null
  const place = ipv4 ? subnetOf(ipv4) : kind === 'macvtap' ? network.forwardDevice : kind === 'bridge' ? network.bridge : t('networks:noAddress')
  const off = network.active ? null : t('networks:inactive')
  return [t(`networks:kind.${kind}`), place, noDhcp, off].filter(Boolean).join(' · ')
}

/** All subnets of a network: "192.168.122.0/24 and fd00::/64"; empty where it has none. */
export function subnetsText({ addresses }: Pick<NetworkSettings, 'addresses'>): string {
  return formatList(addresses.map((one) => subnetOf(one) ?? addressText(one)))
}

/** What an address set by hand looks like: "192.168.102.x/24", "172.22.x.x/16"; of other prefix lengths the subnet. Null without IPv4. */
export function staticPattern({ addresses }: Pick<NetworkSettings, 'addresses'>): string | null {
  const host = addresses.find((one) => one.family === 'ipv4')
  if (!host) return null
  const kept = { 8: 1, 16: 2, 24: 3 }[host.prefix]
  if (kept === undefined) return subnetOf(host)
  const parts = host.address.split('.')
  return `${parts.map((part, index) => (index < kept ? part : 'x')).join('.')}/${host.prefix}`
}

/** How many addresses a range has; null where it is none. */
export function rangeSize({ start, end }: { readonly start: string; readonly end: string }): number | null {
  const [first, last] = [parseAddress(start), parseAddress(end)]
  if (!first || !last || first.family !== last.family || last.value < first.value) return null
  return Number(last.value - first.value + 1n)
}
