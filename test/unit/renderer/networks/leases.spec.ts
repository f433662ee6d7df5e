import { describe, expect, it } from 'vitest'
import { currentAddresses, leaseRows } from '../../../../renderer/features/networks/leases.ts'
import { exampleDomain, exampleNetwork, exampleUuid } from '../../examples.ts'

const now = 1_000_000
const mac = '52:54:00:00:00:0a'
const lease = (more = {}) => ({ mac, address: '192.168.122.41', prefix: 24, hostname: 'debian', expiresAt: now + 600, ...more })
const network = exampleNetwork()
const machine = (more = {}) =>
  exampleDomain({ uuid: exampleUuid(1), name: 'debian12', state: 'running', cards: [{ type: 'network', source: 'default', mac: mac.toUpperCase() }], ...more })
const states = (leases: readonly ReturnType<typeof lease>[], machines = [machine()]) => leaseRows(network, leases, machines, now).map(({ state }) => state)

describe('S3.16 what a lease is worth', () => {
  it('is the address of a running machine on this network, by its MAC', () => {
    const [row] = leaseRows(network, [lease()], [exampleDomain({ uuid: exampleUuid(2), name: 'other' }), machine()], now)
    expect(row).toMatchObject({ state: 'current', machine: { name: 'debian12' } })
  })

  it('is none of a machine that is off, on another network, or gone', () => {
    expect(states([lease()], [machine({ state: 'shutoff' })])).toEqual(['off'])
    const moved = machine({ cards: [{ type: 'network', source: 'red-aislada', mac }] })
    expect(leaseRows(network, [lease()], [moved], now)[0]).toMatchObject({ state: 'elsewhere', machine: { name: 'debian12' } })
    expect(states([lease()], [])).toEqual(['stranger'])
    expect(states([lease({ mac: '52:54:00:00:00:ff' })])).toEqual(['stranger'])
  })

  it('is over at its end, and lasts for ever where it has none', () => {
    expect(states([lease({ expiresAt: now })])).toEqual(['expired'])
    expect(states([lease({ expiresAt: 0 })])).toEqual(['current'])
  })

  it('is replaced by a newer one of the same family', () => {
    const newer = lease({ address: '192.168.122.50', expiresAt: now + 900 })
    expect(leaseRows(network, [lease(), newer], [machine()], now).map(({ lease: one, state }) => [one.address, state])).toEqual([
      ['192.168.122.50', 'current'],
      ['192.168.122.41', 'replaced'],
    ])
    expect(states([lease(), lease({ address: 'fd00::41', expiresAt: now + 900 })])).toEqual(['current', 'current'])
  })

  it('comes first where it is current, then by address as numbers', () => {
    const others = ['192.168.122.9', '192.168.122.100'].map((address, index) => lease({ address, mac: `52:54:00:00:01:0${index}` }))
    const rows = leaseRows(network, [others[1] ?? lease(), others[0] ?? lease(), lease()], [machine()], now)
    expect(rows.map((row) => row.lease.address)).toEqual(['192.168.122.41', '192.168.122.9', '192.168.122.100'])
  })
})

it('the addresses of a machine are those of its own cards that are neither over nor replaced', () => {
  const leases = [lease(), lease({ address: '192.168.122.50', expiresAt: now + 900 }), lease({ address: '192.168.122.60', mac: '52:54:00:00:00:0b' }), lease({ address: 'fd00::7', expiresAt: now - 1 })]
  expect(currentAddresses(leases, [mac], now)).toEqual(['192.168.122.50'])
  expect(currentAddresses(leases, [null], now)).toEqual([])
})
