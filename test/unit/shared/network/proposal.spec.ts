import { describe, expect, it } from 'vitest'
import { checkNetwork } from '../../../../shared/model/network-checks.ts'
import { plannedKinds } from '../../../../shared/model/network-plan.ts'
import { domainOfName, planOfNetwork, proposeNetwork, wholeRange } from '../../../../shared/model/network-proposal.ts'
import { hasDhcp, reachOf } from '../../../../shared/model/reach.ts'
import { exampleNetwork } from '../../examples.ts'
import { exampleAround, exampleHost } from './around.ts'

describe('a proposed network', () => {
  it.each(plannedKinds)('of kind %s is taken as it stands', (kind) => {
    const plan = proposeNetwork('c1', kind, exampleAround, true)
    expect(checkNetwork(plan, exampleAround)).toEqual([])
    expect(plan).toMatchObject({ kind, start: true, autostart: true })
  })

  it('has the first subnet that is free, all of it for DHCP, and its name as its domain', () => {
    const plan = proposeNetwork('c1', 'nat', exampleAround, true)
    expect(plan).toMatchObject({ name: 'nat', domain: 'nat', ipv4: { cidr: '192.168.101.0/24', gateway: null, dhcp: { ranges: [{ start: '192.168.101.2', end: '192.168.101.254' }] } } })
    expect(proposeNetwork('c1', 'isolated', exampleAround, false).ipv4).toEqual({ cidr: '192.168.101.0/24', gateway: null, dhcp: null })
    expect(proposeNetwork('c1', 'very-isolated', exampleAround, true)).toMatchObject({ ipv4: null, domain: '' })
  })

  it('goes around what the host reaches, and around names that are there', () => {
    const networks = [exampleNetwork({ name: 'nat' }), exampleNetwork({ name: 'nat-2' })]
    const host = { ...exampleHost, routes: [{ destination: '192.168.96.0/20', device: 'enp1s0' }, { destination: '0.0.0.0/1', device: 'tun0' }] }
    expect(proposeNetwork('c1', 'nat', { networks, host }, true)).toMatchObject({ name: 'nat-3', ipv4: { cidr: '192.168.112.0/24' } })
    const full = { ...exampleHost, routes: [{ destination: '192.168.0.0/16', device: 'enp1s0' }] }
    expect(proposeNetwork('c1', 'nat', { networks, host: full }, true).ipv4?.cidr).toBe('10.100.0.0/24')
  })

  it('uses a bridge and a wired device of the host, where there are any', () => {
    expect(proposeNetwork('c1', 'bridge', exampleAround, true).hostBridge).toBe('br0')
    expect(proposeNetwork('c1', 'macvtap', exampleAround, true).hostDevice).toBe('enp1s0')
    const bare = { networks: [], host: null }
    expect([proposeNetwork('c1', 'bridge', bare, true).hostBridge, proposeNetwork('c1', 'macvtap', bare, true).hostDevice]).toEqual(['', ''])
  })

  it.each([['red-nat', 'red-nat'], ['Red de Clase', 'red-de-clase'], ['ñandú', 'nandu'], ['日本', ''], ['-a-', 'a'], ['a .b', 'a.b'], ['a.-.b', 'a.b'], ['clase.lan', 'clase.lan'], ['..', ''], ['x'.repeat(70), 'x'.repeat(63)]])('called %j has the domain %j', (name, domain) => {
    expect(domainOfName(name)).toBe(domain)
  })

  it.each([
    ['192.168.101.0/24', [{ start: '192.168.101.2', end: '192.168.101.254' }]],
    ['192.168.101.0/30', [{ start: '192.168.101.2', end: '192.168.101.2' }]],
    ['192.168.101.0/31', []],
    ['fd00:101::/64', [{ start: 'fd00:101::100', end: 'fd00:101::1ff' }]],
    ['nonsense', []],
  ])('hands out all of %s: %j', (cidr, whole) => expect(wholeRange(cidr)).toEqual(whole))
})

describe('the form of a network that is there', () => {
  it('shows what its next start will have', () => {
    const network = exampleNetwork({ domain: 'aula', forwardDevice: 'enp1s0' })
    const { connection: _, uuid: _u, name: _n, active: _a, autostart: _s, persistent: _p, pending: _w, next: _x, ...settings } = network
    expect(planOfNetwork(network)).toMatchObject({ kind: 'nat', domain: 'aula', forwardDevice: 'enp1s0', bridge: 'virbr0', ipv4: { cidr: '192.168.122.0/24', gateway: null }, ipv6: null })
    expect(planOfNetwork({ ...network, next: { ...settings, domain: 'clase' } }).domain).toBe('clase')
  })

  it('has the host’s address only where it is not the first', () => {
    const addresses = [{ family: 'ipv4', address: '10.5.0.254', prefix: 24, ranges: [], hosts: [{ mac: null, address: '10.5.0.9', name: 'web' }] }] as const
    expect(planOfNetwork(exampleNetwork({ addresses })).ipv4).toEqual({ cidr: '10.5.0.0/24', gateway: '10.5.0.254', dhcp: { ranges: [], hosts: [{ mac: '', address: '10.5.0.9', name: 'web' }] } })
  })

  it('names the host’s own bridge or device', () => {
    expect(planOfNetwork(exampleNetwork({ kind: 'bridge', bridge: 'br0', addresses: [] }))).toMatchObject({ kind: 'bridge', hostBridge: 'br0', bridge: '' })
    expect(planOfNetwork(exampleNetwork({ kind: 'macvtap', bridge: null, forwardDevice: 'enp1s0', addresses: [] }))).toMatchObject({ hostDevice: 'enp1s0', forwardDevice: null })
  })
})

const reachColumns = ['dhcp', 'dns', 'outside', 'host', 'machines', 'inbound'] as const

describe('who reaches whom', () => {
  it.each([
    ['nat', true, 'yes yes yes yes yes no', 'dynamic'],
    ['nat', false, 'no yes yes yes yes no', 'static'],
    ['isolated', true, 'yes yes no yes yes no', 'dynamic'],
    ['isolated', false, 'no yes no yes yes no', 'static'],
    ['very-isolated', false, 'no no no no yes no', 'static'],
    ['route', true, 'yes yes by-router yes yes by-router', 'dynamic'],
    ['open', true, 'yes yes as-host-forwards yes yes as-host-forwards', 'dynamic'],
    ['bridge', false, 'lan lan yes yes yes yes', 'lan'],
    ['macvtap', false, 'lan lan yes no yes yes', 'lan'],
  ] as const)('on %s, DHCP %s: %s', (kind, dhcp, row, setup) => {
    const reach = reachOf(kind, { dhcp })
    expect(reachColumns.map((column) => reach?.[column]).join(' ')).toBe(row)
    expect(reach?.setup).toBe(setup)
  })

  it('is not known of other kinds', () => {
    expect(reachOf('other', { dhcp: true })).toBeNull()
    expect([hasDhcp(exampleNetwork()), hasDhcp(exampleNetwork({ addresses: [] }))]).toEqual([true, false])
  })
})
