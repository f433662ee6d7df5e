import { describe, expect, it } from 'vitest'
import { addressesOn, isTold, leaseRows } from '../../../../renderer/features/networks/leases.ts'
import { exampleDomain, exampleNetwork, exampleUuid } from '../../examples.ts'

const now = 1_000_000
const mac = '52:54:00:00:00:0a'
const lease = (more = {}) => ({ mac, address: '192.168.122.41', prefix: 24, hostname: 'debian', expiresAt: now + 600, ...more })
const known = { address: '192.168.122.41', prefix: 24, mac, origin: 'lease' as const }
const network = exampleNetwork()
const machine = (more = {}) =>
  exampleDomain({
    uuid: exampleUuid(1), name: 'debian12', state: 'running', cards: [{ type: 'network', source: 'default', mac: mac.toUpperCase() }], addresses: [known], ...more,
  })
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

  it('is old where the machine that runs here has another address, or none yet', () => {
    const other = lease({ address: '192.168.122.50', expiresAt: now + 900 })
    expect(leaseRows(network, [other, lease()], [machine()], now).map((row) => [row.lease.address, row.state])).toEqual([
      ['192.168.122.41', 'current'],
      ['192.168.122.50', 'before'],
    ])
    expect(states([lease()], [machine({ addresses: [] })])).toEqual(['before'])
  })

  it('is over at its end, and lasts for ever where it has none', () => {
    expect(states([lease({ expiresAt: now })])).toEqual(['expired'])
    expect(states([lease({ expiresAt: 0 })])).toEqual(['current'])
  })

  it('comes first where it is current, then by address as numbers', () => {
    const others = ['192.168.122.100', '192.168.122.9'].map((address, index) => lease({ address, mac: `52:54:00:00:01:0${index}` }))
    const rows = leaseRows(network, [...others, lease()], [machine()], now)
    expect(rows.map((row) => row.lease.address)).toEqual(['192.168.122.41', '192.168.122.9', '192.168.122.100'])
  })
})

describe('a machine is asked about', () => {
  it('where it has no address here, or a lease that is not among its addresses', () => {
    expect(isTold(network, machine(), [lease()])).toBe(true)
    expect(isTold(network, machine(), [])).toBe(true)
    expect(isTold(network, machine({ addresses: [] }), [])).toBe(false)
    expect(isTold(network, machine(), [lease({ address: '192.168.122.50' })])).toBe(false)
    expect(isTold(network, machine(), [lease({ mac: '52:54:00:00:00:ff', address: '192.168.122.50' })])).toBe(true)
  })

  it('by its cards on the network alone', () => {
    const two = machine({ cards: [{ type: 'network', source: 'default', mac }, { type: 'network', source: 'other', mac: '52:54:00:00:00:0b' }] })
    const elsewhere = { ...known, address: '10.0.0.7', mac: '52:54:00:00:00:0b' }
    expect(addressesOn(network, { ...two, addresses: [known, elsewhere] })).toEqual([known])
  })
})
