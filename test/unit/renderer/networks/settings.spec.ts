import type { TFunction } from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { settingsOf, shownSettings } from '../../../../renderer/features/networks/settings.ts'
import type { Network, NetworkSettings } from '../../../../shared/model/network.ts'
import { exampleNetwork } from '../../examples.ts'
import { speak } from '../words.ts'

let t: TFunction
beforeAll(async () => {
  t = await speak('en')
})

const ipv4 = (more = {}) => ({ family: 'ipv4' as const, address: '192.168.102.1', prefix: 24, ranges: [], hosts: [], ...more })
const rows = (network: Network): Record<string, string> => Object.fromEntries(shownSettings(t, network).map(({ label, values }) => [label, values.join(' | ')]))

describe('the settings of a network', () => {
  it('S4.2 are the numbers of default', () => {
    expect(rows(exampleNetwork())).toEqual({
      Mode: 'NAT',
      Bridge: 'virbr0',
      Forwarding: 'NAT, through any device of the host',
      'IPv4 network': '192.168.122.0/24',
      'Host’s address': '192.168.122.1 · gateway and DNS',
      'DHCP range': '192.168.122.2 – 192.168.122.254 (253 addresses)',
    })
  })

  it('are all that libvirt has: static entries, records, domain, MTU, IPv6', () => {
    const found = rows(
      exampleNetwork({
        domain: 'clase.local',
        mtu: 9000,
        dnsRecords: [{ address: '192.168.102.2', names: ['web', 'www'] }],
        addresses: [
          ipv4({ hosts: [{ mac: '52:54:00:00:00:01', address: '192.168.102.10', name: 'servidor' }, { mac: null, address: '192.168.102.11', name: 'b' }] }),
          { ...ipv4({ family: 'ipv6', address: 'fd00::1', prefix: 64 }), family: 'ipv6' },
        ],
      }),
    )
    expect(found).toMatchObject({
      'Static DHCP entries': 'servidor · 192.168.102.10 · 52:54:00:00:00:01 | b · 192.168.102.11',
      'DHCP range': 'none',
      'IPv6 network': 'fd00::/64',
      'DHCPv6 range': 'no DHCP',
      'DNS domain': 'clase.local',
      'DNS records': 'web, www → 192.168.102.2',
      MTU: '9000 bytes',
    })
  })

  it('S4.6 tell where an isolated network has no DHCP, no gateway, but DNS', () => {
    expect(rows(exampleNetwork({ kind: 'isolated', addresses: [ipv4()] }))).toMatchObject({
      'DHCP range': 'no DHCP: static IP, e.g. 192.168.102.2/24',
      'Host’s address': '192.168.102.1 · DNS, no gateway',
    })
    expect(rows(exampleNetwork({ kind: 'isolated', dns: false, addresses: [ipv4()] }))).toMatchObject({ 'DNS by the host': 'off' })
  })

  it('of a bridge and of macvtap are the bridge and the device', () => {
    expect(rows(exampleNetwork({ kind: 'bridge', bridge: 'br0', addresses: [] }))).toEqual({ Mode: 'Bridge of the host', 'Host’s bridge': 'br0' })
    expect(rows(exampleNetwork({ kind: 'macvtap', bridge: null, forwardDevice: 'enp1s0', addresses: [] }))).toEqual({ Mode: 'Macvtap', 'Host device': 'enp1s0' })
  })
})

describe('settings that wait for a restart', () => {
  const network = exampleNetwork({ domain: 'old', mtu: 9000 })
  const { kind, bridge, domain, forwardDevice, addresses, mtu, dns, dnsRecords, extras } = network
  const settings: NetworkSettings = { kind, bridge, domain, forwardDevice, addresses, mtu, dns, dnsRecords, extras }
  const waiting = (next: Partial<NetworkSettings>): readonly (readonly [string, string, string | null])[] =>
    shownSettings(t, { ...network, pending: Object.keys(next) as (keyof NetworkSettings)[], next: { ...settings, ...next } })
      .filter((one) => one.next !== null)
      .map(({ label, values, next: coming }) => [label, values.join(), coming?.join() ?? null])

  it('have both values', () => {
    expect(waiting({ domain: 'new' })).toEqual([['DNS domain', 'old', 'new']])
    expect(waiting({ addresses: [{ ...ipv4(), ranges: [{ start: '192.168.102.2', end: '192.168.102.9' }] }] })).toEqual([
      ['IPv4 network', '192.168.122.0/24', '192.168.102.0/24'],
      ['Host’s address', '192.168.122.1 · gateway and DNS', '192.168.102.1 · gateway and DNS'],
      ['DHCP range', '192.168.122.2 – 192.168.122.254 (253 addresses)', '192.168.102.2 – 192.168.102.9 (8 addresses)'],
    ])
  })

  it('come or go', () => {
    expect(waiting({ dnsRecords: [{ address: '192.168.122.9', names: ['web'] }] })).toEqual([['DNS records', '', 'web → 192.168.122.9']])
    expect(waiting({ mtu: null })).toEqual([['MTU', '9000 bytes', '']])
    const [first] = network.addresses
    const two = first ? [first, { ...ipv4({ family: 'ipv6', address: 'fd00::1', prefix: 64 }), family: 'ipv6' as const }] : []
    expect(waiting({ addresses: two }).map(([label, now]) => [label, now])).toEqual([
      ['IPv6 network', ''],
      ['Host’s IPv6 address', ''],
      ['DHCPv6 range', ''],
    ])
  })

  it('are none where nothing is pending', () => {
    expect(shownSettings(t, network).filter((one) => one.next !== null)).toEqual([])
    expect(settingsOf(t, settings).length).toBeGreaterThan(5)
  })
})
