import { describe, expect, it } from 'vitest'
import { pendingSettings, readNetwork } from '../../../../../electron/libvirt/network/read.ts'
import { parseXml } from '../../../../../electron/libvirt/xml/document.ts'
import { document } from '../../../fixtures.ts'

const read = (name: string) => readNetwork(document(`network/${name}.xml`))

describe('a network as libvirt describes it', () => {
  it.each([
    ['default', 'nat', 'virbr0', null],
    ['nat6', 'nat', 'virbr6', 'eth0'],
    ['isolated', 'isolated', 'virbr7', null],
    ['alone', 'very-isolated', 'virbr8', null],
    ['routed', 'route', 'virbr9', null],
    ['open', 'open', 'virbr10', null],
    ['bridged', 'bridge', 'br0', null],
    ['macvtap', 'macvtap', null, 'eth0'],
    ['test-driver', 'nat', 'virbr0', null],
  ])('%s is of the kind %s', (name, kind, bridge, forwardDevice) => {
    expect(read(name)).toMatchObject({ name: name === 'test-driver' ? 'default' : name, kind, bridge, forwardDevice })
  })

  it.each([
    ["<forward mode='private'><interface dev='eth1'/></forward>", 'macvtap'],
    ["<forward mode='passthrough'><interface dev='eth1'/></forward>", 'macvtap'],
    ["<forward mode='hostdev'/>", 'other'],
    ['<forward/>', 'nat'],
  ])('with %s is %s', (forward, kind) => {
    expect(readNetwork(parseXml(`<network><name>n</name>${forward}</network>`)).kind).toBe(kind)
  })

  it('has its addresses, ranges and reserved hosts', () => {
    expect(read('nat6')).toMatchObject({
      domain: 'aula.test',
      addresses: [
        {
          family: 'ipv4',
          address: '10.7.0.1',
          prefix: 22,
          ranges: [{ start: '10.7.0.10', end: '10.7.0.99' }, { start: '10.7.1.10', end: '10.7.1.99' }],
          hosts: [{ mac: '52:54:00:aa:00:01', address: '10.7.0.11', name: 'one' }, { mac: null, address: '10.7.0.12', name: 'two' }],
        },
        { family: 'ipv6', address: 'fd00:7::1', prefix: 64, ranges: [], hosts: [] },
      ],
    })
    expect(read('alone').addresses).toEqual([])
  })

  it.each([
    ["address='10.0.0.1' netmask='255.255.255.255'", 32],
    ["address='10.0.0.1' netmask='255.255.255.128'", 25],
    ["address='10.0.0.1' netmask='255.0.0.0'", 8],
    ["address='10.0.0.1'", 24],
    ["family='ipv6' address='fd00::1'", 64],
  ])('%s has a prefix of %d', (attributes, prefix) => {
    expect(readNetwork(parseXml(`<network><ip ${attributes}/></network>`)).addresses[0]?.prefix).toBe(prefix)
  })

  it('keeps blanks and marks of its name', () => {
    expect(readNetwork(parseXml('<network><name> a &amp; b </name></network>')).name).toBe(' a & b ')
  })

  it('has its MTU, and says whether the host answers names on it, and which', () => {
    const parsed = (inner: string) => readNetwork(parseXml(`<network><name>n</name>${inner}</network>`))
    const dns = `<dns><host ip='10.0.0.5'><hostname>a</hostname><hostname> b.c </hostname></host></dns>`
    expect(parsed(`<mtu size='9000'/>${dns}<ip address='10.0.0.1'/>`)).toMatchObject({ mtu: 9000, dns: true, dnsRecords: [{ address: '10.0.0.5', names: ['a', 'b.c'] }] })
    expect(parsed(`<dns enable='no'/><ip address='10.0.0.1'/>`)).toMatchObject({ mtu: null, dns: false, dnsRecords: [] })
    expect(parsed('').dns).toBe(false)
  })

  it('differs from its next start in what a person set, and not in what libvirt adds when it runs', () => {
    const parsed = (inner: string) => readNetwork(parseXml(`<network connections='2'><name>n</name>${inner}</network>`))
    const running = parsed(`<forward dev='eth0' mode='nat'><nat><port start='1024' end='65535'/></nat><interface dev='eth0' connections='1'/></forward><bridge name='virbr1'/>`)
    expect(pendingSettings(running, parsed(`<forward dev='eth0' mode='nat'><interface dev='eth0'/></forward><bridge name='virbr1'/>`))).toEqual([])
    expect(pendingSettings(running, parsed(`<bridge name='virbr2'/><mtu size='9000'/>`))).toEqual(['kind', 'bridge', 'forwardDevice', 'mtu'])
  })
})
