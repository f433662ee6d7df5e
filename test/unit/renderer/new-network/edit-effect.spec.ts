import { describe, expect, it } from 'vitest'
import { effectOf } from '../../../../renderer/features/new-network/edit-effect.ts'
import { changedParts } from '../../../../shared/model/network-edits.ts'
import type { NetworkEdit } from '../../../../shared/model/network-plan.ts'
import { planOfNetwork } from '../../../../shared/model/network-proposal.ts'
import { exampleNetwork } from '../../examples.ts'

const before = planOfNetwork(exampleNetwork())
const dhcp = before.ipv4?.dhcp ?? null
const ipv4 = (more: Partial<NonNullable<NetworkEdit['ipv4']>>): Partial<NetworkEdit> => ({ ipv4: { cidr: '192.168.122.0/24', gateway: null, dhcp, ...more } })

describe('an edit', () => {
  it.each([
    ['nothing', {}, [], []],
    ['a range', ipv4({ dhcp: { ranges: [{ start: '192.168.122.9', end: '192.168.122.20' }], hosts: [] } }), ['ranges'], []],
    ['a static entry', ipv4({ dhcp: { ranges: dhcp?.ranges ?? [], hosts: [{ mac: '52:54:00:00:00:01', address: '192.168.122.9', name: '' }] } }), ['hosts'], []],
    ['a DNS record', { dnsRecords: [{ address: '192.168.122.9', names: ['a'] }] }, ['dnsRecords'], []],
    ['DHCP itself', ipv4({ dhcp: null }), ['dhcp'], []],
    ['a subnet with its range', { ipv4: { cidr: '10.0.0.0/24', gateway: null, dhcp: { ranges: [{ start: '10.0.0.2', end: '10.0.0.9' }], hosts: [] } } }, [], ['ipv4', 'ranges']],
    ['the kind and a record', { kind: 'route', dnsRecords: [{ address: '192.168.122.9', names: ['a'] }] }, [], ['kind', 'dnsRecords']],
    ['the gateway', ipv4({ gateway: '192.168.122.9' }), [], ['ipv4']],
    ['a second family', { ipv6: { cidr: 'fd00::/64', gateway: null, dhcp: null } }, [], ['ipv6']],
    ['the kind and its device', { kind: 'macvtap', hostDevice: 'enp1s0' }, [], ['kind', 'hostDevice']],
    ['MTU, domain, bridge, device', { mtu: 1400, domain: 'x', bridge: 'virbr9', forwardDevice: 'enp1s0' }, [], ['domain', 'forwardDevice', 'mtu', 'bridge']],
    ['a record and the MTU', { mtu: 1400, dnsRecords: [{ address: '192.168.122.9', names: ['a'] }] }, ['dnsRecords'], ['mtu']],
  ] as const)('of %s says what is done now and what waits', (_, patch, now, restart) => {
    const after: NetworkEdit = { ...before, ...patch }
    expect(effectOf(before, after)).toEqual({ now, restart })
    expect(changedParts(before, after)).toHaveLength(now.length + restart.length)
  })

  it('waits as a whole where something waits already', () => {
    expect(effectOf(before, { ...before, ...ipv4({ dhcp: null }) }, true)).toEqual({ now: [], restart: ['dhcp'] })
  })
})
