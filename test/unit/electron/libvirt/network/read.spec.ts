import { describe, expect, it } from 'vitest'
import { pendingSettings, readNetwork } from '../../../../../electron/libvirt/network/read.ts'
import { parseXml } from '../../../../../electron/libvirt/xml/document.ts'
import { betweenMachines } from '../../../../../shared/model/reach.ts'
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

  it('tells what the form has no field for, and who is kept apart', () => {
    const of = (inner: string) => readNetwork(parseXml(`<network><name>n</name>${inner}</network>`)).extras
    expect(of(`<forward mode='private'><interface dev='eth0'/><interface dev='eth1'/></forward>`)).toEqual([{ what: 'forwardMode', text: 'private' }, { what: 'devices', text: 'eth1' }])
    expect(of(`<forward mode='nat'><nat><address start='10.9.9.1' end='10.9.9.5'/></nat></forward><bandwidth><inbound average='1000'/></bandwidth><portgroup name='ing'/>`)).toEqual([
      { what: 'natAddresses', text: '10.9.9.1 – 10.9.9.5' }, { what: 'inbound', text: '1000 KiB/s' }, { what: 'portGroups', text: 'ing' },
    ])
    expect(of(`<port isolated='yes'/><route address='10.8.0.0' prefix='16' gateway='10.0.0.2'/><ip address='10.0.0.1'><tftp root='/t'/><dhcp><range start='10.0.0.5' end='10.0.0.9'><lease expiry='2' unit='hours'/></range></dhcp></ip><later/>`)).toEqual([
      { what: 'isolatedPorts', text: '' }, { what: 'routes', text: '10.8.0.0/16 → 10.0.0.2' }, { what: 'leases', text: '10.0.0.5 – 10.0.0.9: 2 h' }, { what: 'tftp', text: '/t' }, { what: 'other', text: 'later' },
    ])
    const between = (inner: string) => betweenMachines(of(inner))
    expect(["<port isolated='yes'/>", "<forward mode='private'/>", "<forward mode='vepa'/>", ''].map(between)).toEqual(['no', 'no', 'lan', 'yes'])
    for (const name of ['default', 'isolated', 'alone', 'routed', 'open', 'bridged', 'macvtap']) expect(read(name).extras).toEqual([])
  })

  it('differs from its next start in what a person set, and not in what libvirt adds when it runs', () => {
    const parsed = (inner: string) => readNetwork(parseXml(`<network connections='2'><name>n</name>${inner}</network>`))
    const running = parsed(`<forward dev='eth0' mode='nat'><nat><port start='1024' end='65535'/></nat><interface dev='eth0' connections='1'/></forward><bridge name='virbr1'/>`)
    expect(pendingSettings(running, parsed(`<forward dev='eth0' mode='nat'><interface dev='eth0'/></forward><bridge name='virbr1'/>`))).toEqual([])
    expect(pendingSettings(running, parsed(`<bridge name='virbr2'/><mtu size='9000'/>`))).toEqual(['kind', 'bridge', 'forwardDevice', 'mtu'])
  })
})
