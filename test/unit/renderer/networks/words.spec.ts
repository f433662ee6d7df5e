import type { TFunction } from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { addressText, forwardingText, networkFact, rangeSize, staticPattern, subnetsText } from '../../../../renderer/features/networks/words.ts'
import { exampleNetwork } from '../../examples.ts'
import { speak } from '../words.ts'

let t: TFunction
beforeAll(async () => {
  t = await speak('en')
})

describe('a network in one line', () => {
  const ipv4 = { family: 'ipv4' as const, address: '10.1.2.1', prefix: 24, ranges: [], hosts: [] }

  it('is its kind and where it is', () => {
    expect(networkFact(t, exampleNetwork())).toMatch(/^NAT · 192\.168\.122\.\d\/24$/)
    expect(networkFact(t, exampleNetwork({ kind: 'bridge', bridge: 'br0', addresses: [] }))).toBe(
      'Bridge of the host · br0',
    )
    expect(networkFact(t, exampleNetwork({ kind: 'very-isolated', bridge: null, addresses: [] }))).toBe('Very isolated · no address')
    expect(networkFact(t, exampleNetwork({ kind: 'macvtap', bridge: null, forwardDevice: 'enp1s0', addresses: [] }))).toBe('Macvtap · enp1s0')
  })

  it('says where it hands out no addresses', () => {
    expect(networkFact(t, exampleNetwork({ kind: 'isolated', addresses: [ipv4] }))).toMatch(
      /^Isolated · 10\.1\.2\.\d\/24 · no DHCP$/,
    )
    const fixed = { ...ipv4, hosts: [{ mac: '52:54:00:00:00:01', name: null, address: '10.1.2.3' }] }
    expect(networkFact(t, exampleNetwork({ addresses: [fixed] }))).not.toContain('no DHCP')
  })

  it('says in a word that it is off', () => {
    expect(networkFact(t, exampleNetwork({ active: false }))).toBe('NAT · 192.168.122.0/24 · inactive')
  })

  it('takes IPv4 before IPv6', () => {
    const ipv6 = { ...ipv4, family: 'ipv6' as const, address: '2001:db8::1', prefix: 64 }
    expect(networkFact(t, exampleNetwork({ addresses: [ipv6, ipv4] }))).toContain('10.1.2.')
    expect(networkFact(t, exampleNetwork({ addresses: [ipv6] }))).toContain('2001:db8::')
  })
})

it('an address has its prefix', () => expect(addressText({ address: '10.1.2.1', prefix: 24 })).toBe('10.1.2.1/24'))

describe('how traffic gets out of a network', () => {
  it('is its kind and its device, none for what is isolated, and the device of a bridge', () => {
    expect(forwardingText(t, { kind: 'nat', forwardDevice: null })).toBe('NAT, through any device of the host')
    expect(forwardingText(t, { kind: 'route', forwardDevice: 'eth0' })).toBe('Routed, through eth0')
    expect(forwardingText(t, { kind: 'very-isolated', forwardDevice: null })).toBe('none')
    expect(forwardingText(t, { kind: 'macvtap', forwardDevice: 'eth1' })).toBe('eth1')
    expect(forwardingText(t, { kind: 'bridge', forwardDevice: null })).toBeNull()
  })
})

describe('addresses in words', () => {
  const at = (address: string, prefix: number) => ({ addresses: [{ family: 'ipv4' as const, address, prefix, ranges: [], hosts: [] }] })

  it('S3.15 a static one has an x where the machine’s own part is', () => {
    expect(staticPattern(at('192.168.102.1', 24))).toBe('192.168.102.x/24')
    expect(staticPattern(at('172.22.0.1', 16))).toBe('172.22.x.x/16')
    expect(staticPattern(at('192.168.102.65', 26))).toBe('192.168.102.64/26')
    expect(staticPattern({ addresses: [] })).toBeNull()
  })

  it('a range has a size', () => {
    expect(rangeSize({ start: '192.168.122.2', end: '192.168.122.254' })).toBe(253)
    expect(rangeSize({ start: '192.168.122.9', end: '192.168.122.2' })).toBeNull()
    expect(rangeSize({ start: '', end: 'fd00::1' })).toBeNull()
  })

  it('subnets are told together', () => {
    expect(subnetsText({ addresses: [...at('10.1.2.1', 24).addresses, { family: 'ipv6', address: 'fd00::1', prefix: 64, ranges: [], hosts: [] }] })).toBe('10.1.2.0/24 and fd00::/64')
  })
})
