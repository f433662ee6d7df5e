import { describe, expect, it } from 'vitest'
import { changedParts, rebaseEdit } from '../../../../shared/model/network-edits.ts'
import type { NetworkEdit } from '../../../../shared/model/network-plan.ts'
import { planOfNetwork } from '../../../../shared/model/network-proposal.ts'
import { exampleNetwork } from '../../examples.ts'

const before = planOfNetwork(exampleNetwork())
const ranges = [{ start: '192.168.122.100', end: '192.168.122.150' }]
const hosts = [{ mac: '52:54:00:00:00:01', address: '192.168.122.9', name: '' }]
const records = [{ address: '192.168.122.9', names: ['a'] }]
const withDhcp = (more: Partial<NonNullable<NonNullable<NetworkEdit['ipv4']>['dhcp']>>): NetworkEdit => ({
  ...before,
  ipv4: before.ipv4 && { ...before.ipv4, dhcp: { ranges: before.ipv4.dhcp?.ranges ?? [], hosts: [], ...more } },
})

describe('an edit of a network that was changed elsewhere meanwhile', () => {
  it('is only theirs where nothing was touched here, and only this one where nothing changed there', () => {
    const there = { ...before, mtu: 1_400 }
    expect(rebaseEdit(before, before, there)).toEqual(there)
    expect(rebaseEdit(before, there, before)).toEqual(there)
  })

  it('has both, down to the lists of one subnet', () => {
    const both = rebaseEdit(before, { ...withDhcp({ ranges }), dnsRecords: records }, { ...withDhcp({ hosts }), mtu: 1_400 })
    expect(both).toEqual({ ...withDhcp({ ranges, hosts }), dnsRecords: records, mtu: 1_400 })
    expect(changedParts(before, both)).toEqual(['ranges', 'hosts', 'dnsRecords', 'mtu'])
  })

  it('keeps what was typed where both touched the same', () => {
    expect(rebaseEdit(before, { ...before, domain: 'mine', ipv4: null }, { ...withDhcp({ hosts }), domain: 'theirs' })).toEqual({ ...before, domain: 'mine', ipv4: null })
    expect(rebaseEdit(before, { ...before, dnsRecords: records }, { ...before, dnsRecords: [...records, ...records] }).dnsRecords).toEqual(records)
  })
})
