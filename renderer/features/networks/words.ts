import type { TFunction } from 'i18next'
import { subnetOf } from '../../../shared/lib/subnets.ts'
import type { Network, NetworkAddress } from '../../../shared/model/network.ts'

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

/** What a network is in one line: its kind and its subnet, and whether it hands addresses out. */
export function networkFact(t: TFunction, network: Network): string {
  const ipv4 = network.addresses.find((one) => one.family === 'ipv4') ?? network.addresses[0]
  const noDhcp = ipv4 && ipv4.ranges.length === 0 && ipv4.hosts.length === 0 ? t('networks:noDhcp') : null
  const kind = t(`networks:kind.${network.kind}`)
  return [kind, ipv4 ? subnetOf(ipv4) : network.bridge, noDhcp].filter(Boolean).join(' · ')
}
