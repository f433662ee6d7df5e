import type { TFunction } from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { addressText, forwardingText, networkFact } from '../../../../renderer/features/networks/words.ts'
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
    expect(networkFact(t, exampleNetwork({ kind: 'very-isolated', bridge: null, addresses: [] }))).toBe('Very isolated')
  })

  it('says where it hands out no addresses', () => {
    expect(networkFact(t, exampleNetwork({ kind: 'isolated', addresses: [ipv4] }))).toMatch(
      /^Isolated · 10\.1\.2\.\d\/24 · no DHCP$/,
    )
    const fixed = { ...ipv4, hosts: [{ mac: '52:54:00:00:00:01', name: null, address: '10.1.2.3' }] }
    expect(networkFact(t, exampleNetwork({ addresses: [fixed] }))).not.toContain('no DHCP')
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
