import { describe, expect, it } from 'vitest'
import { heldMemory } from '../../../../../shared/model/machine-edit.ts'
import { pendingChanges } from '../../../../../electron/libvirt/domain/pending/changes.ts'
import { readConfig } from '../../../../../electron/libvirt/domain/read.ts'
import type { DomainConfig, DomainGraphics } from '../../../../../shared/model/domain.ts'
import { pendingChange, pendingOf } from '../../../../../shared/model/pending.ts'
import { exampleConfig, exampleDetails, exampleDisk, exampleInterface, exampleUuid } from '../../../examples.ts'
import { document } from '../../../fixtures.ts'

const uuid = exampleUuid(7)
const rich = readConfig(document('domain/rich-live.xml'))
const stored = readConfig(document('domain/rich-config.xml'))
const changes = (live: DomainConfig, config: DomainConfig) => pendingChanges({ uuid, live, config })
const fields = (live: Partial<DomainConfig>, next: Partial<DomainConfig>) =>
  changes(exampleConfig(live), exampleConfig(next)).map(({ field, applicable }) => `${field}${applicable ? ' now' : ''}`)

const balloon = [{ element: 'memballoon', fact: 'virtio' }]
const cpu = (mode: string | null, model: string | null = null, cores = 0): DomainConfig['cpu'] => ({
  mode,
  model,
  topology: cores === 0 ? null : { sockets: 1, cores, threads: 1 },
})
const display = (more: Partial<DomainGraphics> = {}): DomainGraphics => ({
  type: 'vnc', listen: 'address', address: '127.0.0.1', port: null, socket: null, hasPassword: false, ...more,
})
const cd = (path: string | null, format: string | null = 'raw') => exampleDisk({ device: 'cdrom', target: 'sda', bus: 'sata', path, format, readOnly: true })

describe('what waits for a restart', () => {
  it('is nothing for a machine that is off, that only runs, or that is the same', () => {
    const config = exampleConfig()
    expect(pendingChanges({ uuid, live: null, config })).toEqual([])
    expect(pendingChanges({ uuid, live: config, config: null })).toEqual([])
    expect(changes(config, exampleConfig())).toEqual([])
  })

  it('is what real documents differ in, and nothing that libvirt added to the running one', () => {
    // its guest has given no memory back, and would not after a restart either
    expect([changes(rich, stored), heldMemory({ live: rich, config: stored })]).toEqual([[], 98_304])
    expect(changes({ ...rich, memoryKiB: 110_592 }, stored)).toEqual([{ field: 'memory', kind: 'kib', live: 110_592, next: 98_304, applicable: true }])
    expect(changes(rich, { ...stored, memoryKiB: rich.memoryKiB })).toEqual([])
  })

  it.each<[string, Partial<DomainConfig>, Partial<DomainConfig>, readonly string[]]>([
    ['words', { title: null }, { title: 'x', description: 'y' }, ['title now', 'description now']],
    ['memory within the most', { others: balloon, maxMemoryKiB: 2048 }, { others: balloon, maxMemoryKiB: 2048, memoryKiB: 2048 }, ['memory now']],
    ['memory that the guest has been asked for', { others: balloon, maxMemoryKiB: 2048, memoryKiB: 1536 }, { others: balloon, maxMemoryKiB: 2048, memoryKiB: 1024 }, ['memory now']],
    ['memory that a guest keeps, all there is', { others: balloon, maxMemoryKiB: 2048, memoryKiB: 2048 }, { others: balloon, maxMemoryKiB: 2048, memoryKiB: 1024 }, []],
    ['memory below the most, which no start gives without a balloon', { maxMemoryKiB: 2048, memoryKiB: 2048 }, { maxMemoryKiB: 2048, memoryKiB: 1024 }, []],
    ['memory above the most', { others: balloon }, { others: balloon, maxMemoryKiB: 2048, memoryKiB: 2048 }, ['memory', 'max-memory']],
    ['memory without a balloon', { maxMemoryKiB: 2048 }, { maxMemoryKiB: 2048, memoryKiB: 2048 }, ['memory']],
    ['more processors within the most', { maxVcpus: 4 }, { maxVcpus: 4, vcpus: 3 }, ['vcpus now']],
    ['fewer processors', { maxVcpus: 4, vcpus: 4 }, { maxVcpus: 4, vcpus: 1 }, ['vcpus']],
    ['another most of processors', {}, { maxVcpus: 2, vcpus: 2 }, ['vcpus', 'max-vcpus']],
    ['the boot order', {}, { boot: [{ kind: 'cdrom', target: null }] }, ['boot']],
    ['the firmware', {}, { firmware: 'uefi' }, ['firmware']],
    ['the machine type', {}, { machineType: 'pc-q35-8.0' }, ['machine-type']],
    ['a name for the newest machine type', {}, { machineType: 'q35' }, []],
    ['pc for its newest', { machineType: 'pc-i440fx-7.2' }, { machineType: 'pc' }, []],
    ['another kind of machine', { machineType: 'pc-i440fx-7.2' }, { machineType: 'q35' }, ['machine-type']],
    ['KVM instead of software', {}, { virtType: 'kvm' }, ['acceleration']],
    ['like the host’s runs as a model', { cpu: cpu('custom', 'Skylake') }, { cpu: cpu('host-model') }, []],
    ['like the host’s instead of the host’s own', { cpu: cpu('host-passthrough') }, { cpu: cpu('host-model') }, ['cpu']],
    ['no wish runs as a model', { cpu: cpu('custom', 'qemu64') }, { cpu: cpu(null) }, []],
    ['another model', { cpu: cpu('custom', 'qemu64') }, { cpu: cpu('custom', 'EPYC') }, ['cpu']],
    ['what happens at a crash, and the clock', { settings: { on_crash: '<on_crash>destroy</on_crash>' } }, { settings: { on_crash: '<on_crash>restart</on_crash>', clock: '<clock/>' } }, ['settings:on_crash', 'settings:clock']],
    ['passt instead of QEMU’s own user mode', { interfaces: [exampleInterface({ type: 'user', source: null })] }, { interfaces: [exampleInterface({ type: 'user', source: null, passt: true })] }, [`interface:${exampleInterface().mac ?? ''}`]],
    ['another topology', { cpu: cpu('maximum', null, 1) }, { cpu: cpu('maximum', null, 2) }, ['cpu']],
  ])('knows %s', (_what, live, next, expected) => {
    expect(fields(live, next)).toEqual(expected)
  })

  it.each<[string, readonly DomainGraphics[], readonly DomainGraphics[], boolean]>([
    ['a port that was given', [display({ port: 5900 })], [display()], false],
    ['a port that was asked for', [display({ port: 5900 })], [display({ port: 5999 })], true],
    ['a socket that was given', [display({ listen: 'socket', address: null, socket: '/x' })], [display({ listen: 'socket', address: null })], false],
    ['the address of qemu.conf', [display({ port: 5900 })], [display({ address: null })], false],
    ['an address', [display({ port: 5900 })], [display({ address: '0.0.0.0' })], true],
    ['a socket instead of an address', [display({ port: 5900 })], [display({ listen: 'socket', address: null })], true],
    ['a display more', [display()], [display(), display({ type: 'spice' })], true],
    ['another kind', [display()], [display({ type: 'spice' })], true],
  ])('knows %s of a display', (_what, graphics, next, differs) => {
    expect(fields({ graphics }, { graphics: next })).toEqual(differs ? ['graphics'] : [])
  })

  it('names disks that only one has, and changes the medium of a drive at once', () => {
    const disks = [exampleDisk({ path: '/other' }), exampleDisk({ target: 'vdb' })]
    expect(fields({}, { disks })).toEqual(['disk:vda', 'disk:vdb'])
    expect(fields({ disks }, { disks: [] })).toEqual(['disk:vda', 'disk:vdb'])
    expect(fields({ disks: [cd('/a.iso')] }, { disks: [cd('/b.iso')] })).toEqual(['disk:sda now'])
    expect(fields({ disks: [cd('/a.iso')] }, { disks: [cd(null)] })).toEqual(['disk:sda now'])
    expect(fields({ disks: [cd(null, null)] }, { disks: [cd(null, 'raw')] })).toEqual([])
    expect(fields({ disks: [exampleDisk({ cache: null })] }, { disks: [exampleDisk({ cache: 'default' })] })).toEqual([])
  })

  it('has no seed of a first start: that is meant for the running machine alone', () => {
    const seed = (path: string) => [exampleDisk(), cd(path)]
    const next = { disks: [exampleDisk()] }
    expect(fields({ disks: seed(`/home/a/.local/state/vivero/first-start/${uuid}.iso`) }, next)).toEqual([])
    expect(fields({ disks: seed(`/var/lib/libvirt/images/first-start-${uuid}.iso`) }, next)).toEqual([])
    expect(fields({ disks: seed(`/images/first-start-${exampleUuid(8)}.iso`) }, next)).toEqual(['disk:sda'])
  })

  it('plugs cards at once, and changes their place among switches; not their model', () => {
    const card = exampleInterface
    const mac = 'interface:52:54:00:00:00:01'
    const pair = (live: Partial<ReturnType<typeof card>>, next: Partial<ReturnType<typeof card>>) => fields({ interfaces: [card(live)] }, { interfaces: [card(next)] })
    expect(fields({ interfaces: [] }, { interfaces: [card()] })).toEqual([`${mac} now`])
    const [filter, mtu] = [{ what: 'filter', text: 'clean-traffic' }, { what: 'mtu', text: '1400' }] as const
    expect(pair({}, { extras: [filter] })).toEqual([`${mac} now`])
    expect(pair({}, { extras: [filter, mtu] })).toEqual([mac])
    expect(pair({ type: 'network', source: 'n', extras: [mtu] }, { type: 'network', source: 'n' })).toEqual([]) // its network’s
    expect(fields({ interfaces: [card()] }, { interfaces: [] })).toEqual([`${mac} now`])
    expect(pair({}, { linkUp: false })).toEqual([`${mac} now`])
    expect(pair({ type: 'network', source: 'a' }, { type: 'bridge', source: 'br0' })).toEqual([`${mac} now`])
    expect(pair({}, { type: 'network', source: 'a' })).toEqual([mac])
    expect(pair({}, { model: 'e1000e' })).toEqual([mac])
    expect(pair({ mac: '52:54:00:AA:00:01' }, { mac: '52:54:00:aa:00:01' })).toEqual([])
  })

  it('counts every other device, save those that libvirt makes as others need them', () => {
    const two = (...words: readonly string[]) => words.map((word) => ({ element: word.split(' ')[0] ?? '', fact: word.split(' ').slice(1).join(' ') }))
    expect(fields({ others: two('sound ich9', 'input mouse ps2') }, { others: two('input mouse ps2', 'sound ich9') })).toEqual([])
    expect(fields({ others: two('sound ich9') }, { others: two('sound ich9', 'rng /dev/urandom', 'controller scsi') })).toEqual(['devices:rng'])
    expect(fields({ others: two('hostdev usb 1') }, { others: two('hostdev usb') })).toEqual([])
    expect(fields({ videos: ['virtio'] }, { videos: ['qxl'] })).toEqual(['devices:video'])
    expect(fields({ serials: [{ type: 'pty', port: 0 }] }, { serials: [] })).toEqual(['devices:serial'])
  })

  it('is found by its field', () => {
    const pending = changes({ ...rich, memoryKiB: 110_592 }, stored)
    const details = exampleDetails({ uuid, name: 'rich', pending })
    expect(pendingChange(details, 'memory')).toBe(pending[0])
    expect(pendingOf(details, 'memory', 'kib')?.next).toBe(98_304)
    expect([pendingOf(details, 'memory', 'count'), pendingChange(details, 'vcpus')]).toEqual([null, null])
  })
})
