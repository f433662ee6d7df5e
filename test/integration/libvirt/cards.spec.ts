/** Network cards of a machine, seen from virsh: added, changed now or at the next start, and what of them survives. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { domainAddInterface, domainChangeInterface, domainDefine, domainGet, domainList, domainUndefine } from '../../../electron/libvirt/domain/index.ts'
import { domainPortForwards, domainRestoreForwards, domainSetForwards } from '../../../electron/libvirt/domain/ports/index.ts'
import { networkDefine, networkUndefine } from '../../../electron/libvirt/network/index.ts'
import { buildXml, child, children, element, insert, parseXml, type XmlElement } from '../../../electron/libvirt/xml/document.ts'
import { wayOfChange } from '../../../shared/model/card-rules.ts'
import type { CardSource } from '../../../shared/model/card.ts'
import { clear } from '../create/support.ts'
import { logging, machine, virsh } from './objects.ts'

const target = logging()
const MAC = '52:54:00:00:00:77'
const places = ['red-nat', 'red-aislada'].map((name, index) => ({ name, bridge: `virbr7${index}` }))
const networks: string[] = []
let uuid = ''

/** A card with everything that a person may have written into it. */
function document(): string {
  const domain = parseXml(machine('cards', { network: { type: 'network', network: 'red-nat' }, change: { os: { arch: 'x86_64', machine: 'q35', firmware: 'bios', boot: [] } } }))
  const card = child(domain, 'devices', 'interface')
  if (!card) throw new Error('no card')
  insert(card, element('rom', { bar: 'off' }))
  insert(card, element('boot', { order: 1 }))
  insert(card, element('alias', { name: 'ua-lan' }))
  return buildXml(domain)
}

beforeAll(async () => {
  await clear()
  for (const { name, bridge } of places) {
    networks.push(await networkDefine(target, buildXml(element('network', {}, element('name', {}, name), element('bridge', { name: bridge })))))
    virsh('net-start', name)
  }
  execFileSync('ip', ['link', 'add', 'br7', 'type', 'bridge'])
  execFileSync('ip', ['link', 'set', 'br7', 'up'])
  uuid = await domainDefine(target, document())
})
afterAll(async () => {
  if (virsh('domstate', uuid).trim() !== 'shut off') virsh('destroy', uuid)
  await domainUndefine(target, uuid)
  for (const one of networks) {
    virsh('net-destroy', one)
    await networkUndefine(target, one)
  }
  execFileSync('ip', ['link', 'del', 'br7'])
})

const cardIn = (which: 'live' | 'stored'): XmlElement => {
  const domain = parseXml(virsh('dumpxml', uuid, ...(which === 'stored' ? ['--inactive'] : [])))
  const found = children(child(domain, 'devices'), 'interface')[0]
  if (!found) throw new Error(`no ${which} card`)
  return found
}
/** Type, source, model and MAC, as `virsh domiflist` prints them. */
const row = (which: 'live' | 'stored'): string[] => virsh('domiflist', uuid, ...(which === 'stored' ? ['--inactive'] : [])).trim().split(/\s+/).slice(1)
const change = (source: CardSource, when: 'now' | 'replug' | 'next-start') => domainChangeInterface(target, uuid, { mac: MAC, change: { source }, when })

describe('a card of a machine that is off', () => {
  it('S3.10 changes its network, and keeps MAC, slot, boot order, alias and what is not known here', async () => {
    const before = cardIn('stored')
    expect(await change({ type: 'network', network: 'red-aislada' }, 'now')).toBe('now')
    expect(row('stored')).toEqual(['network', 'red-aislada', 'virtio', MAC])
    const after = cardIn('stored')
    for (const tag of ['mac', 'model', 'address', 'alias', 'boot', 'rom']) expect(child(after, tag), tag).toEqual(child(before, tag))
    expect(await change({ type: 'user' }, 'now')).toBe('now')
    expect(row('stored')).toEqual(['user', '-', 'virtio', MAC])
    expect(await change({ type: 'network', network: 'red-nat' }, 'now')).toBe('now')
    expect(buildXml(cardIn('stored'))).toBe(buildXml(before))
  })

  it('gets another MAC and model, and its cable is pulled', async () => {
    await domainChangeInterface(target, uuid, { mac: MAC, change: { mac: '52:54:00:00:00:78', model: 'e1000e', linkUp: false }, when: 'now' })
    expect(row('stored')).toEqual(['network', 'red-nat', 'e1000e', '52:54:00:00:00:78'])
    expect((await domainGet(target, uuid)).config?.interfaces[0]).toMatchObject({ linkUp: false })
    await domainChangeInterface(target, uuid, { mac: '52:54:00:00:00:78', change: { mac: MAC, model: 'virtio', linkUp: true }, when: 'now' })
    await expect(domainChangeInterface(target, uuid, { mac: '52:54:00:00:00:78', change: { linkUp: false }, when: 'now' })).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a card of a running machine', () => {
  beforeAll(() => void virsh('start', uuid))

  it('S3.10 changes its network at once and for the next start, with the same MAC', async () => {
    const before = cardIn('stored')
    const live = (await domainGet(target, uuid)).live?.interfaces[0]
    expect(live && wayOfChange(live, { source: { type: 'network', network: 'red-aislada' } }, [])).toBe('now')
    expect(await change({ type: 'network', network: 'red-aislada' }, 'now')).toBe('now')
    for (const which of ['live', 'stored'] as const) expect(row(which)).toEqual(['network', 'red-aislada', 'virtio', MAC])
    expect(execFileSync('ip', ['-o', 'link', 'show', 'master', 'virbr71'], { encoding: 'utf8' })).toMatch(/vnet\d+/)
    for (const tag of ['mac', 'address', 'alias', 'boot', 'rom']) expect(child(cardIn('stored'), tag), tag).toEqual(child(before, tag))
    expect(await change({ type: 'bridge', bridge: 'br7' }, 'now')).toBe('now')
    for (const which of ['live', 'stored'] as const) expect(row(which)).toEqual(['bridge', 'br7', 'virtio', MAC])
    expect((await domainGet(target, uuid)).pending).toEqual([])
  })

  it('S3.11 what cannot change now is kept for the next start, and refused as a whole where it was asked for now', async () => {
    const live = (await domainGet(target, uuid)).live?.interfaces[0]
    expect(live && wayOfChange(live, { source: { type: 'user' } }, [])).toBe('replug')
    await expect(change({ type: 'user' }, 'now')).rejects.toThrow()
    expect(row('stored')).toEqual(['bridge', 'br7', 'virtio', MAC])
    expect(await change({ type: 'user' }, 'next-start')).toBe('next-start')
    expect(row('live')).toEqual(['bridge', 'br7', 'virtio', MAC])
    expect(row('stored')).toEqual(['user', '-', 'virtio', MAC])
    expect((await domainGet(target, uuid)).pending.map((one) => one.field)).toEqual([`interface:${MAC}`])
  })

  it('S3.11 a guest that does not let go of its card keeps it, and the change waits', async () => {
    expect(await change({ type: 'network', network: 'red-nat' }, 'replug')).toBe('kept-by-guest')
    expect(row('live')).toEqual(['bridge', 'br7', 'virtio', MAC])
    expect(row('stored')).toEqual(['network', 'red-nat', 'virtio', MAC])
  })

  it('its cable is pulled and plugged in at once', async () => {
    for (const linkUp of [false, true]) {
      await domainChangeInterface(target, uuid, { mac: MAC, change: { linkUp }, when: 'now' })
      const { live, config } = await domainGet(target, uuid)
      for (const one of [live, config]) expect(one?.interfaces[0]?.linkUp).toBe(linkUp)
      expect(virsh('domif-getlink', uuid, MAC)).toContain(linkUp ? 'up' : 'down')
    }
  })

  it('a further one is there at once and stays', async () => {
    await domainAddInterface(target, uuid, { source: { type: 'user' }, model: 'e1000e', mac: '52:54:00:00:00:79' })
    for (const which of ['live', 'stored'] as const) expect(virsh('domiflist', uuid, ...(which === 'stored' ? ['--inactive'] : []))).toContain('52:54:00:00:00:79')
    await expect(domainAddInterface(target, uuid, { source: { type: 'user' }, model: 'virtio', mac: MAC })).rejects.toMatchObject({ code: 'already-exists' })
  })
})

describe('ports of the host that lead to a card of user mode', () => {
  const mac = '52:54:00:00:00:79'
  const ssh = { protocol: 'tcp', hostAddress: '127.0.0.1', hostPort: 2_722, guestPort: 22 } as const
  const names = { protocol: 'udp', hostAddress: '0.0.0.0', hostPort: 2_753, guestPort: 53 } as const
  const web = { protocol: 'tcp', hostAddress: '0.0.0.0', hostPort: 2_780, guestPort: 80 } as const
  const free = () => Promise.resolve(null)
  const listens = (port: number): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port })
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })

  it('are there at once, kept, put back after a restart, and taken away', async () => {
    await domainSetForwards(target, uuid, { mac, forwards: [ssh, names] }, free)
    expect(await listens(ssh.hostPort)).toBe(true)
    expect(await domainPortForwards(target, uuid)).toEqual([
      { mac, way: 'hostfwd', forwards: [ssh, names].map((forward) => ({ forward, state: 'active', fault: null })) },
    ])
    virsh('destroy', uuid)
    expect(await listens(ssh.hostPort)).toBe(false)
    virsh('start', uuid)
    expect((await domainPortForwards(target, uuid))[0]?.forwards.map((one) => one.state)).toEqual(['waiting', 'waiting'])
    expect(await domainRestoreForwards(target, uuid, free)).toEqual(new Map())
    expect(await listens(ssh.hostPort)).toBe(true)
    await domainSetForwards(target, uuid, { mac, forwards: [names] }, free)
    expect(await listens(ssh.hostPort)).toBe(false)
    expect((await domainPortForwards(target, uuid))[0]?.forwards.map((one) => one.forward)).toEqual([names])
  })

  it('are all as they were where one of them cannot be had', async () => {
    const holder = createServer().listen(web.hostPort, web.hostAddress)
    await once(holder, 'listening')
    await expect(domainSetForwards(target, uuid, { mac, forwards: [ssh, web] }, free)).rejects.toMatchObject({
      code: 'forward-refused',
      params: { address: '0.0.0.0', port: web.hostPort },
    })
    holder.close()
    expect(await listens(ssh.hostPort)).toBe(false)
    expect(await domainPortForwards(target, uuid)).toMatchObject([{ forwards: [{ forward: names, state: 'active' }] }])
    await domainSetForwards(target, uuid, { mac, forwards: [] }, free)
    expect(virsh('dumpxml', uuid, '--inactive')).not.toContain('forwards')
  })
})

describe('a lease', () => {
  const lender = "<network><name>red-dhcp</name><bridge name='virbr72'/><ip address='192.168.172.1' prefix='24'><dhcp><range start='192.168.172.2' end='192.168.172.9'/></dhcp></ip></network>"
  const now = (): number => Math.floor(Date.now() / 1000)
  /** As the network's dnsmasq tells libvirt of what it lent, for an hour each. */
  const lent = (address: string, secondsAgo: number): void =>
    writeFileSync('/var/lib/libvirt/dnsmasq/virbr72.status', JSON.stringify([{ 'ip-address': address, 'mac-address': MAC, 'expiry-time': now() + 3_600 - secondsAgo }]))
  const shown = async (): Promise<unknown> => {
    const [details, listed] = await Promise.all([domainGet(target, uuid), domainList(target)])
    const addresses = details.addresses.filter((one) => one.mac === MAC).map((one) => one.address)
    expect(listed.find((one) => one.uuid === uuid)?.addresses.filter((one) => one.mac === MAC).map((one) => one.address)).toEqual(addresses)
    return addresses
  }

  it('S3.16 is shown where it is of this start and this network, and not of an older one or another', async () => {
    virsh('destroy', uuid)
    networks.push(await networkDefine(target, lender))
    virsh('net-start', 'red-dhcp')
    await domainChangeInterface(target, uuid, { mac: MAC, change: { source: { type: 'network', network: 'red-dhcp' } }, when: 'now' })
    virsh('start', uuid)
    lent('192.168.172.5', 60)
    expect(virsh('net-dhcp-leases', 'red-dhcp')).toContain('192.168.172.5')
    expect(await shown()).toEqual([])
    lent('192.168.172.6', 0)
    expect(await shown()).toEqual(['192.168.172.6'])
    lent('192.168.99.6', 0)
    expect(await shown()).toEqual([])
    lent('192.168.172.6', 0)
    await change({ type: 'network', network: 'red-nat' }, 'now')
    expect(await shown()).toEqual([])
  })
})
