import { describe, expect, it } from 'vitest'
import { checkMac, isSession, plainMac, sourceChoices, sourceOf, wayOfChange, whyNotSource, type SourceType } from '../../../shared/model/card-rules.ts'
import type { HostNetworking } from '../../../shared/model/host-networking.ts'
import { exampleDomain, exampleInterface, exampleNetwork, exampleUuid } from '../examples.ts'

const session = { kind: 'session', uri: 'qemu:///session' } as const
const system = { kind: 'system', uri: 'qemu:///system' } as const
const device = { up: true, master: null, addresses: [], defaultRoute: false } as const
const helper = { path: '/usr/lib/qemu/qemu-bridge-helper', setuid: true, list: '/etc/qemu/bridge.conf', allowed: ['br0'] }
const host: HostNetworking = {
  told: 'host', autoconfigured: [],
  devices: [
    { ...device, name: 'enp1s0', kind: 'wired' },
    { ...device, name: 'enp2s0', kind: 'wired', master: 'br0' },
    { ...device, name: 'wlp3s0', kind: 'wireless' },
    { ...device, name: 'enp4s0', kind: 'wired', up: false },
    { ...device, name: 'br0', kind: 'bridge' },
    { ...device, name: 'virbr0', kind: 'bridge' },
    { ...device, name: 'vnet3', kind: 'virtual', master: 'br0' },
    { ...device, name: 'bond0', kind: 'other' },
  ],
  bridges: [
    { name: 'br0', up: true, ports: ['enp2s0'], addresses: [] },
    { name: 'br1', up: false, ports: [], addresses: [] },
  ],
  routes: [],
  manager: 'networkmanager',
  helper,
}
const networks = [
  exampleNetwork({ uuid: exampleUuid(1), name: 'default' }),
  exampleNetwork({ uuid: exampleUuid(2), name: 'red-clase', active: false }),
  exampleNetwork({ uuid: exampleUuid(3), name: 'con\ttab' }),
]
const choice = (choices: ReturnType<typeof sourceChoices>, type: SourceType) => choices.find((one) => one.type === type)
const entries = (choices: ReturnType<typeof sourceChoices>, type: SourceType) =>
  (choice(choices, type)?.entries ?? []).map(({ name, obstacle, note }) => [name, obstacle?.code ?? note])

describe('what a card can be plugged into', () => {
  it('on the system: networks, bridges and devices, each with what is in its way', () => {
    const choices = sourceChoices(system, networks, host)
    expect(choices.map((one) => [one.type, one.obstacle])).toEqual([['network', null], ['bridge', null], ['direct', null], ['user', null]])
    expect(entries(choices, 'network')).toEqual([['default', null], ['red-clase', 'starts'], ['con\ttab', 'name-unusable']])
    expect(entries(choices, 'bridge')).toEqual([['br0', null], ['br1', 'down']])
    expect(entries(choices, 'direct')).toEqual([
      ['enp1s0', null],
      ['enp2s0', 'in-a-bridge'],
      ['wlp3s0', 'wireless'],
      ['enp4s0', 'down'],
      ['br0', 'device-is-bridge'],
      ['bond0', null],
    ])
  })

  it('in a session: user mode, and a bridge that the helper allows', () => {
    const choices = sourceChoices(session, networks, host)
    expect(choices.map((one) => [one.type, one.obstacle?.code ?? null])).toEqual([
      ['network', 'session-networks'],
      ['bridge', null],
      ['direct', 'session-macvtap'],
      ['user', null],
    ])
    expect(entries(choices, 'bridge')).toEqual([['br0', null], ['br1', 'helper-forbids']])
    expect(choice(choices, 'bridge')?.entries?.[1]?.obstacle?.params).toEqual({ list: helper.list, bridge: 'br1', allowed: 'br0' })
  })

  it.each([
    [{ path: null }, 'helper-missing'],
    [{ setuid: false }, 'helper-not-setuid'],
    [{ allowed: null }, 'helper-list'],
    [{ allowed: [] }, 'helper-list'],
  ])('in a session with the helper %j no bridge: %s', (change, code) => {
    expect(choice(sourceChoices(session, [], { ...host, helper: { ...helper, ...change } }), 'bridge')?.obstacle?.code).toBe(code)
  })

  it('in a session whose helper allows all: every bridge', () => {
    expect(entries(sourceChoices(session, [], { ...host, helper: { ...helper, allowed: ['all'] } }), 'bridge')).toEqual([['br0', null], ['br1', 'down']])
  })

  it('is chosen where it is there and nothing is in its way', () => {
    const why = (choices: ReturnType<typeof sourceChoices>, type: SourceType, name: string) => {
      const found = whyNotSource(sourceOf(type, name), choices)
      return typeof found === 'object' ? (found?.code ?? null) : found
    }
    const here = sourceChoices(system, networks, host)
    expect([why(here, 'bridge', 'br0'), why(here, 'direct', 'enp2s0'), why(here, 'network', 'gone'), why(here, 'user', '')]).toEqual([null, 'in-a-bridge', 'missing', null])
    expect(why(sourceChoices(session, networks, host), 'network', 'default')).toBe('session-networks')
    const elsewhere = sourceChoices(system, networks, null)
    expect([why(elsewhere, 'bridge', 'br7'), why(elsewhere, 'bridge', ' '), why([], 'user', '')]).toEqual([null, 'missing', 'missing'])
  })

  it('on a host of which libvirt alone tells: what it knows, and names that are typed', () => {
    const told = sourceChoices(system, networks, { ...host, told: 'libvirt', helper: null })
    expect([choice(told, 'bridge')?.open, entries(told, 'bridge')]).toEqual([true, [['br0', null], ['br1', 'down']]])
    expect([whyNotSource(sourceOf('bridge', 'br7'), told), whyNotSource(sourceOf('bridge', ''), told), whyNotSource(sourceOf('bridge', 'br0'), told)]).toEqual([null, 'missing', null])
    const nothing = sourceChoices(system, networks, { ...host, told: 'libvirt', helper: null, bridges: [], devices: [] })
    expect([choice(nothing, 'bridge'), choice(nothing, 'direct')]).toEqual([{ type: 'bridge', obstacle: null, entries: null }, { type: 'direct', obstacle: null, entries: null }])
  })

  it('where nothing is there: the reason; where the host cannot be seen: names are typed', () => {
    const empty = sourceChoices(system, [], { ...host, devices: [], bridges: [] })
    expect(empty.map((one) => one.obstacle?.code ?? null)).toEqual(['no-networks', 'no-bridges', 'no-devices', null])
    const far = sourceChoices({ kind: 'remote', uri: 'qemu+ssh://aula/system' }, networks, null)
    expect(far.map((one) => [one.obstacle, one.entries === null])).toEqual([[null, false], [null, true], [null, true], [null, false]])
  })

  it.each([
    ['session', 'qemu:///session', true],
    ['remote', 'qemu+ssh://ana@aula/session?socket=/x', true],
    ['remote', 'qemu+ssh://session/system', false],
    ['system', 'qemu:///system', false],
    ['test', 'test:///default', false],
  ] as const)('%s %s is a session: %s', (kind, uri, is) => {
    expect(isSession({ kind, uri })).toBe(is)
  })
})

describe('a MAC', () => {
  const machines = [
    exampleDomain({ uuid: exampleUuid(1), name: 'mine', cards: [{ type: 'user', source: null, mac: '52:54:00:00:00:01' }] }),
    exampleDomain({ uuid: exampleUuid(2), name: 'other', title: 'Alumno 2', cards: [{ type: 'user', source: null, mac: '52:54:00:00:00:02' }] }),
  ]
  const own = { uuid: exampleUuid(1), mac: '52:54:00:00:00:01' }

  it.each([
    ['52:54:00:00:00:01', null],
    ['52:54:00:AB:cd:0f', null],
    ['52:54:00:00:00:02', { code: 'duplicate', machine: 'Alumno 2' }],
    ['53:54:00:00:00:01', { code: 'multicast' }],
    ['ff:ff:ff:ff:ff:ff', { code: 'multicast' }],
    ['00:00:00:00:00:00', { code: 'zero' }],
    ['52:54:00:00:00', { code: 'form' }],
    ['52:54:00:00:00:01:02', { code: 'form' }],
    ['52:54:00:00:00:0g', { code: 'form' }],
    ['', { code: 'form' }],
  ])('%s: %j', (mac, finding) => {
    expect(checkMac(mac, machines, own)).toEqual(finding)
  })

  it('that another card of the same machine has is a duplicate too', () => {
    expect(checkMac('52:54:00:00:00:01', machines, { uuid: exampleUuid(1), mac: '52:54:00:00:00:09' })).toEqual({ code: 'duplicate', machine: 'mine' })
  })

  it('is read as it is meant', () => {
    expect(plainMac('  52-54-00-AA-BB-CC ')).toBe('52:54:00:aa:bb:cc')
  })
})

describe('when a change of a running card takes effect', () => {
  const known = [
    { name: 'red-nat', kind: 'nat' },
    { name: 'lan', kind: 'bridge' },
    { name: 'tap', kind: 'macvtap' },
    { name: 'sriov', kind: 'other' },
  ] as const
  const card = exampleInterface({ type: 'network', source: 'red-nat' })
  it.each([
    [{ source: { type: 'network', network: 'lan' } }, 'now'],
    [{ source: { type: 'bridge', bridge: 'br0' } }, 'now'],
    [{ linkUp: false }, 'now'],
    [{ source: { type: 'network', network: 'tap' } }, 'replug'],
    [{ source: { type: 'network', network: 'sriov' } }, 'replug'],
    [{ source: { type: 'direct', device: 'enp1s0' } }, 'replug'],
    [{ source: { type: 'user' } }, 'replug'],
    [{ model: 'e1000e' }, 'replug'],
    [{ mac: '52:54:00:00:00:09' }, 'replug'],
    [{ source: { type: 'bridge', bridge: 'br0' }, model: 'e1000e' }, 'replug'],
    [{ source: { type: 'network', network: 'red-nat' }, model: 'virtio', mac: card.mac ?? '', linkUp: true }, null],
    [{}, null],
  ] as const)('%j: %s', (change, way) => {
    expect(wayOfChange(card, change, known)).toBe(way)
  })

  it('is never at once for a card of user mode or macvtap that moves', () => {
    expect(wayOfChange(exampleInterface(), { source: { type: 'network', network: 'red-nat' } }, known)).toBe('replug')
    expect(wayOfChange(exampleInterface({ type: 'direct', source: 'enp1s0' }), { source: { type: 'direct', device: 'enp2s0' } }, known)).toBe('replug')
    expect(wayOfChange(exampleInterface(), { linkUp: false }, known)).toBe('now')
  })
})
