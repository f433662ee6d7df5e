import { describe, expect, it } from 'vitest'
import { readDevices, readNames, readNodes, routesOf } from '../../../../../electron/libvirt/iface/read.ts'
import { parseXml } from '../../../../../electron/libvirt/xml/document.ts'
import { document, fixture } from '../../../fixtures.ts'

const node = (name: string, path: string, capability: string) =>
  parseXml(`<device><name>net_${name}</name><path>${path}/${name}</path><capability type='net'><interface>${name}</interface><capability type='${capability}'/></capability></device>`)
const none = readNodes([])

describe('a host as its libvirt tells of it', () => {
  it('has the devices of iface-list but for the loopback', () => {
    expect(readNames(fixture('virsh/iface-list.txt'))).toEqual(['br0', 'virbr0', 'w2'])
    expect(readNames('error: this function is not supported')).toEqual([])
  })

  it('has bridges with the cards in them', () => {
    expect(readDevices(document('iface/bridge.xml'), none)).toEqual([
      { name: 'br0', kind: 'bridge', up: true, master: null, addresses: [], defaultRoute: false },
      { name: 'enp1s0', kind: 'wired', up: true, master: 'br0', addresses: [], defaultRoute: false },
    ])
  })

  it('has addresses, and from them routes, where libvirt tells them', () => {
    const devices = readDevices(document('iface/test-driver.xml'), none)
    expect(devices).toEqual([{ name: 'eth1', kind: 'wired', up: true, master: null, addresses: ['192.168.0.5/24'], defaultRoute: true }])
    expect(routesOf(devices)).toEqual([{ destination: '192.168.0.0/24', device: 'eth1' }])
  })

  it.each([
    ['/sys/devices/pci0000:00/net', '80211', 'wireless'],
    ['/sys/devices/pci0000:00/net', '80203', 'wired'],
    ['/sys/devices/virtual/net', '80203', 'virtual'],
  ])('knows from a node at %s with %s what a device is: %s', (path, capability, kind) => {
    expect(readDevices(document('iface/ethernet.xml'), readNodes([node('wlan9', path, capability)]))).toMatchObject([{ name: 'wlan9', kind, up: false }])
  })
})
