import { describe, expect, it } from 'vitest'
import { addressAdvice, hasNoDhcp, isForeign, loginOf, sshCommand, sshPlace } from '../../../shared/model/card-address.ts'
import type { PortForwards } from '../../../shared/model/card.ts'
import { exampleDomain, exampleNetwork, exampleUuid } from '../examples.ts'

const subnet = (address: string, ranges: readonly { start: string; end: string }[] = []) => ({ family: 'ipv4' as const, address, prefix: 24, ranges, hosts: [] })
const networks = [
  exampleNetwork({ uuid: exampleUuid(1), name: 'red-nat', kind: 'nat', active: true, addresses: [subnet('192.168.101.1', [{ start: '192.168.101.2', end: '192.168.101.254' }])] }),
  exampleNetwork({ uuid: exampleUuid(2), name: 'red-aislada', kind: 'isolated', active: true, addresses: [subnet('192.168.102.1')] }),
  exampleNetwork({ uuid: exampleUuid(3), name: 'red-muy-aislada', kind: 'very-isolated', active: true, addresses: [] }),
  exampleNetwork({ uuid: exampleUuid(4), name: 'lan', kind: 'bridge', active: true, bridge: 'br0', addresses: [] }),
  exampleNetwork({ uuid: exampleUuid(5), name: 'apagada', kind: 'isolated', active: false, addresses: [subnet('192.168.105.1')] }),
  exampleNetwork({ uuid: exampleUuid(6), name: 'seis', kind: 'isolated', active: true, addresses: [{ ...subnet('fd00::1'), family: 'ipv6', prefix: 64 }] }),
]
const card = (source: string, number = 1) => ({ type: 'network', source, mac: `52:54:00:00:00:0${number}` })
const machine = (name: string, number: number, source: string, address?: string) =>
  exampleDomain({
    uuid: exampleUuid(number),
    name,
    state: 'running',
    cards: [card(source, number)],
    addresses: address === undefined ? [] : [{ address, prefix: 24, mac: card(source, number).mac, origin: 'agent' }],
  })

describe('what is said where no address is known', () => {
  it.each([
    ['red-nat', { kind: 'waiting', network: 'red-nat' }],
    ['red-aislada', { kind: 'static', example: '192.168.102.2/24' }],
    ['red-muy-aislada', { kind: 'any-subnet', example: '172.22.0.2/16' }],
    ['lan', { kind: 'lan' }],
    ['apagada', { kind: 'network-off', network: 'apagada' }],
    ['seis', { kind: 'by-itself' }],
    ['borrada', { kind: 'network-gone', network: 'borrada' }],
  ])('S3.15 on %s: %j', (source, advice) => {
    expect(addressAdvice(card(source), networks, [machine('alumno1', 1, source)])).toEqual(advice)
  })

  it('of a bridge, macvtap, user mode and a pulled cable', () => {
    expect(addressAdvice({ type: 'bridge', source: 'br9', mac: null }, networks, [])).toEqual({ kind: 'lan' })
    expect(addressAdvice({ type: 'direct', source: 'enp1s0', mac: null }, networks, [])).toEqual({ kind: 'lan' })
    expect(addressAdvice({ type: 'user', source: null, mac: null, passt: true }, networks, [])).toEqual({ kind: 'passt' })
    expect(addressAdvice({ type: 'vhostuser', source: null, mac: null }, networks, [])).toEqual({ kind: 'unknown' })
    expect(addressAdvice({ ...card('red-nat'), linkUp: false }, networks, [])).toEqual({ kind: 'unplugged' })
  })

  it('each machine of a network without DHCP is told an address of its own', () => {
    const all = [machine('windows', 2, 'red-aislada'), machine('linux', 1, 'red-aislada'), machine('agente', 3, 'red-aislada', '192.168.102.3')]
    const told = all.slice(0, 2).map((one) => addressAdvice(one.cards[0] ?? card(''), networks, all))
    expect(told).toEqual([{ kind: 'static', example: '192.168.102.4/24' }, { kind: 'static', example: '192.168.102.2/24' }])
  })

  it('what the agent says is marked where it is of another network', () => {
    const told = (address: string) => ({ address, prefix: 24, mac: null, origin: 'agent' as const })
    expect(isForeign(told('192.168.101.57'), card('red-aislada'), networks)).toBe(true)
    expect(isForeign(told('192.168.102.57'), card('red-aislada'), networks)).toBe(false)
    expect(isForeign(told('fe80::1'), card('seis'), networks)).toBe(false)
    expect(isForeign(told('172.22.0.2'), card('red-muy-aislada'), networks)).toBe(false)
    expect(isForeign({ ...told('192.168.101.57'), origin: 'lease' }, card('red-aislada'), networks)).toBe(false)
  })

  it('a machine has no DHCP where none of its networks has', () => {
    expect(hasNoDhcp(machine('one', 1, 'red-aislada'), networks)).toBe(true)
    expect(hasNoDhcp(machine('one', 1, 'red-muy-aislada'), networks)).toBe(true)
    expect(hasNoDhcp(machine('one', 1, 'red-nat'), networks)).toBe(false)
    expect(hasNoDhcp(machine('one', 1, 'lan'), networks)).toBe(false)
    expect(hasNoDhcp({ ...machine('one', 1, 'red-aislada'), state: 'shutoff' }, networks)).toBe(false)
  })
})

describe('how a machine is reached by ssh', () => {
  const forward = { protocol: 'tcp', hostAddress: '0.0.0.0', hostPort: 2_222, guestPort: 22 } as const
  const ports = (state: 'active' | 'failed'): readonly PortForwards[] => [{ mac: '52:54:00:00:00:01', way: 'hostfwd', forwards: [{ forward, state, fault: null }] }]
  const user = exampleDomain({
    uuid: exampleUuid(9),
    name: 'nine',
    state: 'running',
    cards: [{ type: 'user', source: null, mac: '52:54:00:00:00:01' }],
    addresses: [{ address: '10.0.2.15', prefix: 24, mac: '52:54:00:00:00:01', origin: 'expected' }],
  })

  it('by its lease, by a forward that works, and not by what is only expected', () => {
    expect(sshPlace(machine('one', 1, 'red-nat', '192.168.101.57'), networks, [])).toEqual({ address: '192.168.101.57', port: 22 })
    expect(sshPlace(user, networks, [])).toBeNull()
    expect(sshPlace(user, networks, ports('failed'))).toBeNull()
    expect(sshPlace(user, networks, ports('active'))).toEqual({ address: '127.0.0.1', port: 2_222 })
    expect(sshPlace({ ...user, state: 'shutoff' }, networks, ports('active'))).toBeNull()
    // the agent's word for user mode's own address leads nowhere from the host
    expect(sshPlace({ ...user, addresses: [{ address: '10.0.2.15', prefix: 24, mac: '52:54:00:00:00:01', origin: 'agent' }] }, networks, [])).toBeNull()
  })

  it('not where the host does not reach the network', () => {
    expect(sshPlace(machine('one', 1, 'red-muy-aislada', '172.22.0.2'), networks, [])).toBeNull()
    const tap = { ...machine('one', 1, 'x', '192.168.1.9'), cards: [{ type: 'direct', source: 'enp1s0', mac: '52:54:00:00:00:01' }] }
    expect(sshPlace(tap, networks, [])).toBeNull()
  })

  it('as somebody', () => {
    expect(sshCommand({ address: '192.168.101.57', port: 22 }, 'ana')).toBe('ssh ana@192.168.101.57')
    expect(sshCommand({ address: '127.0.0.1', port: 2_222 }, 'debian')).toBe('ssh -p 2222 debian@127.0.0.1')
    expect(loginOf('ana', 'http://debian.org/debian/12')).toBe('ana')
    expect(loginOf(null, 'http://debian.org/debian/12')).toBe('debian')
    expect(loginOf(null, 'http://cirros-cloud.net/cirros/0.3.5')).toBe('cirros')
    expect(loginOf(null, 'http://microsoft.com/win/11')).toBeNull()
    expect(loginOf(null, null)).toBeNull()
  })
})
