import { describe, expect, it } from 'vitest'
import { knownAddresses, readAgentTable } from '../../../../../electron/libvirt/domain/addresses.ts'
import { userModeAddress } from '../../../../../electron/libvirt/domain/devices/interface.ts'
import { readLeases } from '../../../../../electron/libvirt/network/leases.ts'
import { parseXml } from '../../../../../electron/libvirt/xml/document.ts'
import { fixture } from '../../../fixtures.ts'

describe('the table of leases', () => {
  it('as it was captured', () => {
    const local = (text: string): number => new Date(text).getTime() / 1000
    expect(readLeases(fixture('virsh/leases.txt'))).toEqual([
      { mac: '52:54:00:aa:00:01', address: '192.168.122.57', prefix: 24, hostname: 'aula-1', expiresAt: local('2030-01-01T00:00:00') },
      { mac: '52:54:00:aa:00:09', address: '192.168.122.58', prefix: 24, hostname: null, expiresAt: local('2030-01-01T01:00:00') },
    ])
  })

  it('with its heading, with IPv6 and with nothing', () => {
    const heading = ' Expiry Time           MAC address         Protocol   IP address          Hostname   Client ID or DUID\n------\n'
    const six = ' 2026-11-21 10:00:00   52:54:00:aa:00:01   ipv6       fd00:7::a/64        one        00:01\n'
    expect(readLeases(heading + six)).toMatchObject([{ address: 'fd00:7::a', prefix: 64, hostname: 'one' }])
    expect(readLeases(heading)).toEqual([])
    expect(readLeases('')).toEqual([])
  })
})

describe("the table of the guest's agent", () => {
  it('is told apart by its addresses, and loopback is left out', () => {
    const table = [
      ' Name       MAC address          Protocol     Address',
      '-------------------------------------------------------------------------------',
      ' lo         00:00:00:00:00:00    ipv4         127.0.0.1/8',
      ' lo         00:00:00:00:00:00    ipv6         ::1/128',
      ' Ethernet 2 52:54:00:aa:00:01    ipv4         192.168.122.57/24',
      ' Ethernet 2 52:54:00:aa:00:01    ipv6         fe80::5054:ff:feaa:1/64',
      ' eth1       52:54:00:aa:00:02    N/A          N/A',
    ]
    expect(readAgentTable(table.join('\n'))).toEqual([
      { address: '192.168.122.57', prefix: 24, mac: '52:54:00:aa:00:01', origin: 'agent' },
      { address: 'fe80::5054:ff:feaa:1', prefix: 64, mac: '52:54:00:aa:00:01', origin: 'agent' },
    ])
    expect(readAgentTable(fixture('virsh/domifaddr.txt'))).toMatchObject([{ address: '192.168.122.57', prefix: 24 }])
  })
})

describe('the address of user mode', () => {
  it.each([
    ["<interface type='user'/>", '10.0.2.15', 24],
    ["<interface type='user'><ip family='ipv4' address='172.17.2.0' prefix='24'/></interface>", '172.17.2.15', 24],
    ["<interface type='user'><ip family='ipv6' address='fd00::' prefix='64'/></interface>", '10.0.2.15', 24],
    ["<interface type='user'><ip address='10.1.2.200' prefix='28'/></interface>", '10.1.2.207', 28],
    ["<interface type='user'><ip address='10.200.0.0' prefix='8'/></interface>", '10.0.0.15', 8],
    ["<interface type='user'><ip address='10.1.2.0' prefix='30'/></interface>", '10.0.2.15', 24],
    ["<interface type='user'><ip address='nonsense'/></interface>", '10.0.2.15', 24],
  ])('%s is %s/%d', (xml, address, prefix) => {
    expect(userModeAddress(parseXml(xml))).toEqual({ address, prefix })
  })
})

describe('addresses that are known without asking the guest', () => {
  const cards = (xml: string) => parseXml(`<domain id='1'><devices>${xml}</devices></domain>`)
  const lease = (mac: string, address: string) => ({ mac, address, prefix: 24, hostname: null, expiresAt: 1 })

  it('belong to the card by its hardware address', () => {
    const domain = cards("<interface type='network'><mac address='52:54:00:00:00:01'/><source network='n'/></interface>")
    const book = new Map([['n', [lease('52:54:00:00:00:01', '10.0.0.5'), lease('52:54:00:00:00:02', '10.0.0.6'), lease('52:54:00:00:00:01', 'fd00::5')]], ['m', [lease('52:54:00:00:00:01', '10.9.9.9')]]])
    expect(knownAddresses(domain, book).map((one) => one.address)).toEqual(['10.0.0.5', 'fd00::5'])
  })

  it('are none for a bridge, a device of the host or a network without leases', () => {
    const domain = cards(
      "<interface type='bridge'><source bridge='br0'/></interface><interface type='hostdev'/><interface type='network'><mac address='52:54:00:00:00:01'/><source network='off'/></interface>",
    )
    expect(knownAddresses(domain, new Map())).toEqual([])
  })
})
