/** All settings of a network as libvirt has them, each with the field of the model that it comes from. Pure but for the words. */
import type { TFunction } from 'i18next'
import { subnetOf } from '../../../shared/lib/subnets.ts'
import { networkExtraKinds, type Network, type NetworkAddress, type NetworkExtraKind, type NetworkField, type NetworkSettings } from '../../../shared/model/network.ts'
import { exampleAddress } from '../../../shared/model/network-machines.ts'
import { hasDhcp } from '../../../shared/model/reach.ts'
import type { TermId } from '../../ui/Term.tsx'
import { addressText, forwardingText, rangeSize } from './words.ts'

export interface Setting {
  readonly field: NetworkField
  readonly label: string
  /** The word of the field in the label, to be explained. */
  readonly term?: TermId
  /** The same of its value. */
  readonly valueTerm?: TermId
  /** One line each; none where it is not set. */
  readonly values: readonly string[]
}

/** A setting with what it becomes at the network's next start, where that is another; no values where it goes. */
export interface ShownSetting extends Setting {
  readonly next: readonly string[] | null
}

const isLan = ({ kind }: Pick<NetworkSettings, 'kind'>): boolean => kind === 'bridge' || kind === 'macvtap'

export function settingsOf(t: TFunction, network: NetworkSettings): readonly Setting[] {
  const { kind } = network
  const one = (value: string | null): readonly string[] => (value === null || value === '' ? [] : [value])
  const kindTerm: { readonly [K in string]?: TermId } = { nat: 'nat', isolated: 'isolated', 'very-isolated': 'isolated', bridge: 'bridge', macvtap: 'macvtap' }
  const valueTerm = kindTerm[kind]
  const forwarding = isLan(network) ? null : forwardingText(t, network)
  return [
    { field: 'kind', label: t('networks:mode'), values: [t(`networks:kind.${kind}`)], ...(valueTerm ? { valueTerm } : {}) },
    { field: 'bridge', label: kind === 'bridge' ? t('networks:hostBridge') : t('networks:bridge'), term: 'bridge', values: one(network.bridge) },
    { field: 'forwardDevice', label: isLan(network) ? t('networks:device') : t('networks:forwarding'), values: one(isLan(network) ? network.forwardDevice : forwarding) },
    ...addressSettings(t, network),
    { field: 'domain', label: t('networks:domain'), term: 'dns', values: one(network.domain) },
    { field: 'dns', label: t('networks:dns'), term: 'dns', values: network.addresses.length > 0 && !network.dns ? [t('networks:dnsOff')] : [] },
    {
      field: 'dnsRecords',
      label: t('networks:records'),
      term: 'dns',
      values: network.dnsRecords.map(({ address, names }) => t('networks:record', { names: names.join(', '), address })),
    },
    { field: 'mtu', label: 'MTU', values: network.mtu === null ? [] : [t('networks:mtuBytes', { bytes: network.mtu })] },
    ...extraSettings(t, network),
  ]
}

/** What the form has no field for, one row a kind of it. */
function extraSettings(t: TFunction, { extras }: NetworkSettings): readonly Setting[] {
  const texts = (kind: NetworkExtraKind): readonly string[] => extras.filter(({ what }) => what === kind).map(({ text }) => text || t('yes'))
  return networkExtraKinds.map((kind) => ({ field: 'extras', label: t(`networks:extra.${kind}`), values: texts(kind) }))
}

function addressSettings(t: TFunction, network: NetworkSettings): readonly Setting[] {
  return network.addresses.flatMap((address): readonly Setting[] => {
    const example = exampleAddress({ kind: network.kind, addresses: [address] })
    const v4 = address.family === 'ipv4'
    const ranges = address.ranges.map((range) => rangeText(t, range))
    const none = v4 && !hasDhcp({ addresses: [address] }) && example !== null ? t('networks:static', { example }) : t('networks:noDhcp')
    return [
      { field: 'addresses', label: v4 ? t('networks:subnet') : t('networks:subnet6'), values: [subnetOf(address) ?? addressText(address)] },
      { field: 'addresses', label: v4 ? t('networks:ipv4') : t('networks:ipv6'), values: [hostText(t, network, address)] },
      { field: 'addresses', label: v4 ? t('networks:dhcp') : t('networks:dhcp6'), term: 'dhcp', values: ranges.length > 0 ? ranges : [hasDhcp({ addresses: [address] }) ? t('networks:noRange') : none] },
      { field: 'addresses', label: v4 ? t('networks:reserved') : t('networks:reserved6'), term: 'dhcp', values: address.hosts.map((host) => [host.name, host.address, host.mac].filter(Boolean).join(' · ')) },
    ]
  })
}

/** "192.168.122.2 – 192.168.122.254 (253 addresses)". */
function rangeText(t: TFunction, range: { readonly start: string; readonly end: string }): string {
  const text = `${range.start} – ${range.end}`
  const count = rangeSize(range)
  return count === null || count > 1_000_000 ? text : t('networks:rangeCount', { range: text, count })
}

/** The host's address, and what it is for the machines. An isolated network has no gateway: nothing leads out of it. */
function hostText(t: TFunction, { kind, dns }: NetworkSettings, { address }: NetworkAddress): string {
  const gateway = kind === 'nat' || kind === 'route' || kind === 'open'
  const role = gateway ? (dns ? 'gateway-dns' : 'gateway') : dns ? 'dns' : 'none'
  return t(`networks:hostIs.${role}`, { address })
}

/** The settings that a network runs with, those that wait for its restart with both values; what is not set in either is left out. */
export function shownSettings(t: TFunction, network: Network): readonly ShownSetting[] {
  const now = settingsOf(t, network)
  const coming = network.next ? settingsOf(t, network.next) : []
  const isPending = ({ field }: Setting): boolean => network.pending.includes(field)
  const shown = now.map((setting): ShownSetting => {
    const next = isPending(setting) ? (nth(coming, now, setting)?.values ?? []) : setting.values
    return { ...setting, next: sameTexts(next, setting.values) ? null : next }
  })
  const added = coming
    .filter((setting) => isPending(setting) && nth(now, coming, setting) === undefined)
    .map((setting): ShownSetting => ({ ...setting, values: [], next: setting.values }))
  return [...shown, ...added].filter(({ values, next }) => values.length > 0 || (next?.length ?? 0) > 0)
}

/** The same setting in another list: a network may have several addresses of a family, in the same order. */
function nth(list: readonly Setting[], own: readonly Setting[], setting: Setting): Setting | undefined {
  const alike = (one: Setting): boolean => one.label === setting.label
  return list.filter(alike)[own.filter(alike).indexOf(setting)]
}

const sameTexts = (left: readonly string[], right: readonly string[]): boolean => left.join('\n') === right.join('\n')
