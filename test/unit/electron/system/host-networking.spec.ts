import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { allowedBridges } from '../../../../electron/system/host-networking/bridge-helper.ts'
import { readDevices } from '../../../../electron/system/host-networking/devices.ts'
import { advertisedBy, readRoutes } from '../../../../electron/system/host-networking/routes.ts'

describe('devices that ip names', () => {
  const link = (ifname: string, more: object = {}): object => ({ ifname, link_type: 'ether', flags: ['BROADCAST', 'UP'], addr_info: [], ...more })
  const kind = (info_kind: string): object => ({ linkinfo: { info_kind } })

  it.each([
    ['enp1s0', {}, 'wired'],
    ['eth0', { ...kind('veth'), link_netnsid: 0 }, 'wired'],
    ['veth1', kind('veth'), 'virtual'],
    ['br0', kind('bridge'), 'bridge'],
    ['vnet0', kind('tun'), 'virtual'],
    ['bond0', kind('bond'), 'other'],
    ['eth0.5', kind('vlan'), 'other'],
    ['tun0', { link_type: 'none' }, 'other'],
  ])('%s %j is %s', async (name, more, wanted) => {
    expect(await readDevices([link(name, more)], new Set())).toMatchObject([{ name, kind: wanted, up: true, master: null, defaultRoute: false }])
  })

  it('have their addresses, their bridge and the default route; loopback and nonsense are left out', async () => {
    const addr_info = [{ local: '192.168.1.7', prefixlen: 24, scope: 'global' }, { local: 'fe80::1', prefixlen: 64, scope: 'link' }, { local: 5 }]
    const rows = [link('lo', { link_type: 'loopback' }), link('enp1s0', { addr_info, master: 'br0', flags: [] }), null, 5, {}]
    expect(await readDevices(rows, new Set(['enp1s0']))).toEqual([{ name: 'enp1s0', kind: 'wired', up: false, master: 'br0', addresses: ['192.168.1.7/24'], defaultRoute: true }])
  })
})

describe('routes that ip names', () => {
  it('have a prefix; what leads nowhere is left out', () => {
    const rows = [{ dst: 'default', dev: 'enp1s0' }, { dst: '10.0.0.0/8', dev: 'tun0' }, { dst: '10.9.9.9', dev: 'tun0' }, { dst: 'fd00::5', dev: 'tun0' }, { type: 'blackhole', dst: '10.1.0.0/16' }, {}, 'x']
    expect(readRoutes(rows)).toEqual([
      { destination: 'default', device: 'enp1s0' }, { destination: '10.0.0.0/8', device: 'tun0' }, { destination: '10.9.9.9/32', device: 'tun0' }, { destination: 'fd00::5/128', device: 'tun0' },
    ]) // prettier-ignore
  })
})

describe('routes that a router has advertised', () => {
  it('are those that expire', () => {
    const ra = { dst: 'default', gateway: 'fe80::1', protocol: 'ra' }
    expect(advertisedBy([{ ...ra, dev: 'enp1s0', expires: 1_798 }, { ...ra, dev: 'enp1s0', expires: 9 }, { ...ra, dev: 'enp2s0' }, { dst: 'fd00::/64', dev: 'virbr0', protocol: 'kernel' }, null])).toEqual(['enp1s0'])
  })
})

describe('the list of QEMU’s bridge helper', () => {
  let folder: string | undefined
  afterEach(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true })
    folder = undefined
  })
  const allowed = (files: Readonly<Record<string, string>>): Promise<readonly string[] | null> => {
    folder = mkdtempSync(join(tmpdir(), 'helper-'))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text.replaceAll('FOLDER', folder))
    return allowedBridges(join(folder, 'bridge.conf'), ['br0', 'br1'])
  }

  it.each<readonly [string, readonly string[]]>([
    ['allow br0\n', ['br0']],
    ['  allow\tbr0  # of the class\n\n# allow br1\nallow br2', ['br0', 'br2']],
    ['allow all\n', ['all']],
    ['allow all\ndeny br1\n', ['br0']],
    ['deny all\nallow br0\n', []],
    ['', []],
    ['allow\n', []],
  ])('%j allows %j', async (text, wanted) => expect(await allowed({ 'bridge.conf': text })).toEqual(wanted))

  it('includes others, which may not include themselves for ever, and must be readable', async () => {
    expect(await allowed({ 'bridge.conf': 'allow br0\ninclude FOLDER/more.conf\n', 'more.conf': 'allow br5' })).toEqual(['br0', 'br5'])
    expect(await allowed({ 'bridge.conf': 'include FOLDER/bridge.conf\n' })).toBeNull()
    expect(await allowed({ 'bridge.conf': 'allow br0\ninclude FOLDER/none.conf\n' })).toBeNull()
    expect(await allowed({})).toBeNull()
  })
})
