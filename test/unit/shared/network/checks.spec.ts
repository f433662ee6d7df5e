/** What the form says of what is typed, field by field: `undefined` where nothing is wrong with it. */
import { describe, expect, it } from 'vitest'
import { checkNetwork, type Around } from '../../../../shared/model/network-checks.ts'
import type { NetworkFinding, NetworkPlan, StaticEntry } from '../../../../shared/model/network-plan.ts'
import type { DhcpRange, DnsRecord } from '../../../../shared/model/network.ts'
import { planOfNetwork } from '../../../../shared/model/network-proposal.ts'
import { exampleNetwork, exampleUuid } from '../../examples.ts'
import { exampleAround, exampleNetworkPlan, subnet } from './around.ts'

const check = (more: Partial<NetworkPlan>, around: Around = exampleAround): NetworkFinding[] => checkNetwork(exampleNetworkPlan(more), around)
/** "code" of an error, "code!" of a warning; at that field. */
const codeAt = (findings: readonly NetworkFinding[], field: string): string | undefined => {
  const found = findings.find((one) => one.field === field)
  return found && `${found.code}${found.level === 'error' ? '' : '!'}`
}

/** Rows of a table; one without a code is right. */
const rows = <T>(...list: readonly (readonly [input: T, code?: string])[]): [T, string | undefined][] => list.map(([input, code]) => [input, code])
const threes = <A, B>(...list: readonly (readonly [one: A, other: B, code?: string])[]): [A, B, string | undefined][] => list.map(([one, other, code]) => [one, other, code])

describe('a name', () => {
  it.each(rows(
    ['red-nat'], ['Red de clase'], ['ñandú 日本'], ['-a'], ['--help'], ['..'], ['.'], ['a&b'], [`it's "a"`], ['a%sb'], ['0'], ['x'.repeat(245)], ['ñ'.repeat(122)], ['a\u007fb'],
    ['', 'network-name-empty'], ['   ', 'network-name-empty'], ['a/b', 'name-slash'], ['a\tb', 'network-name-tab'], ['a\nb', 'network-name-tab'], ['a\rb', 'network-name-tab'],
    ['a\u0007b', 'name-control'], ['a\u0000b', 'name-control'], ['a\ud800b', 'name-control'], ['a\uffffb', 'name-control'], ['x'.repeat(246), 'name-long'], ['ñ'.repeat(123), 'name-long'],
    ['日'.repeat(82), 'name-long'], ['"'.repeat(40)], ['"'.repeat(41), 'name-long'], ['😀'.repeat(62), 'name-long'],
    [' a', 'network-name-blank!'], ['a ', 'network-name-blank!'], ['default', 'network-name-taken'], ['other', 'network-name-taken'], ['Default'],
  ))('%j: %s', (name, code) => expect(codeAt(check({ name }), 'name')).toBe(code))
})

describe('an IPv4 subnet', () => {
  it.each(rows(
    ['192.168.101.0/24'], [' 192.168.101.0/24 '], ['10.9.0.0/16'], ['172.22.0.0/16'], ['192.168.101.0/30'], ['192.168.101.128/25'], ['100.64.0.0/24'], ['192.0.2.0/24'], ['198.18.0.0/24'],
    ['', 'subnet-empty-ipv4'], ['  ', 'subnet-empty-ipv4'], ['192.168.101', 'subnet-form-ipv4'], ['192.168.101.0', 'subnet-without-prefix'], ['192.168.101.0/', 'subnet-form-ipv4'], ['192.168.101.0/24/8', 'subnet-form-ipv4'],
    ['192.168.101.0/255.255.255.0', 'subnet-form-ipv4'], ['192.168.101.0/33', 'subnet-form-ipv4'], ['192.168.101.0/-1', 'subnet-form-ipv4'], ['192.168.101.0/024', 'subnet-form-ipv4'], ['192.168.101.0/2 4', 'subnet-form-ipv4'],
    ['192.168.256.0/24', 'subnet-form-ipv4'], ['192.168.1.1.0/24', 'subnet-form-ipv4'], ['0xc0.168.101.0/24', 'subnet-form-ipv4'], ['192.168.0101.0/24', 'subnet-form-ipv4'], ['a/24', 'subnet-form-ipv4'], ['192.168.101,0/24', 'subnet-form-ipv4'],
    ['192.168.101.1/24', 'subnet-host-bits'], ['192.168.101.64/25', 'subnet-host-bits'], ['10.9.1.0/16', 'subnet-host-bits'],
    ['192.168.101.0/31', 'subnet-narrow'], ['192.168.101.1/32', 'subnet-narrow'], ['32.0.0.0/7', 'subnet-wide'], ['0.0.0.0/0', 'subnet-wide'],
    ['127.0.0.0/8', 'subnet-reserved'], ['127.5.0.0/24', 'subnet-reserved'], ['169.254.3.0/24', 'subnet-reserved'], ['224.0.0.0/24', 'subnet-reserved'], ['239.1.0.0/16', 'subnet-reserved'], ['240.0.0.0/24', 'subnet-reserved'], ['255.255.255.0/24', 'subnet-reserved'], ['0.1.0.0/16', 'subnet-reserved'],
    ['8.8.8.0/24', 'subnet-public!'], ['172.32.0.0/16', 'subnet-public!'], ['192.169.0.0/24', 'subnet-public!'], ['11.0.0.0/8', 'subnet-public!'],
    ['192.168.122.0/24', 'subnet-of-network'], ['192.168.122.128/25', 'subnet-of-network'], ['192.168.0.0/16', 'subnet-of-network'], ['192.168.100.0/24', 'subnet-of-network'],
    ['192.168.1.0/24', 'subnet-of-host'], ['192.168.0.0/18', 'subnet-of-host'], ['10.0.0.0/8', 'subnet-of-host'], ['10.8.0.0/16', 'subnet-of-host'], ['10.8.5.0/24', 'subnet-in-route!'], ['192.168.1.128/25', 'subnet-in-route!'],
    ['fd00::/64', 'subnet-not-ipv4'],
  ))('%j: %s', (cidr, code) => expect(codeAt(check({ ipv4: subnet(cidr) }), 'ipv4.cidr')).toBe(code))

  it('is told with the subnet that was meant, and with whose it is', () => {
    expect(check({ ipv4: subnet('192.168.101.7/24') })).toMatchObject([{ code: 'subnet-host-bits', params: { subnet: '192.168.101.0/24' } }])
    expect(check({ ipv4: subnet('192.168.0.0/16') })[0]?.params).toEqual({ subnet: '192.168.122.0/24', network: 'default' })
    expect(check({ ipv4: subnet('192.168.1.0/24') })[0]?.params).toEqual({ subnet: '192.168.1.0/24', device: 'enp1s0' })
  })
})

describe('an IPv6 subnet', () => {
  it.each(rows(
    ['fd00:101::/64'], ['FD00:0101:0:0::/64'], ['2001:db8:5::/64'], ['fd00:101::/48', 'subnet-not-64!'], ['fd00:101::/120', 'subnet-not-64!'], ['fd00:101::/126', 'subnet-not-64!'],
    ['', 'subnet-empty-ipv6'], ['fd00:101::', 'subnet-without-prefix'], ['fd00:101::/129', 'subnet-form-ipv6'], ['fd00:101:::/64', 'subnet-form-ipv6'], ['fd00:g::/64', 'subnet-form-ipv6'], ['fe80::%eth0/64', 'subnet-form-ipv6'], ['[fd00::]/64', 'subnet-form-ipv6'],
    ['fd00:101::1/64', 'subnet-host-bits'], ['fd00:101::/127', 'subnet-narrow'], ['fd00:101::1/128', 'subnet-narrow'], ['fd00::/8', 'subnet-wide'],
    ['fe80::/64', 'subnet-reserved'], ['ff02::/64', 'subnet-reserved'], ['::/64', 'subnet-reserved'], ['::ffff:10.0.0.0/112', 'subnet-reserved'],
    ['fd00:100::/64', 'subnet-of-network'], ['fd00:100::/48', 'subnet-of-network'], ['fd00:8::/64', 'subnet-of-host'], ['192.168.101.0/24', 'subnet-not-ipv6'],
  ))('%j: %s', (cidr, code) => expect(codeAt(check({ ipv6: subnet(cidr) }), 'ipv6.cidr')).toBe(code))
})

describe('the host’s address', () => {
  it.each(rows<string | null>(
    [null], ['192.168.101.1'], ['192.168.101.254'], ['192.168.101.77'],
    ['', 'gateway-form'], ['192.168.101', 'gateway-form'], ['192.168.102.1', 'gateway-outside'], ['fd00::1', 'gateway-outside'], ['192.168.101.0', 'gateway-edge'], ['192.168.101.255', 'gateway-edge'],
  ))('%j: %s', (gateway, code) => expect(codeAt(check({ ipv4: subnet('192.168.101.0/24', { gateway }) }), 'ipv4.gateway')).toBe(code))
})

const ranges = (cidr: string, list: readonly DhcpRange[], gateway: string | null = null) => subnet(cidr, { gateway, dhcp: { ranges: list, hosts: [] } })

describe('a DHCP range', () => {
  it.each(threes(
    ['192.168.101.2', '192.168.101.254'], [' 192.168.101.5 ', '192.168.101.5'], ['192.168.101.128', '192.168.101.254'],
    ['192.168.101.1', '192.168.101.9', 'start range-gateway'], ['192.168.101.1', '192.168.101.1', 'start range-gateway'], ['192.168.101.0', '192.168.101.9', 'start address-network'], ['192.168.101.2', '192.168.101.255', 'end address-broadcast'],
    ['192.168.101.9', '192.168.101.2', 'end range-reversed'], ['192.168.100.9', '192.168.101.2', 'start address-outside'], ['192.168.101.9', '192.168.102.2', 'end address-outside'],
    ['', '192.168.101.9', 'start address-form-ipv4'], ['192.168.101.2', '', 'end address-form-ipv4'], ['192.168.101.2', '254', 'end address-form-ipv4'], ['fd00::2', 'fd00::9', 'start address-form-ipv4'],
  ))('%j to %j: %s', (start, end, code) => {
    const found = check({ ipv4: ranges('192.168.101.0/24', [{ start, end }]) })[0]
    expect(found && `${found.field.replace('ipv4.ranges.0.', '')} ${found.code}`).toBe(code)
  })

  it.each([
    ['10.9.0.0/16', '10.9.0.2', '10.9.255.254', undefined],
    ['10.9.0.0/15', '10.9.0.2', '10.9.255.254', 'subnet-host-bits'],
    ['172.16.0.0/12', '172.16.0.2', '172.17.0.0', 'range-large'],
    ['172.16.0.0/12', '172.16.0.2', '172.16.255.255', undefined],
    ['192.168.101.0/30', '192.168.101.2', '192.168.101.2', undefined],
  ])('in %s from %s to %s: %s', (cidr, start, end, code) => expect(check({ ipv4: ranges(cidr, [{ start, end }]) })[0]?.code).toBe(code))

  it('may not cover a host’s address that was chosen', () => {
    expect(codeAt(check({ ipv4: ranges('192.168.101.0/24', [{ start: '192.168.101.1', end: '192.168.101.254' }], '192.168.101.254') }), 'ipv4.ranges.0.end')).toBe('range-gateway')
    expect(codeAt(check({ ipv4: ranges('192.168.101.0/24', [{ start: '192.168.101.1', end: '192.168.101.253' }], '192.168.101.254') }), 'ipv4.ranges.0.start')).toBeUndefined()
  })

  it('keeps apart from the others', () => {
    const two = (start: string, end: string) => check({ ipv4: ranges('192.168.101.0/24', [{ start: '192.168.101.10', end: '192.168.101.50' }, { start, end }]) })
    expect(two('192.168.101.51', '192.168.101.90')).toEqual([])
    expect(two('192.168.101.40', '192.168.101.90')).toMatchObject([{ field: 'ipv4.ranges.1.start', code: 'range-overlap', params: { number: 1 } }])
    expect(two('192.168.101.10', '192.168.101.50')).toHaveLength(1)
    expect(two('192.168.101.2', '192.168.101.254')).toHaveLength(1)
  })

  it('of IPv6 needs a subnet of /64 or smaller, and begins after the subnet’s own address', () => {
    const six = (cidr: string, start: string, end: string) => check({ ipv6: ranges(cidr, [{ start, end }]) }).filter((one) => one.level === 'error').map((one) => one.code)
    expect(six('fd00:101::/64', 'fd00:101::100', 'fd00:101::1ff')).toEqual([])
    expect(six('fd00:101::/56', 'fd00:101::100', 'fd00:101::1ff')).toEqual(['dhcpv6-wide'])
    expect(six('fd00:101::/64', 'fd00:101::', 'fd00:101::1ff')).toEqual(['address-network'])
    expect(six('fd00:101::/120', 'fd00:101::2', 'fd00:101::ff')).toEqual([])
    expect(six('fd00:101::/64', 'fd00:101::2', 'fd00:101::1:ffff')).toEqual(['range-large'])
    expect(six('fd00:101::/64', '192.168.101.2', '192.168.101.9')).toEqual(['address-form-ipv6', 'address-form-ipv6'])
  })

  it('is there, or a static entry, where DHCP is on', () => {
    expect(codeAt(check({ ipv4: ranges('192.168.101.0/24', []) }), 'ipv4.ranges')).toBe('dhcp-empty')
  })
})

const entry = (more: Partial<StaticEntry> = {}): StaticEntry => ({ mac: '52:54:00:00:00:01', address: '192.168.101.10', name: '', ...more })
const hosts = (list: readonly StaticEntry[]): Partial<NetworkPlan> => ({ ipv4: subnet('192.168.101.0/24', { dhcp: { ranges: [], hosts: list } }) })
const hosts6 = (list: readonly StaticEntry[]): Partial<NetworkPlan> => ({ ipv6: subnet('fd00:101::/64', { dhcp: { ranges: [], hosts: list } }) })

describe('a static entry', () => {
  it.each(rows<Partial<StaticEntry>>(
    [{}], [{ mac: '52:54:00:AB:CD:EF', name: 'web.aula' }], [{ mac: '', name: 'web' }], [{ name: '1' }], [{ name: 'a'.repeat(63) }],
    [{ mac: '' }, 'mac host-client-missing'], [{ mac: '52-54-00-00-00-01' }, 'mac mac-form'], [{ mac: '525400000001' }, 'mac mac-form'], [{ mac: '52:54:00:00:00' }, 'mac mac-form'], [{ mac: '52:54:00:00:00:0g' }, 'mac mac-form'],
    [{ mac: '53:54:00:00:00:01' }, 'mac mac-group'], [{ mac: '01:00:5e:00:00:01' }, 'mac mac-group'], [{ mac: 'ff:ff:ff:ff:ff:ff' }, 'mac mac-group'], [{ mac: '00:00:00:00:00:00' }, 'mac mac-zero'],
    [{ address: '' }, 'address address-form-ipv4'], [{ address: '192.168.101' }, 'address address-form-ipv4'], [{ address: 'fd00::5' }, 'address address-form-ipv4'], [{ address: '192.168.102.10' }, 'address address-outside'],
    [{ address: '192.168.101.1' }, 'address address-gateway'], [{ address: '192.168.101.0' }, 'address address-network'], [{ address: '192.168.101.255' }, 'address address-broadcast'],
    [{ name: 'a b' }, 'name host-name-form'], [{ name: 'a_b' }, 'name host-name-form'], [{ name: '-a' }, 'name host-name-form'], [{ name: 'a-' }, 'name host-name-form'], [{ name: 'ñ' }, 'name host-name-form'], [{ name: `x'y` }, 'name host-name-form'], [{ name: 'a..b' }, 'name host-name-form'], [{ name: 'a'.repeat(64) }, 'name host-name-form'], [{ name: '*' }, 'name host-name-form'],
  ))('%j: %s', (more, code) => {
    const found = check(hosts([entry(more)]))[0]
    expect(found && `${found.field.replace('ipv4.hosts.0.', '')} ${found.code}`).toBe(code)
  })

  it.each<readonly [Partial<StaticEntry>, string]>([
    [{ mac: '52:54:00:00:00:0A' }, 'ipv4.hosts.1.mac host-same-mac'],
    [{ mac: '52:54:00:00:00:02', address: '192.168.101.10' }, 'ipv4.hosts.1.address host-same-address'],
    [{ mac: '52:54:00:00:00:02', name: 'WEB' }, 'ipv4.hosts.1.name host-same-name'],
  ])('beside another, %j: %s', (more, code) => {
    const [found, ...rest] = check(hosts([entry({ mac: '52:54:00:00:00:0a', name: 'web' }), { ...entry({ address: '192.168.101.11' }), ...more }]))
    expect(`${found?.field} ${found?.code}`).toBe(code)
    expect(rest).toEqual([])
  })

  it('of IPv6 goes by a name alone', () => {
    const six = (more: Partial<StaticEntry>) => check(hosts6([{ mac: '', address: 'fd00:101::5', name: 'web', ...more }])).map((one) => `${one.field.replace('ipv6.hosts.0.', '')} ${one.code}`)
    expect(six({})).toEqual([])
    expect(six({ mac: '52:54:00:00:00:01' })).toEqual(['mac host6-mac'])
    expect(six({ name: '' })).toEqual(['name host6-name-missing'])
    expect(six({ address: '192.168.101.5' })).toEqual(['address address-form-ipv6'])
    expect(six({ address: 'fd00:102::5' })).toEqual(['address address-outside'])
    expect(check(hosts6([{ mac: '', address: 'fd00:101::5', name: 'a' }, { mac: '', address: 'fd00:101:0::5', name: 'b' }])).map((one) => one.code)).toEqual(['host-same-address'])
  })
})

describe('DNS', () => {
  it.each(rows(
    [''], ['red-nat'], ['lab.example'], ['Red.Nat'], ['1'], ['a'.repeat(63)],
    ['a b', 'domain-form'], ['a_b', 'domain-form'], ['ñ', 'domain-form'], ['-a', 'domain-form'], ['a-', 'domain-form'], ['a..b', 'domain-form'], ['.a', 'domain-form'], ['a.', 'domain-form'], ['a/b', 'domain-form'], ['a'.repeat(64), 'domain-form'], [`${'a.'.repeat(126)}ab`, 'domain-form'],
    ['aula.local', 'domain-local!'], ['local', 'domain-local!'], ['locals'],
  ))('has the domain %j: %s', (domain, code) => expect(codeAt(check({ domain }), 'domain')).toBe(code))

  it.each(rows<DnsRecord[]>(
    [[{ address: '192.168.101.10', names: ['web', 'www.aula'] }]],
    [[{ address: '192.168.101.10', names: ['web'] }, { address: 'fd00:101::10', names: ['web'] }]],
    [[{ address: '8.8.8.8', names: ['dns'] }]],
    [[{ address: '', names: ['web'] }], 'dnsRecords.0.address record-address-form'],
    [[{ address: 'web', names: ['web'] }], 'dnsRecords.0.address record-address-form'],
    [[{ address: '0.0.0.0', names: ['web'] }], 'dnsRecords.0.address record-address-nobody'],
    [[{ address: '::', names: ['web'] }], 'dnsRecords.0.address record-address-nobody'],
    [[{ address: '192.168.101.10', names: [] }], 'dnsRecords.0.names record-names-empty'],
    [[{ address: '192.168.101.10', names: [''] }], 'dnsRecords.0.names record-names-empty'],
    [[{ address: '192.168.101.10', names: ['a b'] }], 'dnsRecords.0.names record-name-form'],
    [[{ address: '192.168.101.10', names: ['web', 'a_b'] }], 'dnsRecords.0.names record-name-form'],
    [[{ address: '192.168.101.10', names: ['a'] }, { address: '192.168.101.10', names: ['b'] }], 'dnsRecords.1.address record-same-address'],
    [[{ address: '192.168.101.10', names: ['a'] }, { address: '192.168.101.11', names: ['A'] }], 'dnsRecords.1.names record-same-name'],
    [[{ address: '192.168.101.10', names: ['a', 'a'] }], 'dnsRecords.0.names record-same-name'],
  ))('has the records %j: %s', (dnsRecords, code) => {
    const [found] = check({ dnsRecords })
    expect(found && `${found.field} ${found.code}`).toBe(code)
  })
})

describe('an MTU', () => {
  it.each(threes<number | null, boolean>(
    [null, true], [68, false], [1500, true], [9000, true], [65_535, true], [1280, true],
    [67, false, 'mtu-range'], [0, false, 'mtu-range'], [-1, false, 'mtu-range'], [1500.5, false, 'mtu-range'], [65_536, false, 'mtu-range'], [NaN, false, 'mtu-range'], [1279, false], [1279, true, 'mtu-ipv6'],
  ))('%s, IPv6 %s: %s', (mtu, six, code) => expect(codeAt(check({ mtu, ipv6: six ? subnet('fd00:101::/64') : null }), 'mtu')).toBe(code))
})

describe('bridges and devices', () => {
  it.each(rows(
    [''], ['virbr7'], ['a'], ['a'.repeat(15)], ['br.5_x-y'],
    ['a'.repeat(16), 'bridge-form'], ['a b', 'bridge-form'], ['a/b', 'bridge-form'], ['a:b', 'bridge-form'], ['a%d', 'bridge-form'], ['ñ', 'bridge-form'], ['.', 'bridge-form'], ['..', 'bridge-form'], ['all', 'bridge-form'], ['default', 'bridge-form'],
    ['virbr0', 'bridge-of-network'], ['virbr1', 'bridge-of-network'], ['br0', 'bridge-of-host'], ['enp1s0', 'bridge-of-host'], ['vnet0', 'bridge-of-host'], ['lo', 'bridge-of-host'],
  ))('a new bridge %j: %s', (bridge, code) => expect(codeAt(check({ bridge }), 'bridge')).toBe(code))

  it.each(threes<NetworkPlan['kind'], string | null>(
    ['nat', null], ['nat', 'enp1s0'], ['route', 'br0', 'device-not-the-way!'], ['isolated', 'nope0'],
    ['nat', '', 'device-empty'], ['nat', 'eth9', 'device-missing'], ['nat', 'a b', 'device-form'], ['nat', 'a'.repeat(16), 'device-form'], ['nat', 'enp3s0', 'device-down!'], ['open', 'enp1s0', 'device-not-open'], ['open', null],
  ))('%s leaves by %j: %s', (kind, forwardDevice, code) => expect(codeAt(check({ kind, forwardDevice }), 'forwardDevice')).toBe(code))

  it.each(rows(
    ['br0'], ['', 'host-bridge-empty'], ['br9', 'device-missing'], ['enp1s0', 'host-bridge-none'], ['virbr0', 'host-bridge-of-network'], ['br1', 'device-down!'], ['a b', 'device-form'],
  ))('the host’s bridge %j: %s', (hostBridge, code) => expect(codeAt(check({ kind: 'bridge', hostBridge }), 'hostBridge')).toBe(code))

  it.each(rows(
    ['enp1s0'], ['br0'], ['', 'host-device-empty'], ['eth9', 'device-missing'], ['enp2s0', 'host-device-in-bridge'], ['wlan0', 'host-device-wireless!'], ['enp3s0', 'device-down!'], ['lo', 'device-missing'],
  ))('the host’s device %j: %s', (hostDevice, code) => expect(codeAt(check({ kind: 'macvtap', hostDevice }), 'hostDevice')).toBe(code))

  it('are warned of where passing IPv6 on would cost the host its own', () => {
    const taken: Around = { ...exampleAround, host: exampleAround.host && { ...exampleAround.host, autoconfigured: ['enp1s0'] } }
    const ipv6 = subnet('fd00:101::/64')
    for (const kind of ['nat', 'route', 'open'] as const) expect(codeAt(check({ kind, ipv6, forwardDevice: null }, taken), 'ipv6')).toBe('ipv6-autoconfigured')
    expect(codeAt(check({ kind: 'isolated', ipv6 }, taken), 'ipv6')).toBeUndefined()
    expect(check({ kind: 'nat' }, taken)).toEqual([])
  })

  it('are only doubted where libvirt does not tell of them: on another computer some may be missing', () => {
    const told: Around = { ...exampleAround, host: exampleAround.host && { ...exampleAround.host, told: 'libvirt', helper: null } }
    expect(codeAt(check({ forwardDevice: 'eth9' }, told), 'forwardDevice')).toBe('device-untold!')
    expect(codeAt(check({ kind: 'macvtap', hostDevice: 'eth9' }, told), 'hostDevice')).toBe('device-untold!')
    expect(codeAt(check({ kind: 'macvtap', hostDevice: 'enp2s0' }, told), 'hostDevice')).toBe('host-device-in-bridge')
  })

  it('are taken as they are named where the host is not known', () => {
    const away: Around = { ...exampleAround, host: null }
    expect(check({ forwardDevice: 'eth9' }, away)).toEqual([])
    expect(check({ kind: 'macvtap', hostDevice: 'eth9' }, away)).toEqual([])
    expect(check({ kind: 'bridge', hostBridge: 'br9' }, away)).toEqual([])
    expect(check({ bridge: 'br0' }, away)).toEqual([])
    expect(check({ ipv4: subnet('192.168.1.0/24') }, away)).toEqual([])
  })
})

describe('a kind', () => {
  it.each(rows<NetworkPlan['kind']>(
    ['nat', 'subnet-missing'], ['route', 'subnet-missing'], ['open', 'subnet-missing'], ['isolated', 'isolated-without-subnet'], ['very-isolated'],
  ))('%s without a subnet: %s', (kind, code) => expect(check({ kind, ipv4: null })[0]?.code).toBe(code))

  it('that has no addresses is not asked for them', () => {
    const wrong = { ipv4: subnet('nonsense'), domain: 'a b', mtu: 1, ipv6: subnet('nonsense') }
    expect(check({ ...wrong, kind: 'very-isolated' }).map((one) => one.field)).toEqual(['mtu'])
    expect(check({ ...wrong, kind: 'bridge', hostBridge: 'br0' })).toEqual([])
    expect(check({ ...wrong, kind: 'macvtap', hostDevice: 'enp1s0' })).toEqual([])
  })
})

describe('a network that is edited', () => {
  const own = exampleNetwork({ uuid: exampleUuid(102), name: 'a\tb', bridge: 'virbr2', addresses: [{ family: 'ipv4', address: '192.168.1.1', prefix: 24, ranges: [], hosts: [{ mac: '52:54:00:00:00:01', address: '192.168.1.5', name: 'a_b' }] }] })
  const around: Around = { ...exampleAround, networks: [...exampleAround.networks, own], own: own.uuid }
  const edited = (more: Partial<NetworkPlan>) => checkNetwork({ ...exampleNetworkPlan({ name: own.name }), ...planOfNetwork(own), ...more }, around)

  it('is not in its own way, and what was wrong before is no error', () => {
    expect(edited({}).filter((one) => one.level === 'error')).toEqual([])
    expect(edited({}).map((one) => one.code)).toEqual(['subnet-of-host', 'host-name-form'])
    expect(edited({ domain: 'a b' }).filter((one) => one.level === 'error').map((one) => one.field)).toEqual(['domain'])
  })

  it('may not take what others have', () => {
    expect(codeAt(edited({ ipv4: subnet('192.168.122.0/24') }), 'ipv4.cidr')).toBe('subnet-of-network')
    expect(codeAt(edited({ bridge: 'virbr0' }), 'bridge')).toBe('bridge-of-network')
  })
})
