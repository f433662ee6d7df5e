import { describe, expect, it } from 'vitest'
import { exampleAddress, isPluggedInto, networkOfCard } from '../../../shared/model/network-machines.ts'
import { summariseMachine, summariseNetwork } from '../../../shared/model/network-summary.ts'
import { exampleDomain, exampleNetwork, exampleUuid } from '../examples.ts'

const mac = '52:54:00:00:00:0a'
const ipv4 = (address: string, prefix = 24, dhcp = false) => ({
  family: 'ipv4' as const, address, prefix, ranges: dhcp ? [{ start: address.replace(/\d+$/, '2'), end: address.replace(/\d+$/, '254') }] : [], hosts: [],
})
const nat = exampleNetwork({ name: 'red-nat', bridge: 'virbr1', addresses: [ipv4('192.168.101.1', 24, true)] })
const isolated = exampleNetwork({ name: 'red-aislada', kind: 'isolated', bridge: 'virbr2', addresses: [ipv4('192.168.102.1')] })
const veryIsolated = exampleNetwork({ name: 'red-muy-aislada', kind: 'very-isolated', bridge: 'virbr3', dns: false, addresses: [] })
const bridged = exampleNetwork({ name: 'lan', kind: 'bridge', bridge: 'br0', dns: false, addresses: [] })
const macvtap = exampleNetwork({ name: 'tap', kind: 'macvtap', bridge: null, forwardDevice: 'enp1s0', dns: false, addresses: [] })
const all = [nat, isolated, veryIsolated, bridged, macvtap]
const lease = { address: '192.168.101.41', prefix: 24, mac, origin: 'lease' as const }
const machine = (source: string | null, more = {}, type = 'network') =>
  exampleDomain({ uuid: exampleUuid(1), name: 'debian12', state: 'running', cards: [{ type, source, mac }], ...more })

describe('the network of a card', () => {
  it('is that of its name, or of the bridge or device that it is straight in', () => {
    expect(networkOfCard({ type: 'network', source: 'red-nat' }, all)).toBe(nat)
    expect(networkOfCard({ type: 'bridge', source: 'virbr1' }, all)).toBe(nat)
    expect(networkOfCard({ type: 'bridge', source: 'br0' }, all)).toBe(bridged)
    expect(networkOfCard({ type: 'direct', source: 'enp1s0' }, all)).toBe(macvtap)
    expect(networkOfCard({ type: 'direct', source: 'enp2s0' }, all)).toBeUndefined()
    expect(networkOfCard({ type: 'user', source: null }, all)).toBeUndefined()
    expect(networkOfCard({ type: 'network', source: 'virbr1' }, all)).toBeUndefined()
  })

  it('is not the NAT network that leaves by the same device', () => {
    expect(isPluggedInto({ type: 'direct', source: 'eth0' }, exampleNetwork({ forwardDevice: 'eth0' }))).toBe(false)
  })
})

describe('an address to set by hand', () => {
  it('is the first after the host’s own that nobody has', () => {
    expect(exampleAddress(isolated)).toBe('192.168.102.2/24')
    expect(exampleAddress(isolated, ['192.168.102.2', '192.168.102.3'])).toBe('192.168.102.4/24')
  })

  it('goes round where the host has the last one, and is none where there is no room', () => {
    expect(exampleAddress({ kind: 'isolated', addresses: [ipv4('10.0.0.254')] })).toBe('10.0.0.1/24')
    expect(exampleAddress({ kind: 'isolated', addresses: [ipv4('10.0.0.1', 30)] })).toBe('10.0.0.2/30')
    expect(exampleAddress({ kind: 'isolated', addresses: [ipv4('10.0.0.1', 30)] }, ['10.0.0.2'])).toBeNull()
    expect(exampleAddress({ kind: 'isolated', addresses: [ipv4('10.0.0.1', 32)] })).toBeNull()
    expect(exampleAddress({ kind: 'isolated', addresses: [ipv4('no address')] })).toBeNull()
  })

  it('is of any subnet where the host has no address, and nobody’s business here on a LAN', () => {
    expect(exampleAddress(veryIsolated)).toBe('172.22.0.2/16')
    expect(exampleAddress(bridged)).toBeNull()
    expect(exampleAddress(macvtap)).toBeNull()
    expect(exampleAddress({ kind: 'isolated', addresses: [{ ...ipv4('fd00::1', 64), family: 'ipv6' }] })).toBeNull()
  })
})

describe('a machine in a report', () => {
  it('S3.17 on NAT has its address, the host as gateway and DNS, and reaches everything', () => {
    expect(summariseMachine(machine('red-nat', { addresses: [lease] }), all)).toEqual([
      {
        machine: 'debian12', running: true, network: 'red-nat', kind: 'nat', mac, addresses: [lease], noAddress: null, example: null,
        gateway: '192.168.101.1', dns: '192.168.101.1', outside: 'yes', host: 'yes', machines: 'yes',
      },
    ])
  })

  it('without DHCP is told which address to set, and has no gateway', () => {
    const [line] = summariseMachine(machine('red-aislada'), all)
    expect(line).toMatchObject({ noAddress: 'static', example: '192.168.102.2/24', gateway: null, dns: '192.168.102.1', outside: 'no', host: 'yes' })
    const [very] = summariseMachine(machine('red-muy-aislada'), all)
    expect(very).toMatchObject({ noAddress: 'static', example: '172.22.0.2/16', gateway: null, dns: null, host: 'no', machines: 'yes' })
  })

  it('on a LAN is the LAN’s, whether by a network or straight', () => {
    const lan = { gateway: 'lan', dns: 'lan', noAddress: 'lan', outside: 'yes' }
    expect(summariseMachine(machine('lan'), all)[0]).toMatchObject({ ...lan, kind: 'bridge', host: 'yes' })
    expect(summariseMachine(machine('br7', {}, 'bridge'), all)[0]).toMatchObject({ ...lan, kind: 'unplugged', network: 'br7', host: 'yes' })
    expect(summariseMachine(machine('tap'), all)[0]).toMatchObject({ ...lan, kind: 'macvtap', host: 'no' })
    const own = (mode: string) => summariseMachine({ ...machine('eth7'), cards: [{ type: 'direct', source: 'eth7', mac, mode }] }, all)[0]?.machines
    expect(['private', 'vepa', 'passthrough'].map(own)).toEqual(['no', 'lan', 'lan'])
    expect(summariseMachine(machine('eth7', {}, 'direct'), all)[0]).toMatchObject({ ...lan, kind: 'unplugged', host: 'no' })
  })

  it('in user mode has QEMU’s own gateway, and begins itself what goes to the host', () => {
    const [line] = summariseMachine(machine(null, {}, 'user'), all)
    expect(line).toMatchObject({ network: null, kind: 'user', gateway: '10.0.2.2', dns: '10.0.2.3', host: 'from-inside', machines: 'no' })
    const passt = summariseMachine({ ...machine(null, {}, 'user'), cards: [{ type: 'user', source: null, mac: null, passt: true }] }, all)
    expect(passt[0]).toMatchObject({ kind: 'user', gateway: 'lan', dns: 'lan', host: 'from-inside', machines: 'no' })
  })

  it('of a network that is gone nothing is said', () => {
    const [line] = summariseMachine(machine('gone'), all)
    expect(line).toMatchObject({ network: 'gone', kind: 'unplugged', noAddress: 'unknown', gateway: null, outside: null, host: null })
  })

  it('S3.16 that is off has no address, whatever was lent to it', () => {
    const [line] = summariseMachine(machine('red-nat', { state: 'shutoff', addresses: [lease] }), all)
    expect(line).toMatchObject({ running: false, addresses: [], noAddress: 'machine-off' })
  })

  it('waits for DHCP, or for its network', () => {
    expect(summariseMachine(machine('red-nat'), all)[0]).toMatchObject({ noAddress: 'waiting' })
    expect(summariseMachine(machine('red-nat'), [{ ...nat, active: false }])[0]).toMatchObject({ noAddress: 'network-off' })
  })

  it('has a line a card, each with its own addresses; those without a MAC belong to an only card', () => {
    const cards = [{ type: 'network', source: 'red-nat', mac }, { type: 'network', source: 'red-aislada', mac: '52:54:00:00:00:0b' }]
    const noMac = { ...lease, address: '192.168.101.99', mac: null }
    const lines = summariseMachine(machine('', { cards, addresses: [{ ...lease, mac: mac.toUpperCase() }, noMac] }), all)
    expect(lines.map((line) => line.addresses.map((one) => one.address))).toEqual([['192.168.101.41'], []])
    expect(summariseMachine(machine('red-nat', { addresses: [noMac] }), all)[0]?.addresses).toEqual([noMac])
  })
})

it('a network in a report has a line for each card on it, and none for others', () => {
  const two = exampleDomain({
    uuid: exampleUuid(2), name: 'two', title: 'Two cards', state: 'running',
    cards: [{ type: 'network', source: 'red-nat', mac }, { type: 'bridge', source: 'virbr1', mac: null }, { type: 'network', source: 'lan', mac: null }],
  })
  const lines = summariseNetwork(nat, [two, machine('lan')])
  expect(lines.map((line) => [line.machine, line.mac])).toEqual([['Two cards', mac], ['Two cards', null]])
})
