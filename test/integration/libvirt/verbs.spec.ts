/** Each verb of machines, networks, pools and volumes, seen from virsh. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { freeMemory } from '../../../electron/libvirt/connection.ts'
import { buildVideo } from '../../../electron/libvirt/domain/devices/video.ts'
import { buildGraphics } from '../../../electron/libvirt/domain/devices/graphics.ts'
import { buildSerial } from '../../../electron/libvirt/domain/devices/serial.ts'
import {
  domainChangeMedia, domainDefine, domainDestroy, domainDiscardSave, domainEdit, domainGet, domainList, domainReboot, domainReset, domainResume,
  domainSave, domainScreenshot, domainSendKeys, domainShutdown, domainStart, domainSummary, domainSuspend, domainUndefine, domainUuidOf, domainWakeUp, domainXml,
} from '../../../electron/libvirt/domain/index.ts'
import {
  networkAutostart, networkDefine, networkDestroy, networkList, networkStart, networkUndefine, networkXml,
} from '../../../electron/libvirt/network/index.ts'
import {
  poolAutostart, poolBuild, poolDefine, poolDelete, poolDestroy, poolList, poolRefresh, poolStart, poolUndefine, poolVolumes, poolXml,
} from '../../../electron/libvirt/pool/index.ts'
import { volumeCreate, volumeDelete } from '../../../electron/libvirt/volume/index.ts'
import { attr, parseXml } from '../../../electron/libvirt/xml/document.ts'
import { clear } from '../create/support.ts'
import { folder, logging, machine, network, virsh } from './objects.ts'

const target = logging()
const place = folder('verbs')
beforeAll(clear)
afterAll(() => rmSync(place, { recursive: true }))

const made: string[] = []
afterEach(async () => {
  for (const uuid of made.splice(0)) {
    if (virsh('domstate', uuid).trim() !== 'shut off') virsh('destroy', uuid)
    await domainUndefine(target, uuid)
  }
})

async function define(...[name, parts]: Parameters<typeof machine>): Promise<string> {
  const uuid = await domainDefine(target, machine(name, parts))
  made.push(uuid)
  return uuid
}
const stateOf = (uuid: string): string => virsh('domstate', uuid, '--reason').trim()
const info = (command: string, name: string): Record<string, string> =>
  Object.fromEntries(virsh(command, name).split('\n').flatMap((line) => [line.split(/:\s+/)]).map(([key = '', value = '']) => [key, value]))
const cd = { device: 'cdrom', target: 'sda', bus: 'sata', path: null, format: 'raw' } as const

describe('a machine', () => {
  it('is started, paused, resumed, reset and switched off', async () => {
    const uuid = await define('life')
    expect(stateOf(uuid)).toBe('shut off (unknown)')
    await domainStart(target, uuid)
    expect(stateOf(uuid)).toBe('running (booted)')
    expect(await domainSummary(target, uuid)).toMatchObject({ state: 'running', reason: 'booted', id: Number(virsh('domid', uuid)) })
    await expect(domainStart(target, uuid)).rejects.toMatchObject({ code: 'already-active' })
    await domainSuspend(target, uuid)
    expect(stateOf(uuid)).toBe('paused (user)')
    expect(await domainSummary(target, uuid)).toMatchObject({ state: 'paused', reason: 'user' })
    await domainResume(target, uuid)
    expect(stateOf(uuid)).toBe('running (unpaused)')
    const id = virsh('domid', uuid)
    await domainReset(target, uuid)
    expect([virsh('domid', uuid), stateOf(uuid)]).toEqual([id, 'running (unpaused)'])
    await domainDestroy(target, uuid)
    expect(stateOf(uuid)).toBe('shut off (destroyed)')
    expect(await domainSummary(target, uuid)).toMatchObject({ state: 'shutoff', reason: 'destroyed', id: null })
    for (const verb of [domainDestroy, domainSuspend, domainResume, domainReset, domainReboot, domainShutdown, domainSave]) {
      await expect(verb(target, uuid)).rejects.toMatchObject({ code: 'not-active' })
    }
  })

  it('whose guest does not listen goes on after it was asked to shut down or reboot', async () => {
    const uuid = await define('deaf')
    await domainStart(target, uuid)
    await domainShutdown(target, uuid)
    await domainReboot(target, uuid)
    expect(stateOf(uuid)).toBe('running (booted)')
    await expect(domainWakeUp(target, uuid)).rejects.toMatchObject({ name: 'AppError' }) // it is not asleep
  })

  it('is saved, and its save thrown away', async () => {
    const uuid = await define('saved')
    await domainStart(target, uuid)
    await domainSave(target, uuid)
    expect(stateOf(uuid)).toBe('shut off (saved)')
    expect(info('dominfo', uuid)['Managed save']).toBe('yes')
    expect(await domainSummary(target, uuid)).toMatchObject({ state: 'shutoff', reason: 'saved', saved: true })
    await domainDiscardSave(target, uuid)
    expect(info('dominfo', uuid)['Managed save']).toBe('no')
    expect((await domainSummary(target, uuid)).saved).toBe(false)
  })

  it('is undefined with its save, its snapshots, its firmware’s variables and its autostart', async () => {
    const disk = join(place, 'snapshots.qcow2')
    execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', disk, '1M'])
    const os = { arch: 'x86_64', machine: 'q35', firmware: 'uefi' } as const
    const uuid = await domainDefine(target, machine('full', { disks: [{ device: 'disk', target: 'vda', bus: 'virtio', path: disk, format: 'qcow2' }], change: { os } }))
    await domainEdit(target, uuid, { autostart: true })
    await domainStart(target, uuid)
    const nvram = '/var/lib/libvirt/qemu/nvram/full_VARS.fd'
    expect(existsSync(nvram)).toBe(true)
    await domainSave(target, uuid)
    await domainUndefine(target, uuid)
    expect(virsh('list', '--all', '--uuid')).not.toContain(uuid)
    expect([nvram, '/var/lib/libvirt/qemu/save/full.save', '/etc/libvirt/qemu/autostart/full.xml'].map((path) => existsSync(path))).toEqual([false, false, false])
    expect(existsSync(disk)).toBe(true)

    const plain = await domainDefine(target, machine('pictured', { disks: [{ device: 'disk', target: 'vda', bus: 'virtio', path: disk, format: 'qcow2' }] }))
    virsh('snapshot-create-as', plain, 'one')
    expect((await domainGet(target, plain)).snapshots).toBe(1)
    await domainUndefine(target, plain)
    expect(virsh('list', '--all', '--uuid')).not.toContain(plain)
    await expect(domainUndefine(target, plain)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('gets and loses a title, a description and its autostart, on and off', async () => {
    const uuid = await define('edited')
    for (const on of [false, true]) {
      if (on) await domainStart(target, uuid)
      await domainEdit(target, uuid, { title: 'Año "nuevo"', description: '-- two\nlines', autostart: true })
      const both = on ? [['--config'], ['--live']] : [['--config']]
      for (const where of both) {
        expect(virsh('desc', uuid, '--title', ...where).trim()).toBe('Año "nuevo"')
        expect(virsh('desc', uuid, ...where).trim()).toBe('-- two\nlines')
      }
      expect(info('dominfo', uuid)['Autostart']).toBe('enable')
      await domainEdit(target, uuid, { title: null, description: '  ', autostart: false })
      for (const where of both) expect(virsh('desc', uuid, '--title', ...where).trim()).toBe('')
      expect(await domainGet(target, uuid)).toMatchObject({ title: null, config: { title: null, description: null }, autostart: false, pending: [] })
    }
    await expect(domainEdit(target, uuid, { title: 'two\nlines' })).rejects.toMatchObject({ code: 'name-invalid' })
  })

  it('is given media and loses them, on and off', async () => {
    const [one, two] = ['one.iso', 'two.iso'].map((name) => join(place, name))
    for (const path of [one, two]) writeFileSync(path ?? '', 'x')
    const uuid = await define('driven', { disks: [cd] })
    const media = (...where: string[]): string => virsh('domblklist', uuid, ...where).trim().split(/\s+/).slice(1).join(' ')
    await domainChangeMedia(target, uuid, 'sda', one ?? '')
    expect(media('--inactive')).toBe(one)
    await domainStart(target, uuid)
    await domainChangeMedia(target, uuid, 'sda', two ?? '')
    expect([media(), media('--inactive')]).toEqual([two, two])
    await domainChangeMedia(target, uuid, 'sda', null)
    expect([media(), media('--inactive')]).toEqual(['-', '-'])
    await domainChangeMedia(target, uuid, 'sda', null) // it is empty already
    await expect(domainChangeMedia(target, uuid, 'sda', '/nowhere.iso')).rejects.toMatchObject({ code: 'file-missing' })
    await expect(domainChangeMedia(target, uuid, 'vdb', one ?? '')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('shows its screen, and takes keys', async () => {
    const devices = [...buildSerial(), buildGraphics({ type: 'vnc', listen: 'socket' }), buildVideo({ model: 'vga' })]
    const [seen, blind] = [await define('seen', { change: { devices } }), await define('blind', { change: { devices: buildSerial().slice() } })]
    await expect(domainScreenshot(target, seen)).rejects.toMatchObject({ code: 'not-active' })
    await domainStart(target, seen)
    expect(Buffer.from((await domainScreenshot(target, seen)).subarray(0, 8))).toEqual(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))
    const noted = target.lines.length
    await domainSendKeys(target, seen, ['KEY_LEFTCTRL', 'KEY_LEFTALT', 'KEY_F1'])
    expect(target.lines).toHaveLength(noted)
    await domainStart(target, blind)
    await expect(domainScreenshot(target, blind)).rejects.toMatchObject({ code: 'no-display' })
  })

  it('is read: its list, its documents, its name', async () => {
    const uuid = await define('read', { network: { type: 'user' }, disks: [cd] })
    expect(await domainUuidOf(target, 'read')).toBe(uuid)
    expect(await domainUuidOf(target, 'nobody')).toBeNull()
    expect(await domainXml(target, uuid, 'config')).toBe(virsh('dumpxml', uuid, '--inactive'))
    await expect(domainXml(target, uuid, 'live')).rejects.toMatchObject({ code: 'not-active' })
    await domainStart(target, uuid)
    expect(attr(parseXml(await domainXml(target, uuid, 'live')), 'id')).toBe(virsh('domid', uuid).trim())
    const details = await domainGet(target, uuid)
    expect(details).toMatchObject({
      name: 'read', memoryKiB: 32768, vcpus: 1, persistent: true, autostart: false, hasSerial: true, displays: ['vnc'], networks: [],
      addresses: [{ address: '10.0.2.15', prefix: 24, mac: '52:54:00:00:00:77', origin: 'expected' }],
      live: { virtType: 'qemu', arch: 'x86_64', firmware: 'bios', disks: [{ target: 'sda', device: 'cdrom', path: null }], interfaces: [{ type: 'user', model: 'virtio' }] },
    }) // prettier-ignore
    expect(await domainList(target)).toEqual([await domainSummary(target, uuid)])
  })
})

describe('a network', () => {
  it('is defined, started, set to start by itself, stopped and undefined', async () => {
    const before = await networkList(target)
    const uuid = await networkDefine(target, network('wires'))
    const facts = (): string[] => ['Active', 'Autostart', 'Persistent'].map((key) => info('net-info', 'wires')[key] ?? '')
    const row = async () => (await networkList(target)).find((one) => one.uuid === uuid)
    expect(facts()).toEqual(['no', 'no', 'yes'])
    expect(await row()).toMatchObject({ name: 'wires', kind: 'very-isolated', active: false, autostart: false, persistent: true })
    await networkStart(target, uuid)
    await networkAutostart(target, uuid, true)
    expect(facts()).toEqual(['yes', 'yes', 'yes'])
    expect(await row()).toMatchObject({ active: true, autostart: true, bridge: info('net-info', 'wires')['Bridge'] })
    expect(await networkXml(target, uuid)).toBe(virsh('net-dumpxml', 'wires', '--inactive'))
    await networkAutostart(target, uuid, false)
    await networkDestroy(target, uuid)
    expect(facts()).toEqual(['no', 'no', 'yes'])
    await networkUndefine(target, uuid)
    expect(await networkList(target)).toEqual(before)
    await expect(networkStart(target, uuid)).rejects.toMatchObject({ code: 'network-missing' })
  })
})

describe('a pool and its volumes', () => {
  it('are made, read and removed', async () => {
    const path = join(place, 'pool')
    const uuid = await poolDefine(target, { name: 'puddle', path })
    const facts = (): string[] => ['State', 'Autostart', 'Persistent'].map((key) => info('pool-info', 'puddle')[key] ?? '')
    expect(facts()).toEqual(['inactive', 'no', 'yes'])
    await poolBuild(target, uuid)
    expect(statSync(path).isDirectory()).toBe(true)
    await poolStart(target, uuid)
    await poolAutostart(target, uuid, true)
    expect(facts()).toEqual(['running', 'yes', 'yes'])
    const [pool] = await poolList(target)
    expect(pool).toMatchObject({ uuid, name: 'puddle', type: 'dir', path, active: true, autostart: true, persistent: true })
    expect(pool?.availableBytes).toBeGreaterThan(0)
    expect(await poolXml(target, uuid)).toBe(virsh('pool-dumpxml', 'puddle', '--inactive'))

    const disk = await volumeCreate(target, uuid, { name: 'disk.qcow2', format: 'qcow2', capacityBytes: 2 ** 30 })
    const overlay = await volumeCreate(target, uuid, { name: 'overlay', format: 'qcow2', capacityBytes: 2 ** 30, backing: { path: disk, format: 'qcow2' } })
    const raw = await volumeCreate(target, uuid, { name: 'raw', format: 'raw', capacityBytes: 2 ** 30 })
    expect(statSync(raw).blocks).toBeLessThan(100) // it grows as it is written
    expect(JSON.parse(execFileSync('qemu-img', ['info', '--output=json', overlay], { encoding: 'utf8' }))).toMatchObject({ format: 'qcow2', 'backing-filename': disk })
    writeFileSync(join(path, 'by hand'), 'x')
    const names = async (refresh: boolean): Promise<string[]> => (await poolVolumes(target, uuid, refresh)).map((volume) => volume.name).sort()
    expect(await names(false)).not.toContain('by hand')
    expect(await names(true)).toEqual(['by hand', 'disk.qcow2', 'overlay', 'raw'])
    expect(await poolVolumes(target, uuid, false)).toContainEqual(
      expect.objectContaining({ name: 'overlay', path: overlay, format: 'qcow2', capacityBytes: 2 ** 30, backingPath: disk }),
    )
    for (const one of [overlay, disk, raw]) await volumeDelete(target, one)
    await expect(volumeDelete(target, raw)).rejects.toMatchObject({ code: 'not-found' })
    rmSync(join(path, 'by hand'))
    await poolRefresh(target, uuid)
    expect(await names(false)).toEqual([])

    await poolAutostart(target, uuid, false)
    await poolDestroy(target, uuid)
    expect(facts()).toEqual(['inactive', 'no', 'yes'])
    await poolDelete(target, uuid)
    expect(existsSync(path)).toBe(false)
    await poolUndefine(target, uuid)
    expect(await poolList(target)).toEqual([])
  })
})

it('the host’s free memory is what its kernel says', async () => {
  const kernel = readFileSync('/proc/meminfo', 'utf8')
  const figure = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(kernel)?.[1])
  const free = (await freeMemory(target)) ?? 0
  expect(Math.abs(free - figure('MemFree') - figure('Buffers') - figure('Cached'))).toBeLessThan(2 * 1024 ** 2)
})

it('every command that changes something was noted, and no other', () => {
  const verbs = new Set(target.lines.map((line) => /^(?:VISUAL='truncate -s 0' )?virsh -c qemu:\/\/\/system (\S+)/.exec(line)?.[1]))
  expect([...verbs]).not.toContain(undefined)
  for (const verb of ['define', 'start', 'suspend', 'desc', 'autostart', 'change-media', 'managedsave', 'net-start', 'pool-build', 'vol-create', 'vol-delete', 'undefine']) {
    expect([...verbs]).toContain(verb)
  }
  for (const verb of ['list', 'dumpxml', 'domstats', 'net-list', 'pool-list', 'vol-list', 'pool-refresh', 'screenshot', 'send-key']) expect([...verbs]).not.toContain(verb)
})
