import { describe, expect, it } from 'vitest'
import { choiceOf, type Choice } from '../../../../renderer/features/new-network/choices.ts'
import { formOf, nextForm, type FormEvent, type NetworkForm } from '../../../../renderer/features/new-network/form.ts'
import { isShown, mergeFindings } from '../../../../renderer/features/new-network/use-network-form.ts'
import { isEmpty, valueAt } from '../../../../renderer/features/new-network/words.ts'
import type { NetworkFinding } from '../../../../shared/model/network-plan.ts'
import { proposeNetwork } from '../../../../shared/model/network-proposal.ts'

const around = { networks: [], host: null }
const fresh = (): NetworkForm =>
  formOf({ ...proposeNetwork('c1', 'nat', around, true), name: '', domain: '' }, { ipv4: '192.168.100.0/24', ipv6: 'fd00:192:168:100::/64' })
const after = (...events: readonly FormEvent[]): NetworkForm => events.reduce(nextForm, fresh())
const choose = (choice: Choice): FormEvent => ({ kind: 'choice', choice, hostBridge: 'br0', hostDevice: 'enp1s0' })
const cidr = (text: string): FormEvent => ({ kind: 'cidr', family: 'ipv4', cidr: text })
const wholeOf = (part: number) => [{ start: `192.168.${part}.2`, end: `192.168.${part}.254` }]

describe('the form of a network', () => {
  it('begins as NAT, and needs a name and a subnet for red-nat', () => {
    const { plan } = after({ kind: 'name', name: 'red-nat' }, cidr('192.168.101.0/24'))
    expect(plan).toMatchObject({
      name: 'red-nat', kind: 'nat', domain: 'red-nat', forwardDevice: null, ipv6: null, bridge: '', start: true, autostart: true,
      ipv4: { cidr: '192.168.101.0/24', gateway: null, dhcp: { ranges: wholeOf(101), hosts: [] } },
    })
  })

  it('moves the range with the subnet until somebody types it, and half a subnet moves nothing', () => {
    expect(after(cidr('192.168.10')).plan.ipv4?.dhcp?.ranges).toEqual(wholeOf(100))
    const typed: FormEvent = { kind: 'ranges', family: 'ipv4', ranges: [{ start: '192.168.100.128', end: '192.168.100.254' }] }
    expect(after(typed, cidr('192.168.101.0/24')).plan.ipv4?.dhcp?.ranges).toEqual(typed.ranges)
    expect(after(cidr(' 192.168.101.0/24 ')).plan.ipv4?.dhcp?.ranges).toEqual(wholeOf(101))
    expect(after(cidr('fd00::/64')).plan.ipv4?.dhcp?.ranges).toEqual(wholeOf(100))
  })

  it('moves the range also while DHCP is off, and keeps a gateway that was typed', () => {
    const off: FormEvent = { kind: 'dhcp', family: 'ipv4', on: false }
    const { plan } = after(off, cidr('192.168.101.0/24'), { ...off, on: true })
    expect(plan.ipv4?.dhcp?.ranges).toEqual(wholeOf(101))
    expect(after({ kind: 'gateway', family: 'ipv4', gateway: '192.168.100.9' }, cidr('192.168.101.0/24')).plan.ipv4?.gateway).toBe('192.168.100.9')
    expect(after({ kind: 'gateway', family: 'ipv4', gateway: '' }).plan.ipv4?.gateway).toBeNull()
  })

  it('calls the domain as the network until somebody types another', () => {
    expect(after({ kind: 'name', name: 'a' }, { kind: 'domain', domain: 'clase.lan' }, { kind: 'name', name: 'b' }).plan.domain).toBe('clase.lan')
    expect(after({ kind: 'name', name: 'Red de clase' }).plan.domain).toBe('red-de-clase')
  })

  it.each([
    ['nat', { kind: 'nat', dhcp: true }],
    ['route', { kind: 'route', dhcp: true }],
    ['open', { kind: 'open', dhcp: true }],
    ['isolated-dhcp', { kind: 'isolated', dhcp: true }],
    ['isolated', { kind: 'isolated', dhcp: false }],
  ] as const)('of %s has a subnet with DHCP as its name says', (choice, { kind, dhcp }) => {
    const { plan } = after(choose(choice))
    expect([plan.kind, plan.ipv4 !== null, plan.ipv4?.dhcp !== null, choiceOf(plan)]).toEqual([kind, true, dhcp, choice])
  })

  it.each([
    ['very-isolated', { hostBridge: '', hostDevice: '' }],
    ['bridge', { hostBridge: 'br0', hostDevice: '' }],
    ['macvtap', { hostBridge: '', hostDevice: 'enp1s0' }],
  ] as const)('of %s has no addresses, and gives them back where they are asked for again', (choice, names) => {
    const filled = [{ kind: 'name', name: 'red' }, cidr('192.168.101.0/24')] as const
    const form = after(...filled, choose(choice))
    expect(form.plan).toMatchObject({ ipv4: null, ipv6: null, domain: '', dnsRecords: [], forwardDevice: null, ...names })
    expect(nextForm(form, choose('nat')).plan).toEqual(after(...filled).plan)
  })

  it('has a device to go out through only where libvirt takes one', () => {
    const chosen: FormEvent = { kind: 'edit', patch: { forwardDevice: 'enp1s0' } }
    expect(after(chosen, choose('route')).plan.forwardDevice).toBe('enp1s0')
    for (const choice of ['open', 'isolated'] as const) expect(after(chosen, choose(choice)).plan.forwardDevice).toBeNull()
  })

  it('is another choice when DHCP is switched on an isolated network', () => {
    const form = after(choose('isolated'), { kind: 'dhcp', family: 'ipv4', on: true })
    expect([choiceOf(form.plan), form.plan.ipv4?.dhcp?.ranges]).toEqual(['isolated-dhcp', wholeOf(100)])
    const off = after({ kind: 'dhcp', family: 'ipv4', on: false }, choose('route'))
    expect(off.plan.ipv4?.dhcp).toBeNull()
  })

  it('switches a family off and on again with all that was in it', () => {
    const hosts = [{ mac: '52:54:00:00:00:01', address: '192.168.100.9', name: 'a' }]
    const form = after({ kind: 'hosts', family: 'ipv4', hosts }, { kind: 'family', family: 'ipv4', on: false })
    expect(form.plan.ipv4).toBeNull()
    expect(nextForm(form, { kind: 'family', family: 'ipv4', on: true }).plan.ipv4?.dhcp?.hosts).toEqual(hosts)
    const six = after({ kind: 'family', family: 'ipv6', on: true }).plan.ipv6
    expect(six).toEqual({ cidr: 'fd00:192:168:100::/64', gateway: null, dhcp: null })
    const both = after({ kind: 'family', family: 'ipv6', on: true }, { kind: 'dhcp', family: 'ipv6', on: true }).plan.ipv6
    expect(both?.dhcp?.ranges).toEqual([{ start: 'fd00:192:168:100::100', end: 'fd00:192:168:100::1ff' }])
  })

  it('gives way to free subnets once the host has told its routes, but not over what was typed', () => {
    const told: FormEvent = { kind: 'proposal', ipv4: '192.168.103.0/24', ipv6: 'fd00:192:168:103::/64', hostBridge: 'br1', hostDevice: 'enp2s0' }
    expect(after(told).plan.ipv4).toMatchObject({ cidr: '192.168.103.0/24', dhcp: { ranges: wholeOf(103) } })
    expect(after(choose('very-isolated'), told, choose('nat')).plan.ipv4?.cidr).toBe('192.168.103.0/24')
    expect(after(cidr('192.168.101.0/24'), told).plan.ipv4?.cidr).toBe('192.168.101.0/24')
    const unknown = { hostBridge: '', hostDevice: '' }
    expect(after({ ...choose('macvtap'), ...unknown } as FormEvent, told).plan.hostDevice).toBe('enp2s0')
    expect(after({ ...choose('bridge'), ...unknown } as FormEvent, told).plan.hostBridge).toBe('br1')
    expect(after(choose('bridge'), told).plan.hostBridge).toBe('br0')
    expect(after(told, { kind: 'family', family: 'ipv6', on: true }).plan.ipv6?.cidr).toBe('fd00:192:168:103::/64')
  })
})

describe('what is wrong with a field', () => {
  const finding = (field: string, level: NetworkFinding['level'] = 'error'): NetworkFinding => ({ field, level, code: 'x', params: {} })

  it('is found by its path', () => {
    const { plan } = after({ kind: 'hosts', family: 'ipv4', hosts: [{ mac: 'm', address: '', name: '' }] })
    expect([valueAt(plan, 'ipv4.cidr'), valueAt(plan, 'ipv4.ranges.0.end'), valueAt(plan, 'ipv4.hosts.0.mac')]).toEqual(['192.168.100.0/24', '192.168.100.254', 'm'])
    expect([valueAt(plan, 'ipv6.cidr'), valueAt(plan, 'nothing.at.all')]).toEqual([undefined, undefined])
    expect([isEmpty(''), isEmpty([]), isEmpty(null), isEmpty('a'), isEmpty(0)]).toEqual([true, true, true, false, false])
  })

  it('is not said of an empty field before somebody was there or wanted to go on', () => {
    expect(isShown(finding('name'), fresh(), false)).toBe(false)
    expect(isShown(finding('name'), fresh(), true)).toBe(true)
    expect(isShown(finding('name', 'note'), fresh(), false)).toBe(true)
    expect(isShown(finding('name'), after({ kind: 'name', name: '' }), false)).toBe(true)
    expect(isShown(finding('ipv4.cidr'), fresh(), false)).toBe(true)
  })

  it('is said once, whoever found it', () => {
    expect(mergeFindings([finding('name')], [finding('name'), finding('mtu')])).toEqual([finding('name'), finding('mtu')])
  })
})
