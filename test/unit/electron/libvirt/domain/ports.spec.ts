import { describe, expect, it } from 'vitest'
import { netdevOf, readUserNets } from '../../../../../electron/libvirt/domain/ports/hostfwd.ts'
import { FORWARDS_NAMESPACE, readForwards } from '../../../../../electron/libvirt/domain/ports/kept.ts'
import { isPasst, passtAddress, readInterface } from '../../../../../electron/libvirt/domain/devices/interface.ts'
import { readBackends } from '../../../../../electron/libvirt/domain/cards/passt.ts'
import { patchPasstForwards, readPasstForwards } from '../../../../../electron/libvirt/domain/ports/passt.ts'
import { buildXml, parseXml } from '../../../../../electron/libvirt/xml/document.ts'
import { readHolder } from '../../../../../electron/system/port-check.ts'
import type { PortForward } from '../../../../../shared/model/card.ts'
import { checkForward, forwardsClash, isForward, proposeHostPort } from '../../../../../shared/model/forward-rules.ts'

const ssh: PortForward = { protocol: 'tcp', hostAddress: '127.0.0.1', hostPort: 2_222, guestPort: 22 }

describe('what QEMU says of its forwards', () => {
  it('is told apart by the back ends of the cards', () => {
    const text = [
      'Hub -1 (hostnet0):',
      '  Protocol[State]    FD  Source Address  Port   Dest. Address  Port RecvQ SendQ',
      '  TCP[ESTABLISHED]   40       10.0.2.15 45678     192.0.2.9   443     0     0',
      '  TCP[HOST_FORWARD]  37       127.0.0.1  2222       10.0.2.15    22     0     0',
      '  UDP[HOST_FORWARD]  36               *  5353       10.0.2.15    53     0     0',
      'Hub -1 (hostua-lan):',
      '  Protocol[State]    FD  Source Address  Port   Dest. Address  Port RecvQ SendQ',
    ].join('\r\n')
    expect([...readUserNets(text)]).toEqual([
      ['hostnet0', [ssh, { protocol: 'udp', hostAddress: '0.0.0.0', hostPort: 5_353, guestPort: 53 }]],
      ['hostua-lan', []],
    ])
  })

  it.each([
    ["<alias name='net0'/>", 'hostnet0'],
    ["<alias name='ua-lan_1'/>", 'hostua-lan_1'],
    ["<alias name='net0 tcp::1-:1'/>", null],
    ["<alias name='net0&#10;quit'/>", null],
    ['', null],
  ])('of the card %s the back end is %s', (alias, name) => {
    expect(netdevOf(parseXml(`<interface type='user'>${alias}</interface>`))).toBe(name)
  })
})

describe('what is a forward', () => {
  it.each([
    [{}, true],
    [{ hostAddress: '0.0.0.0' }, true],
    [{ hostAddress: '127.0.0.1:1-:1\nquit' }, false],
    [{ hostAddress: '' }, false],
    [{ hostAddress: 'localhost' }, false],
    [{ hostAddress: '::1' }, false],
    [{ hostAddress: '127.1' }, false],
    [{ hostPort: 0 }, false],
    [{ hostPort: 65_536 }, false],
    [{ guestPort: 22.5 }, false],
    [{ guestPort: Number.NaN }, false],
  ])('with %j: %s', (change, is) => {
    expect(isForward({ ...ssh, ...change })).toBe(is)
  })

  it('is checked beside the others', () => {
    expect(checkForward(ssh, [])).toBeNull()
    expect(checkForward(ssh, [{ ...ssh, hostAddress: '0.0.0.0', guestPort: 80 }])).toBe('twice')
    expect(checkForward(ssh, [{ ...ssh, protocol: 'udp' }, { ...ssh, hostAddress: '192.168.1.7' }])).toBeNull()
    expect(checkForward({ ...ssh, hostPort: Number.NaN }, [])).toBe('host-port')
    expect(forwardsClash(ssh, { ...ssh, hostPort: 2_223 })).toBe(false)
  })

  it('is proposed beside the others', () => {
    expect(proposeHostPort(22, [])).toBe(2_222)
    expect(proposeHostPort(22, [ssh])).toBe(2_223)
    expect(proposeHostPort(80, [])).toBe(8_080)
    expect(proposeHostPort(5_000, [])).toBe(5_000)
    expect(proposeHostPort(21, [])).toBe(8_021)
  })
})

describe('what a machine keeps', () => {
  const kept = (inner: string, namespace = FORWARDS_NAMESPACE) =>
    readForwards(parseXml(`<domain><metadata><v:forwards xmlns:v="${namespace}">${inner}</v:forwards></metadata></domain>`))

  it('is read by card; what is no forward is left out', () => {
    const one = '<forward mac="52:54:00:AA:00:01" protocol="tcp" host-address="127.0.0.1" host-port="2222" guest-port="22"/>'
    const bad = [
      '<forward protocol="tcp" host-address="127.0.0.1" host-port="1" guest-port="22"/>',
      '<forward mac="52:54:00:aa:00:01" protocol="sctp" host-address="127.0.0.1" host-port="1" guest-port="22"/>',
      '<forward mac="52:54:00:aa:00:01" protocol="tcp" host-address="x; quit" host-port="1" guest-port="22"/>',
      '<forward mac="52:54:00:aa:00:01" protocol="tcp" host-address="127.0.0.1" host-port="1e9" guest-port="22"/>',
    ]
    expect([...kept([one, ...bad].join(''))]).toEqual([['52:54:00:aa:00:01', [ssh]]])
    expect(kept(one, 'https://example.org/other').size).toBe(0)
    expect(readForwards(parseXml('<domain/>')).size).toBe(0)
  })
})

describe("libvirt's passt", () => {
  const card = parseXml(
    "<interface type='user'>\n  <backend type='passt'/>\n  <mac address='52:54:00:aa:00:01'/>\n  <portForward proto='tcp' address='127.0.0.1'>\n    <range start='2222' to='22'/>\n  </portForward>\n  <portForward proto='udp'>\n    <range start='5000' end='5010'/>\n  </portForward>\n  <model type='virtio'/>\n</interface>",
  )

  it('has single ports read and changed, and its ranges left alone', () => {
    expect(isPasst(card)).toBe(true)
    expect(readPasstForwards(card)).toEqual([ssh])
    patchPasstForwards(card, [{ protocol: 'udp', hostAddress: '0.0.0.0', hostPort: 53, guestPort: 53 }])
    const text = buildXml(card)
    expect(text).toContain('<range start="5000" end="5010"/>')
    expect(text).toContain('<portForward proto="udp" address="0.0.0.0">\n    <range start="53"/>\n  </portForward>')
    expect(text).not.toContain('2222')
    expect(isPasst(parseXml("<interface type='user'/>"))).toBe(false)
  })

  it('gives the address that its card names, else one that nobody here knows', () => {
    expect([readInterface(card).passt, passtAddress(card)]).toEqual([true, null])
    const named = parseXml("<interface type='user'><ip family='ipv6' address='fd00::1'/><ip family='ipv4' address='172.17.2.4' prefix='20'/><backend type='passt'/></interface>")
    expect(passtAddress(named)).toEqual({ address: '172.17.2.4', prefix: 20 })
  })
})

describe('whether there is passt', () => {
  it('is what libvirt names', () => {
    const caps = (values: string): string => `<domainCapabilities><devices><interface supported='yes'><enum name='backendType'>${values}</enum></interface></devices></domainCapabilities>`
    expect(readBackends(caps('<value>default</value><value>passt</value>'))).toEqual(['default', 'passt'])
    expect([readBackends(caps('')), readBackends('<domainCapabilities/>')]).toEqual([[], []])
  })
})

describe('who has a port', () => {
  it('is the first program that ss names', () => {
    expect(readHolder('LISTEN 0 4096 127.0.0.1:8080 0.0.0.0:* users:(("nginx",pid=7,fd=3),("nginx",pid=8,fd=3))\n')).toBe('nginx')
    expect(readHolder('LISTEN 0 4096 127.0.0.1:8080 0.0.0.0:*\n')).toBeNull()
    expect(readHolder('')).toBeNull()
  })
})
