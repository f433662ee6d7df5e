/** Networks of every kind, made by the app; virsh and ip say whether they are what the course wants. */
import { execFileSync, spawn } from 'node:child_process'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { checkNewNetwork, createNetwork, drawIdentity, networkHost, networkSteps, previewNetwork } from '../../../electron/create/new-network.ts'
import { runSteps } from '../../../electron/create/run-steps.ts'
import { ifaceNetworking } from '../../../electron/libvirt/iface/index.ts'
import { networkList } from '../../../electron/libvirt/network/index.ts'
import type { NetworkPlan } from '../../../shared/model/network-plan.ts'
import { asUser, until } from '../../harness/index.ts'
import { lines, logging, virsh } from '../libvirt/objects.ts'
import { clear } from './support.ts'
import { clearNetworks, device, info, ip, made, planOf, target, traces, xmlOf } from './network-bench.ts'

const undo: (() => void)[] = []
beforeAll(() => {
  clear()
  clearNetworks()
})
afterEach(() => {
  clearNetworks()
  for (const one of undo.splice(0).reverse()) one()
})
afterAll(clearNetworks)

const started = /Active: yes Persistent: yes Autostart: yes Bridge: virbr\d+/
const subnet = (cidr: string, start: string, end: string): NonNullable<NetworkPlan['ipv4']> => ({ cidr, gateway: null, dhcp: { ranges: [{ start, end }], hosts: [] } })

describe('the exercise of the course', () => {
  it('S3.5 S3.6 S3.7 S3.8 S3.9 S4.6 S4.7 each kind is made as it is written there, with a bridge of its own, on now and with the host', async () => {
    const nat = await made('nat', { name: 'red-nat', domain: 'red-nat', ipv4: subnet('192.168.101.0/24', '192.168.101.2', '192.168.101.254') })
    expect(xmlOf(nat.uuid)).toMatch(/<forward mode='nat'>[^]*<bridge name='virbr\d+' stp='on' delay='0'\/>[^]*<domain name='red-nat'\/>[^]*<ip address='192\.168\.101\.1' netmask='255\.255\.255\.0'>\s*<dhcp>\s*<range start='192\.168\.101\.2' end='192\.168\.101\.254'\/>\s*<\/dhcp>\s*<\/ip>/)

    const isolated = await made('isolated', { name: 'red-aislada', domain: 'red-aislada', ipv4: { cidr: '192.168.102.0/24', gateway: null, dhcp: null } })
    expect(xmlOf(isolated.uuid)).toMatch(/<ip address='192\.168\.102\.1' netmask='255\.255\.255\.0'>/)
    expect(xmlOf(isolated.uuid)).not.toMatch(/<forward|<dhcp/)
    expect(isolated).toMatchObject({ kind: 'isolated', dns: true })

    const alone = await made('very-isolated', { name: 'red-muy-aislada' })
    expect(xmlOf(alone.uuid)).toMatch(/<bridge name='virbr\d+'/)
    expect(xmlOf(alone.uuid)).not.toMatch(/<forward|<ip|<domain|<dns/)
    expect(ip('-4', 'address', 'show', 'dev', alone.bridge ?? '')).toBe('')
    expect(ip('-6', 'address', 'show', 'dev', alone.bridge ?? '')).not.toContain('scope global')

    const handing = await made('isolated', { name: 'red-dhcp', ipv4: subnet('192.168.124.0/24', '192.168.124.128', '192.168.124.254') })
    expect(xmlOf(handing.uuid)).toMatch(/<ip address='192\.168\.124\.1'[^]*<range start='192\.168\.124\.128' end='192\.168\.124\.254'\/>/)
    expect(xmlOf(handing.uuid)).not.toContain('<forward')

    const all = [nat, isolated, alone, handing]
    for (const { uuid } of all) expect(info(uuid)).toMatch(started)
    expect(new Set(all.map((one) => one.bridge)).size).toBe(4)
    expect(ip('-4', '-o', 'address', 'show', 'dev', nat.bridge ?? '')).toContain('inet 192.168.101.1/24')
    // what libvirt adds to a running network's document is nothing that waits
    for (const one of await networkList(target)) expect(one).toMatchObject({ pending: [], next: null })
  })

  it('S4.2 S2.8 the network default has the numbers of the course, and the host answers DHCP and DNS there', async () => {
    virsh('net-start', '--network=default')
    const known = (await networkList(target)).find((one) => one.name === 'default')
    expect(known).toMatchObject({
      kind: 'nat', bridge: 'virbr0', dns: true, forwardDevice: null, pending: [],
      addresses: [{ family: 'ipv4', address: '192.168.122.1', prefix: 24, ranges: [{ start: '192.168.122.2', end: '192.168.122.254' }] }],
    }) // prettier-ignore
    const listening = execFileSync('ss', ['-lunH'], { encoding: 'utf8' })
    expect(listening).toContain('192.168.122.1:53')
    expect(listening).toMatch(/virbr0:67\b/)
  })
})

describe('ways to the outside', () => {
  it('S4.3 S4.4 S4.5 NAT leaves by any device or by one, routed too; open adds no rule', async () => {
    undo.push(device('ph0', 'type', 'veth', 'peer', 'name', 'ph1'))
    const any = await made('nat')
    expect(xmlOf(any.uuid, '--inactive')).toContain(`<forward mode='nat'/>`)
    const one = await made('nat', { name: 'por-una', forwardDevice: 'ph0' })
    expect(xmlOf(one.uuid, '--inactive')).toMatch(/<forward dev='ph0' mode='nat'>/)
    const rules = execFileSync('iptables-save', { encoding: 'utf8' })
    expect(rules).toContain(`-o ph0 -j ACCEPT`)
    const routed = await made('route', { forwardDevice: 'ph0' })
    expect(xmlOf(routed.uuid)).toMatch(/<forward dev='ph0' mode='route'>/)
    const open = await made('open')
    expect(xmlOf(open.uuid)).toContain(`<forward mode='open'/>`)
    expect(execFileSync('iptables-save', { encoding: 'utf8' })).not.toContain(`-o ${open.bridge} `)
    expect([any, one, routed, open].map((network) => [network.kind, network.forwardDevice])).toEqual([['nat', null], ['nat', 'ph0'], ['route', 'ph0'], ['open', null]])
  })

  it('S4.8 S4.9 S4.10 an existing bridge and a device are networks too, and the host’s own bridges are known', async () => {
    undo.push(device('ph0', 'type', 'veth', 'peer', 'name', 'ph1'), device('br0', 'type', 'bridge'))
    const bridge = await made('bridge', { hostBridge: 'br0' })
    expect(xmlOf(bridge.uuid)).toMatch(/<forward mode='bridge'\/>\s*<bridge name='br0'\/>\s*<\/network>/)
    const macvtap = await made('macvtap', { hostDevice: 'ph0' })
    expect(xmlOf(macvtap.uuid)).toMatch(/<forward dev='ph0' mode='bridge'>\s*<interface dev='ph0'\/>\s*<\/forward>\s*<\/network>/)
    expect([bridge, macvtap]).toMatchObject([{ kind: 'bridge', bridge: 'br0', addresses: [] }, { kind: 'macvtap', forwardDevice: 'ph0', bridge: null }])
    for (const { uuid } of [bridge, macvtap]) expect(info(uuid)).toMatch(/Active: yes Persistent: yes Autostart: yes/)

    virsh('net-start', '--network=default')
    ip('link', 'set', 'ph0', 'master', 'br0')
    const host = await networkHost(target, await networkList(target))
    expect(host?.bridges).toEqual([{ name: 'br0', up: true, ports: ['ph0'], addresses: [] }])
    expect(host?.devices.find((one) => one.name === 'ph0')).toMatchObject({ master: 'br0', up: true })
    expect(host?.routes).toContainEqual({ destination: '192.168.122.0/24', device: 'virbr0' })
    // of another computer its libvirt tells the same bridges and cards
    const told = await ifaceNetworking(target, new Set(['virbr0']))
    expect(told?.bridges).toEqual(host?.bridges)
    expect(told?.devices.find((one) => one.name === 'ph0')).toMatchObject({ kind: 'wired', master: 'br0' })
    expect(told?.devices.map((one) => one.name).toSorted()).toEqual(host?.devices.map((one) => one.name).toSorted())
    const test = await networkHost({ ...target, uri: 'test:///default' }, [])
    expect(test).toMatchObject({ told: 'libvirt', devices: [{ name: 'eth1', addresses: ['192.168.0.5/24'] }], routes: [{ destination: '192.168.0.0/24', device: 'eth1' }], helper: null })
    expect((await checkNewNetwork(target, await planOf('macvtap', { hostDevice: 'ph0' }))).map((one) => one.code)).toEqual(['host-device-in-bridge'])
  })
})

const everything: Partial<NetworkPlan> = {
  name: `--it's "a" & <b> ñ`,
  ipv4: { cidr: '10.77.0.0/16', gateway: '10.77.0.254', dhcp: { ranges: [{ start: '10.77.1.1', end: '10.77.1.99' }, { start: '10.77.2.1', end: '10.77.2.99' }], hosts: [{ mac: '52:54:00:00:00:01', address: '10.77.0.10', name: 'web' }, { mac: '', address: '10.77.0.11', name: 'db' }] } },
  ipv6: { cidr: 'FD00:0077::/64', gateway: null, dhcp: { ranges: [{ start: 'fd00:77::100', end: 'fd00:77::1ff' }], hosts: [{ mac: '', address: 'fd00:77::10', name: 'web' }] } },
  domain: 'aula.example',
  dnsRecords: [{ address: '10.77.0.20', names: ['printer', 'printer.aula.example'] }, { address: 'fd00:77::20', names: ['printer'] }],
  mtu: 1400,
  bridge: 'clase0',
}

describe('all that a network can have', () => {
  it('is in libvirt’s document and on the host, in IPv4 and IPv6', async () => {
    const network = await made('nat', everything)
    expect(network).toMatchObject({
      name: everything.name, bridge: 'clase0', domain: 'aula.example', mtu: 1400, dns: true, dnsRecords: everything.dnsRecords, pending: [],
      addresses: [
        { family: 'ipv4', address: '10.77.0.254', prefix: 16, ranges: everything.ipv4?.dhcp?.ranges, hosts: [{ mac: '52:54:00:00:00:01', address: '10.77.0.10', name: 'web' }, { mac: null, address: '10.77.0.11', name: 'db' }] },
        { family: 'ipv6', address: 'fd00:77::1', prefix: 64, hosts: [{ mac: null, address: 'fd00:77::10', name: 'web' }] },
      ],
    }) // prettier-ignore
    expect(ip('-o', 'link', 'show', 'dev', 'clase0')).toContain('mtu 1400')
    expect(ip('-6', '-o', 'address', 'show', 'dev', 'clase0')).toContain('inet6 fd00:77::1/64')
    // machines' IPv6 leaves as their IPv4 does
    expect(execFileSync('ip6tables-save', { encoding: 'utf8' })).toMatch(/-s fd00:77::\/64 .*MASQUERADE/)
  })

  it('is made again, letter by letter, by the lines of the command log and by those shown before', async () => {
    const plan = await planOf('nat', everything)
    const { xml, lines: shown } = await previewNetwork(target, plan)
    target.lines.length = 0
    const { uuid } = await createNetwork(target, plan)
    const noted = [...target.lines]
    const state = (name: string): unknown => [xmlOf(name, '--inactive'), info(name)]
    const before = state(uuid)
    clearNetworks()
    execFileSync('sh', ['-e', '-c', noted.join('\n')], { stdio: 'pipe' })
    expect(state(uuid)).toEqual(before)
    clearNetworks()
    expect(shown.map((line) => line.split('\n')[0]?.replaceAll(/[0-9a-f-]{36}/g, 'UUID'))).toEqual(noted.map((line) => line.split('\n')[0]?.replaceAll(/[0-9a-f-]{36}/g, 'UUID')))
    execFileSync('bash', ['-e', '-c', shown.join('\n')], { stdio: 'pipe' })
    const again = /<uuid>(.*)<\/uuid>/.exec(xml)?.[1] ?? ''
    expect(info(again)).toContain('Active: yes Persistent: yes Autostart: yes Bridge: clase0')
    const bare = (text: string): string => text.replaceAll(/<(uuid|mac).*\n/g, '')
    expect(bare(xmlOf(again, '--inactive'))).toBe(bare(String((before as string[])[0])))
  })

  it('is only defined where it is not to start', async () => {
    const { uuid } = await made('nat', { start: false, autostart: false })
    expect(info(uuid)).toContain('Active: no Persistent: yes Autostart: no')
  })
})

describe('a network that cannot be', () => {
  it('is refused in words before libvirt is asked, and nothing is made', async () => {
    const before = traces()
    target.lines.length = 0
    for (const [change, finding] of [
      [{ name: 'default' }, 'network-name-taken'],
      [{ name: 'a\nb' }, 'network-name-tab'],
      [{ ipv4: { cidr: '192.168.122.0/25', gateway: null, dhcp: null } }, 'subnet-of-network'],
      [{ forwardDevice: 'nope0' }, 'device-missing'],
      [{ bridge: 'virbr0' }, 'bridge-of-network'],
    ] as const) {
      const plan = await planOf('nat', change)
      expect((await checkNewNetwork(target, plan)).map((one) => one.code)).toEqual([finding])
      await expect(createNetwork(target, plan)).rejects.toMatchObject({ code: 'invalid-input', params: { finding } })
    }
    expect([traces(), target.lines]).toEqual([before, []])
  })

  it('by what the form cannot know is told with its cause, and nothing stays defined', async () => {
    const before = traces()
    const other = spawn('dnsmasq', ['--keep-in-foreground', '--conf-file=/dev/null', '--bind-dynamic', '--listen-address=192.168.150.1', '--pid-file', '--user=root', '--interface=lo'], { stdio: 'ignore' })
    try {
      await until('the other server', 5_000, () => (execFileSync('ss', ['-lunH'], { encoding: 'utf8' }).includes(':53 ') ? true : undefined))
      await expect(made('nat', { ipv4: subnet('192.168.150.0/24', '192.168.150.2', '192.168.150.9') })).rejects.toMatchObject({ code: 'dns-port-in-use', params: { address: '192.168.150.1' } })
    } finally {
      other.kill()
    }
    expect(traces()).toEqual(before)
  })

  it('S1.5 in a session: libvirt defines it and cannot start it; forced through, nothing stays', async () => {
    const alumna = asUser('alumna')
    const session = (...words: string[]): Promise<string> => alumna.virsh(['-c', 'qemu:///session', ...words])
    expect(lines(await session('net-list', '--all', '--name'))).toEqual([])
    const forced = logging(`qemu+unix:///session?socket=${alumna.env['XDG_RUNTIME_DIR']}/libvirt/libvirt-sock`)
    const control = { signal: new AbortController().signal, progress: () => undefined, step: () => undefined, log: () => undefined }
    await expect(runSteps(forced, networkSteps(await planOf('nat'), drawIdentity()), control)).rejects.toMatchObject({ code: 'network-forbidden' })
    expect(forced.lines.map((line) => /net-\w+/.exec(line)?.[0])).toEqual(['net-define', 'net-start', 'net-destroy', 'net-undefine'])
    expect(lines(await session('net-list', '--all', '--name'))).toEqual([])
  })
})
