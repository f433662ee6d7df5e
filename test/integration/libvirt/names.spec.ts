/** Hostile names, as real names of machines, networks, pools and volumes; and what the app says where libvirt refuses. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deletionFiles } from '../../../electron/create/delete.ts'
import {
  domainChangeMedia, domainDefine, domainDestroy, domainEdit, domainGet, domainList, domainStart, domainSummary, domainUndefine, domainUuidOf, domainXml,
} from '../../../electron/libvirt/domain/index.ts'
import {
  networkAutostart, networkDefine, networkDestroy, networkLeases, networkList, networkStart, networkUndefine, networkXml,
} from '../../../electron/libvirt/network/index.ts'
import { poolAutostart, poolBuild, poolDefine, poolDelete, poolDestroy, poolList, poolStart, poolUndefine, poolVolumes } from '../../../electron/libvirt/pool/index.ts'
import { volumeCreate, volumeDelete } from '../../../electron/libvirt/volume/index.ts'
import { child, parseXml, text } from '../../../electron/libvirt/xml/document.ts'
import { clear } from '../create/support.ts'
import { folder, hostileNames, lines, logging, machine, network, virsh, worstNames } from './objects.ts'

const target = logging()
const place = folder('names')
beforeAll(clear)
afterAll(() => rmSync(place, { recursive: true }))

const nameIn = (xml: string): string => text(child(parseXml(xml), 'name'), true)
/** Takes objects away in one go, past the app. */
const forget = (verb: string, made: ReadonlyMap<string, string>): void => void virsh([...made.values()].map((uuid) => `${verb} ${uuid}`).join('; '))
const sorted = (names: readonly string[]): string[] => [...names].sort()

describe('machines', () => {
  it('are defined, listed and read under any name', async () => {
    const made = new Map<string, string>()
    for (const name of hostileNames) made.set(name, await domainDefine(target, machine(name)))
    const found = await domainList(target)
    expect(found.map(({ name, uuid }) => [name, uuid]).sort()).toEqual([...made].sort())
    for (const name of worstNames) {
      const uuid = made.get(name) ?? (await domainDefine(target, machine(name)))
      expect(await domainSummary(target, uuid)).toMatchObject({ name, uuid, state: 'shutoff' })
      expect(nameIn(await domainXml(target, uuid, 'config'))).toBe(name)
      expect(await deletionFiles(target, uuid)).toEqual([])
      expect(await domainUuidOf(target, name)).toBe(uuid)
      made.set(name, uuid)
    }
    forget('undefine', made)
    expect(await domainList(target)).toEqual([])
  })

  it('are started, edited, given another CD and deleted under any name', async () => {
    for (const name of worstNames) {
      const iso = join(place, `${name.replaceAll(/[\t/]/g, '_').slice(0, 60)}.iso`)
      writeFileSync(iso, name)
      const uuid = await domainDefine(target, machine(name, { disks: [{ device: 'cdrom', target: 'sda', bus: 'sata', path: null, format: 'raw' }] }))
      await domainStart(target, uuid)
      expect(virsh('domstate', `--domain=${uuid}`).trim()).toBe('running')
      await domainEdit(target, uuid, { title: name, description: `${name}\n${name}`, autostart: true })
      await domainChangeMedia(target, uuid, 'sda', iso)
      expect(await domainGet(target, uuid)).toMatchObject({
        name, state: 'running', title: name, autostart: true, pending: [],
        live: { title: name, description: `${name}\n${name}`, disks: [{ path: iso }] }, config: { title: name, disks: [{ path: iso }] },
      }) // prettier-ignore
      await domainDestroy(target, uuid)
      await domainUndefine(target, uuid)
    }
    expect(virsh('list', '--all', '--name').trim()).toBe('')
    expect(readdirSync('/etc/libvirt/qemu').filter((name) => name.endsWith('.xml'))).toEqual([])
    expect(readdirSync('/etc/libvirt/qemu/autostart')).toEqual([])
  })

  it('whose name is another one’s UUID are not taken for it', async () => {
    const first = await domainDefine(target, machine('first'))
    const second = await domainDefine(target, machine(first))
    await domainEdit(target, first, { title: 'the first' })
    expect((await domainList(target)).map(({ uuid, name, title }) => ({ uuid, name, title }))).toEqual(
      expect.arrayContaining([{ uuid: first, name: 'first', title: 'the first' }, { uuid: second, name: first, title: null }]),
    )
    await domainUndefine(target, first)
    expect(await domainList(target)).toMatchObject([{ uuid: second }])
    await domainUndefine(target, second)
  })

  it.each(['', 'new\nline', 'a/b', '/', 'x'.repeat(255)])('cannot be called %j, and that is said', async (name) => {
    await expect(domainDefine(target, machine(name))).rejects.toMatchObject({ code: 'name-invalid' })
    expect(virsh('list', '--all', '--name').trim()).toBe('')
  })

  it('cannot have control characters in their name, which no document holds', async () => {
    expect(() => machine('bell\u0007')).toThrow(expect.objectContaining({ code: 'invalid-input' }))
  })

  it.each(['.', '..'])('called %j are refused before libvirt hears of it, and nothing of it is touched', async (name) => {
    const own = logging()
    const kept = '/var/lib/libvirt/qemu/snapshot/kept'
    const machines = await domainDefine(target, machine('kept'))
    mkdirSync(kept, { recursive: true })
    writeFileSync(join(kept, 'file'), 'of another machine')
    const before = tree('/var/lib/libvirt/qemu')
    await expect(domainDefine(own, machine(name))).rejects.toMatchObject({ code: 'name-invalid', params: { name } })
    expect(own.lines).toEqual([])
    expect(tree('/var/lib/libvirt/qemu')).toEqual(before)
    expect(before).toContain(join(kept, 'file'))
    await domainUndefine(target, machines)
    if (existsSync(kept)) rmSync(kept, { recursive: true })
  })
})

const tree = (path: string): string[] => readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name)).sort()

describe('networks', () => {
  it('are defined, listed, started, read and deleted under any name', async () => {
    const before = (await networkList(target)).map((one) => one.name)
    const made = new Map<string, string>()
    for (const name of [...hostileNames, '.', '..']) made.set(name, await networkDefine(target, network(name)))
    expect(sorted((await networkList(target)).map((one) => one.name))).toEqual(sorted([...before, ...made.keys()]))
    for (const name of worstNames) {
      const uuid = made.get(name) ?? (await networkDefine(target, network(name)))
      made.set(name, uuid)
      await networkStart(target, uuid)
      await networkAutostart(target, uuid, true)
      expect((await networkList(target)).find((one) => one.uuid === uuid)).toMatchObject({ name, active: true, autostart: true })
      expect(nameIn(await networkXml(target, uuid))).toBe(name)
      expect(await networkLeases(target, uuid)).toEqual([])
      await networkDestroy(target, uuid)
      await networkUndefine(target, uuid)
      made.delete(name)
    }
    forget('net-undefine', made)
    expect((await networkList(target)).map((one) => one.name)).toEqual(before)
  })

  it('lend their name to cards', async () => {
    const name = `--it's "a" & b`
    const uuid = await networkDefine(target, network(name))
    await networkStart(target, uuid)
    const domain = await domainDefine(target, machine('carded', { network: { type: 'network', network: name } }))
    await domainStart(target, domain)
    expect(await domainGet(target, domain)).toMatchObject({ networks: [name], live: { interfaces: [{ type: 'network', source: name }] } })
    await domainDestroy(target, domain)
    await networkDestroy(target, uuid)
    await expect(domainStart(target, domain)).rejects.toMatchObject({ code: 'network-inactive', params: { name }, remedies: [{ request: { input: { uuid } } }] })
    await domainUndefine(target, domain)
    await networkUndefine(target, uuid)
  })

  it.each(['', 'new\nline', 'a/b', 'x'.repeat(255)])('cannot be called %j, and that is said', async (name) => {
    await expect(networkDefine(target, network(name))).rejects.toMatchObject({ code: 'name-invalid' })
  })
})

describe('pools', () => {
  it('are defined, built, started, listed and deleted under any name, in folders of that name', async () => {
    const made = new Map<string, string>()
    for (const name of hostileNames) made.set(name, await poolDefine(target, { name, path: join(place, 'pools', name) }))
    expect((await poolList(target)).map((pool) => [pool.name, pool.path]).sort()).toEqual(hostileNames.map((name) => [name, join(place, 'pools', name)]).sort())
    for (const name of worstNames) {
      const uuid = made.get(name) ?? (await poolDefine(target, { name, path: join(place, 'pools', name) }))
      made.set(name, uuid)
      await poolBuild(target, uuid)
      await poolStart(target, uuid)
      await poolAutostart(target, uuid, true)
      expect((await poolList(target)).find((pool) => pool.uuid === uuid)).toMatchObject({ name, active: true, autostart: true })
      await poolDestroy(target, uuid)
      await poolDelete(target, uuid)
      await poolUndefine(target, uuid)
      made.delete(name)
    }
    forget('pool-undefine', made)
    expect(await poolList(target)).toEqual([])
    expect(readdirSync(join(place, 'pools'))).toEqual([])
  })

  it.each(['', 'new\nline', 'a/b', 'x'.repeat(255)])('cannot be called %j, and that is said', async (name) => {
    await expect(poolDefine(target, { name, path: join(place, 'refused') })).rejects.toMatchObject({ code: 'name-invalid' })
    expect(await poolList(target)).toEqual([])
  })
})

describe('volumes', () => {
  it('are made, listed and deleted under any name, newlines among them', async () => {
    const names = [...hostileNames, 'new\nline', '\nfirst', 'last\n', 'two  blanks', 'x'.repeat(255)]
    const path = join(place, 'volumes  of  all')
    const uuid = await poolDefine(target, { name: 'volumes', path })
    await poolBuild(target, uuid)
    await poolStart(target, uuid)
    for (const name of names) expect(await volumeCreate(target, uuid, { name, format: 'raw', capacityBytes: 1 })).toBe(join(path, name))
    expect(sorted((await poolVolumes(target, uuid, true)).map((volume) => volume.name))).toEqual(sorted(names))
    expect(sorted(readdirSync(path))).toEqual(sorted(names))
    for (const name of names) await volumeDelete(target, join(path, name))
    expect(readdirSync(path)).toEqual([])
    for (const name of ['', 'a/b']) {
      await expect(volumeCreate(target, uuid, { name, format: 'raw', capacityBytes: 1 })).rejects.toMatchObject({ code: 'name-invalid' })
    }
    for (const name of ['.', '..']) {
      await expect(volumeCreate(target, uuid, { name, format: 'raw', capacityBytes: 1 })).rejects.toMatchObject({ code: 'name-taken' })
    }
    expect(lines(virsh('vol-list', `--pool=${uuid}`))).toEqual([])
    await poolDestroy(target, uuid)
    await poolDelete(target, uuid)
    await poolUndefine(target, uuid)
  })
})
