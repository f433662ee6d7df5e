import type { TFunction } from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { MOST_DRAWN, sceneOf } from '../../../../renderer/features/networks/diagram/scene.ts'
import { hostLines, machineLines, machineText, sentences, wayText } from '../../../../renderer/features/networks/diagram/words.ts'
import type { Network } from '../../../../shared/model/network.ts'
import { exampleDomain, exampleNetwork, exampleUuid } from '../../examples.ts'
import { speak } from '../words.ts'

let t: TFunction
beforeAll(async () => {
  t = await speak('en')
})

const mac = '52:54:00:00:00:0a'
const ipv4 = { family: 'ipv4' as const, address: '192.168.102.1', prefix: 24, ranges: [], hosts: [] }
const machine = (number: number, network: Network, more = {}) =>
  exampleDomain({ uuid: exampleUuid(number), name: `m${number}`, cards: [{ type: 'network', source: network.name, mac }], ...more })
const networks = {
  nat: exampleNetwork(),
  route: exampleNetwork({ kind: 'route', forwardDevice: 'enp1s0' }),
  open: exampleNetwork({ kind: 'open' }),
  isolated: exampleNetwork({ kind: 'isolated', addresses: [ipv4] }),
  'very-isolated': exampleNetwork({ kind: 'very-isolated', addresses: [], dns: false }),
  bridge: exampleNetwork({ kind: 'bridge', bridge: 'br0', addresses: [], dns: false }),
  macvtap: exampleNetwork({ kind: 'macvtap', bridge: null, forwardDevice: 'enp1s0', addresses: [], dns: false }),
} as const
const words = (network: Network, way = { device: null, now: null }): string => sentences(t, network, sceneOf(network, []), way).join(' ')

describe('the scene of each kind', () => {
  it.each([
    ['nat', 'host', true, true],
    ['route', 'host', true, true],
    ['open', 'host', true, true],
    ['isolated', 'host', false, true],
    ['very-isolated', 'host', false, false],
    ['bridge', 'lan', true, true],
    ['macvtap', 'lan', true, false],
  ] as const)('%s: %s, outside %s, host %s', (kind, shape, outside, host) => {
    expect(sceneOf(networks[kind], [])).toMatchObject({ shape, outside, host })
  })

  it('names the bridge, macvtap’s device, and what the host does', () => {
    expect(sceneOf(networks.nat, [])).toMatchObject({ hub: 'virbr0', roles: ['router', 'nat', 'dhcp', 'dns'], addresses: ['192.168.122.1'] })
    expect(sceneOf(networks.route, [])).toMatchObject({ roles: ['router', 'dhcp', 'dns'], device: 'enp1s0' })
    expect(sceneOf(networks.isolated, [])).toMatchObject({ roles: ['dns'] })
    expect(sceneOf(networks['very-isolated'], [])).toMatchObject({ roles: [] })
    expect(sceneOf(networks.macvtap, [])).toMatchObject({ hub: 'enp1s0', device: null, roles: [] })
  })
})

describe('the machines of a scene', () => {
  it('are drawn up to twelve, running ones first', () => {
    const all = Array.from({ length: 20 }, (_, index) => machine(index, networks.nat, index === 19 ? { state: 'running' } : {}))
    const scene = sceneOf(networks.nat, all)
    expect(scene.machines).toHaveLength(20)
    expect(scene.drawn).toBe(MOST_DRAWN)
    expect(scene.machines[0]?.name).toBe('m19')
  })

  it('S3.16 have the addresses of their cards here while they run, and none when off', () => {
    const addresses = [{ address: '192.168.122.41', prefix: 24, mac, origin: 'lease' }, { address: '10.0.0.7', prefix: 24, mac: '52:54:00:00:00:0b', origin: 'lease' }]
    expect(sceneOf(networks.nat, [machine(1, networks.nat, { state: 'running', addresses })]).machines[0]).toMatchObject({ addresses: ['192.168.122.41'], noAddress: null })
    expect(sceneOf(networks.nat, [machine(1, networks.nat, { state: 'running' })]).machines[0]).toMatchObject({ addresses: [], noAddress: 'waiting' })
    expect(sceneOf(networks.nat, [machine(1, networks.nat, { addresses })]).machines[0]).toMatchObject({ addresses: [], noAddress: 'machine-off' })
  })

  it('say their state and address, or why there is none', () => {
    const at = (network: Network, more = {}) => sceneOf(network, [machine(1, network, { state: 'running', ...more })]).machines[0]
    const text = (network: Network, more = {}): string => {
      const found = at(network, more)
      return found ? [machineText(t, found), ...machineLines(t, found, 'one'), machineLines(t, found, 'three').join(' / ')].join(' | ') : ''
    }
    const addresses = [{ address: '192.168.122.41', prefix: 24, mac, origin: 'lease' }]
    expect(text(networks.nat, { addresses })).toBe('Running · 192.168.122.41 | 192.168.122.41 | Running / 192.168.122.41')
    expect(text(networks.nat)).toBe('Running · no address yet | Running | Running / no address yet')
    expect(text(networks.isolated)).toBe('Running · static IP | Running | Running / static IP')
    expect(text(networks.bridge)).toBe('Running · IP of the LAN | Running | Running / IP of the LAN')
    expect(text(networks.nat, { state: 'shutoff' })).toBe('Off | Off | Off')
    expect(text(networks.nat, { state: 'paused' })).toBe('Paused · no address yet | Paused | Paused / no address yet')
  })
})

describe('the picture in words', () => {
  it('S4.1 says where machines get out, and what the host is here', () => {
    expect(words(networks.nat)).toContain('NAT')
    expect(words(networks.nat)).toContain('by any of its devices.')
    expect(words(networks.nat)).toContain('the host has 192.168.122.1: gateway, DHCP, and DNS.')
    const known = sentences(t, networks.nat, sceneOf(networks.nat, []), { device: null, now: 'wlp2s0' }).join(' ')
    expect(known).toContain('by any of its devices (now wlp2s0)')
    expect(words(networks.route)).toContain('a route to 192.168.122.0/24 through this host')
  })

  it('S3.15 tells which address to set where there is no DHCP', () => {
    expect(words(networks.isolated)).toContain('set a static IP in each machine, 192.168.102.x/24 (for example 192.168.102.2/24)')
    expect(words(networks['very-isolated'])).toContain('all in the same subnet (for example 172.22.0.2/16)')
  })

  it('S4.12 leaves addresses of a LAN to the LAN', () => {
    for (const kind of ['bridge', 'macvtap'] as const) expect(words(networks[kind])).toContain('The local network gives the machines their addresses')
    expect(words(networks.macvtap)).toContain('They do not reach this host')
    expect(words(networks.bridge)).toContain('br0')
  })

  it('says that a network is off', () => {
    expect(words({ ...networks.nat, active: false })).toContain('The network is off')
    expect(words(networks.nat)).not.toContain('is off')
  })

  it('has the device in the box of the outside', () => {
    expect(wayText(t, { device: 'enp1s0', now: 'wlp2s0' })).toBe('via enp1s0')
    expect(wayText(t, { device: null, now: 'wlp2s0' })).toBe('via wlp2s0')
    expect(wayText(t, { device: null, now: null })).toBe('via any device')
  })

  it('has the host’s part in its box', () => {
    const lines = (network: Network): readonly string[] => hostLines(t, network, sceneOf(network, []))
    expect(lines(networks.nat)).toEqual(['router + NAT', 'DHCP · DNS', '192.168.122.1'])
    expect(lines(networks.isolated)).toEqual(['DNS', '192.168.102.1'])
    expect(lines(networks['very-isolated'])).toEqual(['no address here'])
    expect(lines(networks.bridge)).toEqual(['on the same bridge'])
    expect(lines(networks.macvtap)).toEqual(['not reached'])
  })
})
