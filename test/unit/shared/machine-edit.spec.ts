import { describe, expect, it } from 'vitest'
import { bootChoices, bootOrderOf, byDevices, diskFirst, moved, startsFromCd } from '../../../shared/model/boot-order.ts'
import type { BootEntry, DomainConfig } from '../../../shared/model/domain.ts'
import { checkEdit, cpusEffect, memoryEffect, startEffect, type EditLimits, type MachineEdit } from '../../../shared/model/machine-edit.ts'
import { exampleConfig, exampleDetails, exampleDisk, exampleInterface, exampleUuid } from '../examples.ts'

const MiB = 1024
const config = exampleConfig({ memoryKiB: 512 * MiB, maxMemoryKiB: 1024 * MiB, vcpus: 1, maxVcpus: 2, others: [{ element: 'memballoon', fact: 'virtio' }] })
const off = exampleDetails({ uuid: exampleUuid(1), name: 'one', config })
const on = exampleDetails({ uuid: exampleUuid(1), name: 'one', state: 'running', config, live: config })
const machines = [{ uuid: exampleUuid(1), name: 'one', title: 'One' }, { uuid: exampleUuid(2), name: 'two', title: 'Two' }]
const host: EditLimits = { memoryKiB: 4096 * MiB, freeMemoryKiB: 800 * MiB, cpus: 4, memoryDivided: false }
const found = (edit: MachineEdit, details = off, limits = host): string[] =>
  checkEdit(edit, { details, machines, limits }).map(({ level, field, code }) => `${level} ${field} ${code}`)
const memory = (mib: number, max = Math.max(mib, 1024)): MachineEdit => ({ memory: { kib: mib * MiB, maxKib: max * MiB } })

describe('an edit is checked before libvirt is asked', () => {
  it.each<[string, readonly string[]]>([
    ['one', []],
    ['three', []],
    ['-x "ñ" \t', []],
    ['two', ['error name name-taken']],
    ['', ['error name name-empty']],
    [' \t', ['error name name-empty']],
    ['.', ['error name name-dots']],
    ['..', ['error name name-dots']],
    ['a/b', ['error name name-slash']],
    ['a\nb', ['error name name-newline']],
    ['a\u0007', ['error name name-control']],
    ['ñ'.repeat(123), []],
    ['ñ'.repeat(124), ['error name name-long']],
    ['12', ['warning name name-number']],
  ])('name %j', (name, expected) => {
    expect(found({ name })).toEqual(expected)
  })

  it('title', () => {
    expect(found({ title: null })).toEqual([])
    expect(found({ title: 'a\nb' })).toEqual(['error title title-newline'])
    expect(found({ title: '\u0001' })).toEqual(['error title title-control'])
    expect(found({ title: 'Two' })).toEqual(['warning title title-taken'])
  })

  it.each<[string, MachineEdit, readonly string[]]>([
    ['what it has', memory(512), []],
    ['what is free', memory(800), []],
    ['more than is free', memory(900), ['warning memory memory-over-free']],
    ['more than the host has', memory(5000), ['error memory memory-over-host']],
    ['a maximum above the host', memory(512, 5000), ['error memory memory-over-host']],
    ['next to none', memory(31), ['error memory memory-under-least']],
    ['more than its own maximum', memory(512, 256), ['error memory memory-over-max']],
  ])('memory: %s', (_what, edit, expected) => {
    expect(found(edit)).toEqual(expected)
  })

  it('memory of a machine that runs needs only the difference, and what it has is never refused', () => {
    expect(found(memory(1024), on)).toEqual([])
    expect(found(memory(1400), on)).toEqual(['warning memory memory-over-free'])
    const huge = exampleDetails({ uuid: exampleUuid(1), name: 'one', config: { ...config, maxMemoryKiB: 9000 * MiB } })
    expect(found(memory(512, 9000), huge)).toEqual([])
    const tiny = exampleDetails({ uuid: exampleUuid(1), name: 'one', config: { ...config, memoryKiB: 8 * MiB } })
    expect([found(memory(8), tiny), found(memory(7), tiny)]).toEqual([[], ['error memory memory-under-least']])
    expect(found(memory(512, 2048), off, { ...host, memoryDivided: true })).toEqual(['error memory memory-divided'])
    expect(checkEdit(memory(90_000), { details: off, machines, limits: null })).toEqual([])
  })

  it('processors', () => {
    const cpus = (count: number, max: number) => found({ vcpus: { count, max } })
    expect([cpus(1, 4), cpus(0, 1), cpus(3, 2), cpus(1, 5)]).toEqual([
      [], ['error vcpus cpus-none'], ['error vcpus cpus-over-max'], ['error vcpus cpus-over-host'],
    ])
  })

  it('boot order', () => {
    expect(found({ boot: { by: 'kinds', entries: [] } })).toEqual(['error boot boot-none'])
  })
})

describe('when an edit takes effect', () => {
  const saved = { ...off, saved: true }
  const size = (kib: number) => ({ kib: kib * MiB, maxKib: 2048 * MiB })

  it('memory: at once up to the maximum of what runs, through its balloon', () => {
    expect([memoryEffect(on, size(1024)), memoryEffect(on, size(1025)), memoryEffect(off, size(512)), memoryEffect(saved, size(512))]).toEqual([
      'now', 'next-start', 'start', 'after-saved',
    ])
    expect(memoryEffect({ ...on, live: { ...config, others: [] } }, size(600))).toBe('next-start')
  })

  it('processors: more at once, up to the maximum of what runs; fewer at the next start', () => {
    const two = { ...on, live: { ...config, vcpus: 2, maxVcpus: 3 } }
    expect([3, 2, 1, 4].map((count) => cpusEffect(two, { count, max: 4 }))).toEqual(['now', 'now', 'next-start', 'next-start'])
  })

  it('boot order: at a start', () => {
    expect([startEffect(on), startEffect(off), startEffect(saved)]).toEqual(['next-start', 'start', 'after-saved'])
  })
})

describe('the boot order', () => {
  const kind = (name: BootEntry['kind'], target: string | null = null): BootEntry => ({ kind: name, target })
  const machine = (boot: readonly BootEntry[], iso: string | null = '/a.iso'): DomainConfig =>
    exampleConfig({
      boot,
      disks: [exampleDisk(), exampleDisk({ device: 'cdrom', target: 'sda', path: iso }), exampleDisk({ target: 'vdb' })],
      interfaces: [exampleInterface({ mac: '52:54:00:AA:00:01' })],
    })

  it('is by kinds until a device has a place of its own', () => {
    expect(bootOrderOf({ boot: [kind('disk')] }).by).toBe('kinds')
    expect(bootOrderOf({ boot: [] }).by).toBe('kinds')
    expect(bootOrderOf({ boot: [kind('disk', 'vda')] }).by).toBe('devices')
    expect(bootOrderOf({ boot: [kind('other')] }).by).toBe('devices')
  })

  it('offers what the machine has and what is not chosen yet', () => {
    const kinds = machine([kind('cdrom')])
    expect(bootChoices(kinds, bootOrderOf(kinds)).map((one) => one.kind)).toEqual(['disk', 'network'])
    const devices = machine([kind('network', '52:54:00:aa:00:01'), kind('other')])
    expect(bootChoices(devices, bootOrderOf(devices)).map((one) => one.target)).toEqual(['vda', 'sda', 'vdb'])
  })

  it('by kinds becomes one by devices, and stays the same order', () => {
    const one = machine([kind('cdrom'), kind('disk'), kind('network')])
    const order = byDevices(one, bootOrderOf(one))
    expect(order).toEqual({ by: 'devices', entries: [kind('cdrom', 'sda'), kind('disk', 'vda'), kind('disk', 'vdb'), kind('network', '52:54:00:AA:00:01')] })
    expect(byDevices(one, order)).toBe(order)
  })

  it('moves one entry at a time, and none over an end', () => {
    const order = bootOrderOf({ boot: [kind('disk'), kind('cdrom')] })
    expect(moved(order, 1, -1).entries.map((one) => one.kind)).toEqual(['cdrom', 'disk'])
    expect([moved(order, 0, -1), moved(order, 1, 1)]).toEqual([order, order])
  })

  it('after an installation puts the disk before the CD, in whichever way it is kept', () => {
    expect(diskFirst(machine([kind('cdrom'), kind('disk')]))?.entries.map((one) => one.kind)).toEqual(['disk', 'cdrom'])
    expect(diskFirst(machine([kind('cdrom', 'sda')]))?.entries).toEqual([kind('disk', 'vda'), kind('cdrom', 'sda')])
    expect(diskFirst(machine([kind('cdrom', 'sda'), kind('disk', 'vdb')]))?.entries).toEqual([kind('disk', 'vdb'), kind('cdrom', 'sda')])
    expect([diskFirst(machine([kind('disk')])), diskFirst(machine([])), diskFirst(exampleConfig({ disks: [], boot: [kind('cdrom')] }))]).toEqual([null, null, null])
  })

  it('starts an installer again while a CD lies in the first drive', () => {
    expect([machine([kind('cdrom')]), machine([kind('cdrom', 'sda')]), machine([kind('cdrom')], null), machine([kind('disk'), kind('cdrom')])].map(startsFromCd)).toEqual([
      true, true, false, false,
    ])
  })
})
