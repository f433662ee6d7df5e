/** Networks that are there and changed: at once where libvirt can, at their next start else; and their machines when they restart. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { editNetwork, previewEdit } from '../../../electron/create/new-network.ts'
import { labMode } from '../../../electron/lab/lab.ts'
import { domainDefine } from '../../../electron/libvirt/domain/index.ts'
import { networkEdit } from '../../../electron/libvirt/network/edit.ts'
import { networkDefine, networkDestroy, networkStart } from '../../../electron/libvirt/network/index.ts'
import { reconnectMachines } from '../../../electron/libvirt/network/reconnect.ts'
import { buildXml, parseXml } from '../../../electron/libvirt/xml/document.ts'
import { rebaseEdit } from '../../../shared/model/network-edits.ts'
import type { NetworkEdit, SubnetPlan } from '../../../shared/model/network-plan.ts'
import { planOfNetwork } from '../../../shared/model/network-proposal.ts'
import type { Network } from '../../../shared/model/network.ts'
import { machine, virsh } from '../libvirt/objects.ts'
import { clear } from './support.ts'
import { clearNetworks, device, ip, made, networkOf, target, xmlOf } from './network-bench.ts'

let network: Network
let removeDevice: () => void
beforeAll(async () => {
  clear()
  clearNetworks()
  removeDevice = device('ph0', 'type', 'veth', 'peer', 'name', 'ph1')
  network = await made('nat', { name: 'red de clase', ipv4: ipv4({}), ipv6: ipv6(null) })
})
afterAll(() => {
  clear()
  clearNetworks()
  removeDevice()
})

const dhcp: NonNullable<SubnetPlan['dhcp']> = { ranges: [{ start: '192.168.101.2', end: '192.168.101.254' }], hosts: [] }
const ipv4 = (more: Partial<NonNullable<SubnetPlan['dhcp']>>): SubnetPlan => ({ cidr: '192.168.101.0/24', gateway: null, dhcp: { ...dhcp, ...more } })
const ipv6 = (handing: SubnetPlan['dhcp']): SubnetPlan => ({ cidr: 'fd00:101::/64', gateway: null, dhcp: handing })
/** As somebody edits who began with that network. */
const editFrom = async (one: Network, change: Partial<NetworkEdit>): Promise<boolean> => {
  const before = planOfNetwork(one)
  return (await editNetwork(target, one.uuid, { before, edit: { ...before, ...change } })).restart
}
const edit = async (change: Partial<NetworkEdit>): Promise<boolean> => {
  target.lines.length = 0
  return editFrom(await networkOf(network.uuid), change)
}
/** What the host's DHCP and DNS really read. */
const told = (file: string): string => readFileSync(`/var/lib/libvirt/dnsmasq/${network.name}.${file}`, 'utf8').replaceAll(/#.*\n/g, '')
const bare = (xml: string): string => xml.replaceAll(/\s+</g, '<').trim()
const both = (): string[] => [xmlOf(network.uuid), xmlOf(network.uuid, '--inactive')]
const verbs = (): string[] => target.lines.map((line) => /net-\S+/.exec(line)?.[0] ?? line)

describe('a running network', () => {
  it('that is saved as it is, is not touched', async () => {
    const before = both()
    expect(await edit({})).toBe(false)
    expect([both(), target.lines]).toEqual([before, []])
  })

  it('hands out another range, has static entries and DNS records at once, by net-update', async () => {
    const change: Partial<NetworkEdit> = {
      ipv4: ipv4({ ranges: [{ start: '192.168.101.100', end: '192.168.101.150' }], hosts: [{ mac: '52:54:00:00:00:01', address: '192.168.101.10', name: 'web' }] }),
      ipv6: ipv6({ ranges: [{ start: 'fd00:101::100', end: 'fd00:101::1ff' }], hosts: [{ mac: '', address: 'fd00:101::10', name: 'web' }] }),
      dnsRecords: [{ address: '192.168.101.20', names: ['printer', 'printer.aula'] }, { address: 'fd00:101::20', names: ['printer'] }],
    }
    expect(await edit(change)).toBe(false)
    expect(verbs()).toEqual(Array.from({ length: 7 }, () => 'net-update'))
    for (const xml of both()) {
      expect(xml).toContain(`<range start='192.168.101.100' end='192.168.101.150'/>`)
      expect(xml).not.toContain(`end='192.168.101.254'`)
      expect(xml).toContain(`<host mac='52:54:00:00:00:01' name='web' ip='192.168.101.10'/>`)
      expect(xml).toMatch(/<host ip='192\.168\.101\.20'>\s*<hostname>printer<\/hostname>\s*<hostname>printer\.aula<\/hostname>/)
    }
    expect(told('hostsfile')).toBe('52:54:00:00:00:01,192.168.101.10,web\nweb,[fd00:101::10]\n')
    expect(told('addnhosts')).toBe('192.168.101.20\tprinter\tprinter.aula\t\nfd00:101::20\tprinter\t\n')
    expect(told('conf')).toMatch(/dhcp-range=192\.168\.101\.100,192\.168\.101\.150[^]*dhcp-range=fd00:101::100,fd00:101::1ff/)
    expect(await networkOf(network.uuid)).toMatchObject({ pending: [], next: null })
  })

  it('gives an entry’s address to another machine, and takes DHCP and DNS back', async () => {
    const swapped = { mac: '52:54:00:00:00:02', address: '192.168.101.10', name: 'db' }
    expect(await edit({ ipv4: ipv4({ ranges: [], hosts: [swapped] }), dnsRecords: [{ address: '192.168.101.20', names: ['printer'] }] })).toBe(false)
    expect(told('hostsfile')).toBe('52:54:00:00:00:02,192.168.101.10,db\nweb,[fd00:101::10]\n')
    expect(told('addnhosts')).toBe('192.168.101.20\tprinter\t\n')
    expect(await edit({ ipv4: { ...ipv4({}), dhcp: null }, ipv6: ipv6(null), dnsRecords: [] })).toBe(false)
    for (const xml of both()) expect(xml).not.toMatch(/<dhcp|<dns|<range/)
    expect(told('conf')).not.toContain('dhcp-range=192')
  })

  it('that was changed elsewhere since the form began, is not written over', async () => {
    const begun = await networkOf(network.uuid)
    virsh('net-update', `--network=${network.uuid}`, '--command=add-last', '--section=dns-host', `--xml=<host ip='192.168.101.40'><hostname>ajena</hostname></host>`, '--live', '--config')
    const before = both()
    target.lines.length = 0
    const records = [{ address: '192.168.101.41', names: ['mia'] }]
    await expect(editFrom(begun, { dnsRecords: records })).rejects.toMatchObject({ code: 'conflict' })
    await expect(editFrom(begun, { mtu: 1400 })).rejects.toMatchObject({ code: 'conflict' })
    expect([both(), target.lines]).toEqual([before, []])
    // what is taken over loses nothing of either
    const now = planOfNetwork(await networkOf(network.uuid))
    const mine = { ...planOfNetwork(begun), mtu: 1400 }
    expect(rebaseEdit(planOfNetwork(begun), mine, now)).toEqual({ ...now, mtu: 1400 })
    expect(await edit({ dnsRecords: [] })).toBe(false)
  })

  it('shows the lines that an edit then runs, and the document that it stores', async () => {
    const change: Partial<NetworkEdit> = { dnsRecords: [{ address: '192.168.101.20', names: ['printer'] }], ipv4: ipv4({ ranges: [{ start: '192.168.101.9', end: '192.168.101.99' }] }), mtu: 1400 }
    const before = planOfNetwork(await networkOf(network.uuid))
    const shown = await previewEdit(target, network.uuid, { ...before, ...change })
    expect(both()[1]).not.toContain('1400')
    expect(await edit(change)).toBe(true)
    expect(shown.lines.map((line) => /net-\S+/.exec(line)?.[0])).toEqual(['net-update', 'net-update', 'net-define'])
    // libvirt indents a document that it has changed itself
    expect(target.lines.map(bare)).toEqual(shown.lines.map(bare))
    expect(bare(buildXml(parseXml(both()[1] ?? '')))).toBe(bare(shown.xml))
    // nothing waits any more once the MTU is as it was; then the rest goes back at once
    expect(await edit({ mtu: null })).toBe(false)
    expect(await edit(before)).toBe(false)
    expect((await previewEdit(target, network.uuid, before)).lines).toEqual([])
  })

  it('is left as it was where the rest of an edit is refused', async () => {
    const before = both()
    const now = planOfNetwork(await networkOf(network.uuid))
    const plan = { ...now, dnsRecords: [{ address: '192.168.101.20', names: ['printer'] }], bridge: 'no bridge' }
    target.lines.length = 0
    await expect(networkEdit(target, network.uuid, { before: now, edit: plan })).rejects.toMatchObject({ code: 'xml-invalid' })
    expect(verbs()).toEqual(['net-update', 'net-define', 'net-update'])
    expect(both()).toEqual(before)
    await expect(edit({ domain: 'a b' })).rejects.toMatchObject({ code: 'invalid-input', params: { finding: 'domain-form', field: 'domain' } })
    await expect(edit({ ipv4: { cidr: '192.168.122.0/24', gateway: null, dhcp: null } })).rejects.toMatchObject({ params: { finding: 'subnet-of-network', network: 'default' } })
    expect(both()).toEqual(before)
  })
})

describe('what a running network cannot change', () => {
  it('waits for its restart, which plugs a running machine in again', async () => {
    const uuid = await domainDefine(target, machine('dentro', { network: { type: 'network', network: network.name } }))
    virsh('start', `--domain=${uuid}`)
    const [bridge] = [network.bridge ?? '']
    const tap = /<target dev='(vnet\d+)'/.exec(virsh('dumpxml', `--domain=${uuid}`))?.[1] ?? ''
    const port = (): string => / master (\S+)/.exec(ip('-o', 'link', 'show', 'dev', tap))?.[1] ?? 'none'
    expect(port()).toBe(bridge)

    expect(await edit({ mtu: 1400, domain: 'otra', forwardDevice: 'ph0', dnsRecords: [{ address: '192.168.101.30', names: ['uno'] }], ipv6: null })).toBe(true)
    expect(await networkOf(network.uuid)).toMatchObject({ mtu: null, forwardDevice: null, pending: ['domain', 'forwardDevice', 'addresses', 'mtu'], next: { mtu: 1400, domain: 'otra', forwardDevice: 'ph0' } })
    expect(told('addnhosts')).toBe('192.168.101.30\tuno\t\n')
    // a further edit begins with what waits
    expect(await edit({ mtu: 1300 })).toBe(true)

    await networkDestroy(target, network.uuid)
    await networkStart(target, network.uuid)
    expect(port()).toBe('none')
    expect(await reconnectMachines(target, network.uuid)).toEqual([])
    expect(port()).toBe(bridge)
    expect(virsh('dumpxml', uuid)).toMatch(/<interface type='network'>[^]*<source network='red de clase' portid=/)
    expect(virsh('dumpxml', uuid)).not.toContain(`<link state='down'/>`)
    expect(await networkOf(network.uuid)).toMatchObject({ mtu: 1300, domain: 'otra', forwardDevice: 'ph0', pending: [], next: null })
    expect(ip('-o', 'link', 'show', 'dev', bridge)).toContain('mtu 1300')

    // another bridge, another subnet, another kind
    expect(await edit({ kind: 'isolated', bridge: 'clase9', forwardDevice: null, mtu: null, ipv4: { cidr: '192.168.109.0/24', gateway: '192.168.109.9', dhcp: null } })).toBe(true)
    expect((await networkOf(network.uuid)).pending).toEqual(['kind', 'bridge', 'forwardDevice', 'addresses', 'mtu'])
    await networkDestroy(target, network.uuid)
    await networkStart(target, network.uuid)
    expect(await reconnectMachines(target, network.uuid)).toEqual([])
    expect(port()).toBe('clase9')
    expect(ip('-4', '-o', 'address', 'show', 'dev', 'clase9')).toContain('inet 192.168.109.9/24')
    expect(xmlOf(network.uuid)).not.toMatch(/<forward|<mtu/)
    virsh('destroy', `--domain=${uuid}`)
    virsh('undefine', `--domain=${uuid}`)
  })
})

describe('a network on the host’s own', () => {
  const start = async (one: Network): Promise<string> => {
    const uuid = await domainDefine(target, machine(`en ${one.name}`, { network: { type: 'network', network: one.name } }))
    virsh('start', `--domain=${uuid}`)
    return uuid
  }
  const end = (uuid: string, one: Network): void => {
    for (const words of [`destroy ${uuid}; undefine ${uuid}`, `net-destroy ${one.uuid}; net-undefine ${one.uuid}`]) virsh(words)
  }
  const changed = async (one: Network, change: Partial<NetworkEdit>): Promise<readonly string[]> => {
    expect(await editFrom(await networkOf(one.uuid), change)).toBe(true)
    await networkDestroy(target, one.uuid)
    await networkStart(target, one.uuid)
    return reconnectMachines(target, one.uuid)
  }

  it('takes its machines along where its bridge changes', async () => {
    const undo = [device('br0', 'type', 'bridge'), device('br1', 'type', 'bridge')]
    const one = await made('bridge', { hostBridge: 'br0' })
    const uuid = await start(one)
    expect(await changed(one, { hostBridge: 'br1' })).toEqual([])
    expect(virsh('domiflist', `--domain=${uuid}`)).toMatch(/ bridge +bridge /)
    expect(ip('-o', 'link', 'show', 'master', 'br1')).toMatch(/vnet\d/)
    end(uuid, one)
    for (const remove of undo) remove()
  })

  it('names the machines that macvtap holds on the device that it had', async ({ skip }) => {
    if (labMode() === 'user') skip('macvtap opens /dev/tapN, which belongs to the machine’s root alone')
    const undo = device('qh0', 'type', 'veth', 'peer', 'name', 'qh1')
    const one = await made('macvtap', { hostDevice: 'ph0' })
    const uuid = await start(one)
    expect(await changed(one, { hostDevice: 'qh0' })).toEqual(['en macvtap'])
    end(uuid, one)
    undo()
  })
})

describe('a network that is off', () => {
  it('has every kind in turn, and none of what another kind had', async () => {
    const undo = device('br0', 'type', 'bridge')
    await networkDestroy(target, network.uuid)
    const turns: readonly (readonly [Partial<NetworkEdit>, RegExp])[] = [
      [{ kind: 'bridge', hostBridge: 'br0' }, /<forward mode='bridge'\/>\s*<bridge name='br0'\/>\s*<\/network>/],
      [{ kind: 'macvtap', hostDevice: 'ph0' }, /<\/uuid>\s*<forward dev='ph0' mode='bridge'>\s*<interface dev='ph0'\/>\s*<\/forward>\s*<\/network>/],
      [{ kind: 'very-isolated' }, /<\/uuid>\s*<bridge name='virbr\d+' stp='on' delay='0'\/>\s*<mac [^>]*\/>\s*<\/network>/],
      [{ kind: 'route', ipv4: ipv4({}), domain: 'aula' }, /<forward mode='route'\/>[^]*<domain name='aula'\/>[^]*<range start='192\.168\.101\.2'/],
      [{ kind: 'open' }, /<forward mode='open'\/>/],
      [{ kind: 'nat', forwardDevice: 'ph0', ipv6: { cidr: 'fd00:101::/64', gateway: null, dhcp: null } }, /<forward dev='ph0' mode='nat'>\s*<nat ipv6='yes'\/>/],
      [{ ipv6: null, forwardDevice: null }, /<forward mode='nat'\/>/],
    ]
    for (const [change, wanted] of turns) {
      expect(await edit(change)).toBe(false)
      expect(xmlOf(network.uuid)).toMatch(wanted)
    }
    await networkStart(target, network.uuid)
    undo()
  })

  it('keeps what the form does not know', async () => {
    const odd = `<network xmlns:dnsmasq='http://libvirt.org/schemas/network/dnsmasq/1.0'><name>ajena</name><metadata><v:x xmlns:v='urn:x'>y</v:x></metadata>
      <forward mode='nat'><nat><address start='10.1.1.1' end='10.1.1.9'/><port start='2000' end='3000'/></nat></forward><bridge name='ajena0' stp='off' delay='3'/>
      <domain name='ajena' localOnly='yes'/><dns forwardPlainNames='no'><forwarder addr='10.9.9.9'/><txt name='t' value='v'/><host ip='10.66.0.5'><hostname>uno</hostname></host></dns>
      <ip address='10.66.0.1' prefix='24' localPtr='yes'><tftp root='/srv'/><dhcp><range start='10.66.0.2' end='10.66.0.9'><lease expiry='1' unit='hours'/></range><bootp file='pxe'/></dhcp></ip>
      <ip address='10.67.0.1' prefix='24'/><route address='10.68.0.0' prefix='16' gateway='10.67.0.3'/><dnsmasq:options><dnsmasq:option value='log-queries'/></dnsmasq:options></network>`
    const uuid = await networkDefine(target, odd)
    const before = xmlOf(uuid, '--inactive').split('\n')
    const one = await networkOf(uuid)
    const plan = planOfNetwork(one)
    expect(await editFrom(one, { mtu: 1400, domain: 'mia', dnsRecords: [...plan.dnsRecords, { address: '10.66.0.6', names: ['dos'] }], ipv4: { cidr: '10.70.0.0/24', gateway: null, dhcp: { ranges: [{ start: '10.70.0.2', end: '10.70.0.9' }], hosts: [] } } })).toBe(false)
    const after = xmlOf(uuid, '--inactive').split('\n')
    expect(before.filter((line) => !after.includes(line)).map((line) => line.trim())).toEqual([`<domain name='ajena' localOnly='yes'/>`, `<ip address='10.66.0.1' prefix='24' localPtr='yes'>`, `<range start='10.66.0.2' end='10.66.0.9'>`])
    expect(after.filter((line) => !before.includes(line)).map((line) => line.trim())).toEqual([
      `<mtu size='1400'/>`, `<domain name='mia' localOnly='yes'/>`, `<host ip='10.66.0.6'>`, `<hostname>dos</hostname>`, `<ip address='10.70.0.1' netmask='255.255.255.0' localPtr='yes'>`, `<range start='10.70.0.2' end='10.70.0.9'>`,
    ]) // prettier-ignore
  })
})
