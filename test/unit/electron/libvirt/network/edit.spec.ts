import { describe, expect, it } from 'vitest'
import { buildNetwork } from '../../../../../electron/libvirt/network/build.ts'
import { liveUpdates } from '../../../../../electron/libvirt/network/edit.ts'
import { patchNetwork } from '../../../../../electron/libvirt/network/patch.ts'
import { readNetwork } from '../../../../../electron/libvirt/network/read.ts'
import { attr, buildXml, parseXml } from '../../../../../electron/libvirt/xml/document.ts'
import type { NetworkEdit } from '../../../../../shared/model/network-plan.ts'
import { planOfNetwork } from '../../../../../shared/model/network-proposal.ts'
import { document } from '../../../fixtures.ts'
import { exampleNetworkPlan, subnet } from '../../../shared/network/around.ts'

const identity = { uuid: '11111111-2222-4333-8444-555555555555', mac: '52:54:00:00:00:99' }
const build = (more: Parameters<typeof exampleNetworkPlan>[0]): string => buildNetwork(exampleNetworkPlan(more), identity)

describe('the document of a plan', () => {
  it('is the course’s, for its exercise', () => {
    expect(build({})).toBe(`<network>
  <name>red-nat</name>
  <uuid>11111111-2222-4333-8444-555555555555</uuid>
  <forward mode="nat"/>
  <bridge stp="on" delay="0"/>
  <mac address="52:54:00:00:00:99"/>
  <domain name="red-nat"/>
  <ip address="192.168.101.1" netmask="255.255.255.0">
    <dhcp>
      <range start="192.168.101.2" end="192.168.101.254"/>
    </dhcp>
  </ip>
</network>`)
  })

  it.each([
    ['10.0.0.0/8', '255.0.0.0'],
    ['172.16.0.0/12', '255.240.0.0'],
    ['192.168.101.128/25', '255.255.255.128'],
    ['192.168.101.4/30', '255.255.255.252'],
  ])('has the mask of %s: %s', (cidr, netmask) => expect(build({ ipv4: subnet(cidr) })).toContain(`netmask="${netmask}"`))

  it('holds no text of a person’s as markup, and only what its kind has', () => {
    const odd = build({ name: `a<b> & "c"`, kind: 'bridge', hostBridge: 'br0', mtu: 9000, dnsRecords: [{ address: '10.0.0.1', names: ['x'] }] })
    expect(odd).toContain('<name>a&lt;b&gt; &amp; "c"</name>')
    expect(odd).not.toMatch(/<mtu|<mac|<dns|<domain|<ip/)
    expect(build({ kind: 'macvtap', hostDevice: 'enp1s0' })).toMatch(/<forward mode="bridge">\s*<interface dev="enp1s0"\/>\s*<\/forward>\s*<\/network>/)
    expect(build({ kind: 'very-isolated' })).not.toMatch(/<forward|<ip|<domain/)
    expect(build({ kind: 'open', forwardDevice: 'enp1s0' })).toContain('<forward mode="open"/>')
  })

  it('reads back as the plan that it was made from', () => {
    const plan = exampleNetworkPlan({
      ipv4: { cidr: '10.5.0.0/24', gateway: '10.5.0.254', dhcp: { ranges: [{ start: '10.5.0.2', end: '10.5.0.9' }], hosts: [{ mac: '52:54:00:00:00:01', address: '10.5.0.20', name: 'web' }, { mac: '', address: '10.5.0.21', name: 'db' }] } },
      ipv6: subnet('fd00:5::/64', { dhcp: { ranges: [], hosts: [{ mac: '', address: 'fd00:5::9', name: 'web' }] } }),
      forwardDevice: 'enp1s0', mtu: 1400, bridge: 'clase0', dnsRecords: [{ address: '10.5.0.30', names: ['a', 'b'] }],
    }) // prettier-ignore
    const { connection: _, name: _n, start: _s, autostart: _a, ...edit } = plan
    expect(planOfNetwork(readNetwork(parseXml(buildNetwork(plan, identity))))).toEqual(edit)
  })
})

const fixtures = ['default', 'nat6', 'isolated', 'alone', 'routed', 'open', 'bridged', 'macvtap', 'test-driver'] as const
const editOf = (name: string): NetworkEdit => planOfNetwork(readNetwork(document(`network/${name}.xml`)))

describe('a document that is edited', () => {
  it.each(fixtures)('%s stays letter by letter where nothing is changed', (name) => {
    const network = document(`network/${name}.xml`)
    const before = buildXml(network)
    expect([patchNetwork(network, editOf(name)), buildXml(network)]).toEqual([false, before])
    expect(liveUpdates(network, editOf(name))).toEqual([])
  })

  it('has each change where libvirt puts it', () => {
    const network = document('network/isolated.xml')
    expect(patchNetwork(network, { ...editOf('isolated'), kind: 'nat', forwardDevice: 'eth0', mtu: 9000, domain: 'aula', dnsRecords: [{ address: '10.0.0.9', names: ['x'] }] })).toBe(true)
    const tags = network.content.flatMap((node) => ('tag' in node ? [node.tag] : []))
    expect(tags).toEqual(['name', 'uuid', 'forward', 'bridge', 'mtu', 'mac', 'domain', 'dns', 'ip'])
    expect(buildXml(network)).toContain('<forward mode="nat" dev="eth0"/>')
  })

  it('translates IPv6 where it comes to NAT, and no longer where it goes', () => {
    const network = document('network/default.xml')
    const plan = editOf('default')
    patchNetwork(network, { ...plan, ipv6: subnet('fd00:9::/64') })
    expect(buildXml(network)).toMatch(/<nat[^>]* ipv6=["']yes["']/)
    patchNetwork(network, plan)
    expect(buildXml(network)).not.toMatch(/ipv6/)
  })
})

describe('what net-update is told', () => {
  const said = (name: string, change: Partial<NetworkEdit>): string[] =>
    liveUpdates(document(`network/${name}.xml`), { ...editOf(name), ...change }).map(({ command, section, parent, element }) => `${command} ${section} ${parent} ${attr(element, 'start') ?? attr(element, 'ip')}`)
  const plan = editOf('nat6')

  it('is what goes, then what comes, each at its own address', () => {
    const ipv4 = plan.ipv4 && { ...plan.ipv4, dhcp: { ranges: [{ start: '10.7.0.10', end: '10.7.0.99' }, { start: '10.7.2.1', end: '10.7.2.9' }], hosts: [{ mac: '52:54:00:AA:00:01', address: '10.7.0.11', name: 'one' }] } }
    const ipv6 = plan.ipv6 && { ...plan.ipv6, dhcp: { ranges: [{ start: 'fd00:7::5', end: 'fd00:7::9' }], hosts: [] } }
    expect(said('nat6', { ipv4, ipv6, dnsRecords: [{ address: '10.7.0.5', names: ['x'] }] })).toEqual([
      'delete ip-dhcp-range 0 10.7.1.10', 'delete ip-dhcp-host 0 10.7.0.12', 'add-last ip-dhcp-range 0 10.7.2.1', 'add-last ip-dhcp-range 1 fd00:7::5', 'add-last dns-host null 10.7.0.5',
    ]) // prettier-ignore
  })

  it('is nothing of a subnet that changes, nor of another kind', () => {
    expect(said('nat6', { ipv4: subnet('10.9.0.0/24') })).toEqual([])
    expect(said('nat6', { kind: 'isolated', ipv4: subnet('10.7.0.0/22') })).toEqual([])
    expect(said('nat6', { ipv6: null })).toEqual([])
  })
})

describe('an entry that is changed', () => {
  const xml = `<network><name>n</name><forward mode='nat'/><ip address='10.0.0.1' netmask='255.255.255.0'><dhcp><range start='10.0.0.5' end='10.0.0.9'><lease expiry='2' unit='hours'/></range><host mac='52:54:00:00:00:01' name='a' ip='10.0.0.20'><lease expiry='0'/></host></dhcp></ip></network>`

  it('keeps for how long its address is lent, stored and on the running network', () => {
    const edit = planOfNetwork(readNetwork(parseXml(xml)))
    const ipv4 = { cidr: '10.0.0.0/24', gateway: null, dhcp: { ranges: [{ start: '10.0.0.5', end: '10.0.0.99' }], hosts: [{ mac: '52:54:00:00:00:01', address: '10.0.0.21', name: 'a' }] } }
    const network = parseXml(xml)
    expect(patchNetwork(network, { ...edit, ipv4 })).toBe(true)
    expect(buildXml(network)).toContain('<range start="10.0.0.5" end="10.0.0.99"><lease expiry="2" unit="hours"/></range>')
    expect(buildXml(network)).toMatch(/<host mac="52:54:00:00:00:01" name="a" ip="10.0.0.21"><lease expiry="0"\/><\/host>/)
    const added = liveUpdates(parseXml(xml), { ...edit, ipv4 }).filter(({ command }) => command === 'add-last')
    expect(added.map(({ element }) => buildXml(element))).toEqual([expect.stringContaining('<lease expiry="2"'), expect.stringContaining('<lease expiry="0"')])
  })

  it('keeps the id of its client, which another client does not get', () => {
    const six = `<network><name>n</name><ip family='ipv6' address='fd00:7::1' prefix='64'><dhcp><host id='0:1:2' name='a' ip='fd00:7::20'/></dhcp></ip></network>`
    const edit = planOfNetwork(readNetwork(parseXml(six)))
    const saved = (name: string): string => {
      const network = parseXml(six)
      patchNetwork(network, { ...edit, ipv6: { cidr: 'fd00:7::/64', gateway: null, dhcp: { ranges: [], hosts: [{ mac: '', address: 'fd00:7::30', name }] } } })
      return buildXml(network)
    }
    expect(saved('a')).toMatch(/<host id="0:1:2" name="a" ip="fd00:7::30"/)
    expect(saved('b')).toMatch(/<host name="b" ip="fd00:7::30"/)
  })

  it('is followed by its card, where two trade their addresses', () => {
    const host = (mac: number, ip: number): string => `<host mac='52:54:00:00:00:0${mac}' name='m${mac}' ip='10.0.0.2${ip}'><lease expiry='${mac}'/></host>`
    const two = `<network><name>n</name><ip address='10.0.0.1' netmask='255.255.255.0'><dhcp>${host(1, 1)}${host(2, 2)}</dhcp></ip></network>`
    const network = parseXml(two)
    const hosts = [1, 2].map((mac) => ({ mac: `52:54:00:00:00:0${mac}`, name: `m${mac}`, address: `10.0.0.2${3 - mac}` }))
    patchNetwork(network, { ...planOfNetwork(readNetwork(parseXml(two))), ipv4: { cidr: '10.0.0.0/24', gateway: null, dhcp: { ranges: [], hosts } } })
    expect(buildXml(network)).toMatch(/m1" ip="10.0.0.22"><lease expiry="1"\/>.*m2" ip="10.0.0.21"><lease expiry="2"\/>/s)
  })
})
