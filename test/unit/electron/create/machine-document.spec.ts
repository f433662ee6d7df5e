import { describe, expect, it } from 'vitest'
import { machineDocument, type MachineFacts } from '../../../../electron/create/machine-document.ts'
import { readConfig } from '../../../../electron/libvirt/domain/read.ts'
import { secretsOf } from '../../../../electron/libvirt/domain/secrets.ts'
import { attr, buildXml, child, childText, children, parseXml } from '../../../../electron/libvirt/xml/document.ts'
import { readCreatedFiles, readOsId } from '../../../../electron/libvirt/domain/metadata.ts'
import type { MachinePlan } from '../../../../shared/model/plan.ts'
import { examplePlan, exampleUuid } from '../../examples.ts'
import { linux } from './example.ts'

const identity = { uuid: exampleUuid(1), mac: '52:54:00:00:00:07', poolUuid: exampleUuid(2), displayPassword: 'abcdefgh' }
const disk = { path: '/images/debian11.qcow2', format: 'qcow2', relabel: true }
const cd = { path: '/downloads/debian-12.iso', format: 'raw', relabel: true }

const facts = (more: Partial<MachineFacts> = {}, plan: Partial<MachinePlan> = {}): MachineFacts => ({
  plan: examplePlan(plan), identity, traits: linux, kind: 'session', virtType: 'kvm', arch: 'x86_64', disk, cd, createdFiles: [disk.path], tpm: false, ...more,
})
const written = (more?: Partial<MachineFacts>, plan?: Partial<MachinePlan>) => parseXml(buildXml(machineDocument(facts(more, plan))))
const config = (more?: Partial<MachineFacts>, plan?: Partial<MachinePlan>) => readConfig(written(more, plan))
const controllers = (more?: Partial<MachineFacts>): string[] => children(child(written(more), 'devices'), 'controller').map((el) => `${attr(el, 'type') ?? ''} ${attr(el, 'model') ?? ''}`)

describe('the document of a machine from an ISO', () => {
  it('is what its plan says', () => {
    expect(config()).toMatchObject({
      title: 'Debian 11', virtType: 'kvm', arch: 'x86_64', machineType: 'q35', firmware: 'bios', memoryKiB: 2 * 1024 ** 2, vcpus: 2, cpu: { mode: 'host-passthrough' },
      interfaces: [{ type: 'network', source: 'default', model: 'virtio', mac: identity.mac }], serials: [{ type: 'pty', port: 0 }],
    })
    expect(childText(written(), 'name')).toBe('debian11')
    expect(childText(written(), 'uuid')).toBe(identity.uuid)
    expect(readOsId(written())).toBe('http://debian.org/debian/11')
    expect(readCreatedFiles(written())).toEqual([disk.path])
  })

  it('starts its disk first and the CD second', () => {
    expect(config().disks).toMatchObject([
      { device: 'disk', target: 'vda', bus: 'virtio', path: disk.path, format: 'qcow2', discard: 'unmap', readOnly: false },
      { device: 'cdrom', target: 'sda', bus: 'sata', path: cd.path, format: 'raw', readOnly: true },
    ])
    expect(config().boot).toEqual([{ kind: 'disk', target: 'vda' }, { kind: 'cdrom', target: 'sda' }])
  })

  it('without a disk starts the CD', () => {
    expect(config({ disk: null }).disks.map((one) => one.target)).toEqual(['sda'])
    expect(config({ disk: null }).boot).toEqual([{ kind: 'cdrom', target: 'sda' }])
  })
})

describe('the document of a machine from an image', () => {
  it('starts from its disk, by kind', () => {
    const imported = config({ cd: null }, { mediaKind: 'disk', imageUse: 'in-place' })
    expect(imported.disks).toHaveLength(1)
    expect(imported.boot).toEqual([{ kind: 'disk', target: null }])
  })

  it('leaves a person’s file to the person where libvirt need not take it', () => {
    const label = (relabel: boolean) => attr(child(written({ disk: { ...disk, relabel }, cd: null }), 'devices', 'disk', 'source', 'seclabel'), 'relabel')
    expect([label(false), label(true)]).toEqual(['no', null])
  })
})

describe('devices', () => {
  const old = { ...linux, q35: false, virtioDisk: false, virtioNet: false, virtioRng: false, virtioSerial: false, usb3: false, e1000: true }

  it('of an old system are old ones', () => {
    const machine = config({ traits: old, virtType: 'qemu' })
    expect(machine).toMatchObject({ machineType: 'pc', cpu: { mode: 'maximum' }, interfaces: [{ model: 'e1000' }] })
    expect(machine.disks.map(({ target, bus }) => `${target} ${bus ?? ''}`)).toEqual(['hda ide', 'hdb ide'])
    expect(controllers({ traits: old })).toEqual(['usb ich9-ehci1', 'usb ich9-uhci1', 'usb ich9-uhci2', 'usb ich9-uhci3'])
    expect(machine.others.map((one) => one.element)).not.toContain('rng')
    expect(machine.others.map((one) => one.element)).not.toContain('channel')
    expect(config({ traits: { ...old, e1000: false } }).interfaces[0]?.model).toBe('rtl8139')
  })

  it('of Windows 11 are those it knows without drivers', () => {
    const windows = { ...old, windows: true, q35: true, usb3: true, requiresUefi: true }
    const machine = config({ traits: windows, tpm: true }, { firmware: 'uefi' })
    expect(machine).toMatchObject({ machineType: 'q35', firmware: 'uefi', interfaces: [{ model: 'e1000e' }], videos: ['bochs'] })
    expect(machine.disks.map(({ target, bus }) => `${target} ${bus ?? ''}`)).toEqual(['sda sata', 'sdb sata'])
    expect(machine.others).toContainEqual({ element: 'tpm', fact: 'tpm-crb 2.0' })
    expect(machine.others).toContainEqual({ element: 'channel', fact: 'org.qemu.guest_agent.0' })
    expect(attr(child(written({ traits: windows }), 'clock'), 'offset')).toBe('localtime')
  })

  it('have room for more on q35', () => {
    expect(controllers().filter((one) => one === 'pci pcie-root-port')).toHaveLength(14)
    expect(controllers()).toContain('usb qemu-xhci')
  })

  it('have a TPM only with UEFI, where libvirt can give one', () => {
    const tpm = (more: Partial<MachineFacts>, plan: Partial<MachinePlan>) => config(more, plan).others.some((one) => one.element === 'tpm')
    expect([tpm({ tpm: true }, { firmware: 'uefi' }), tpm({ tpm: true }, {}), tpm({}, { firmware: 'uefi' })]).toEqual([true, false, false])
  })

  it('are of another kind on another architecture', () => {
    expect(config({ arch: 'aarch64' })).toMatchObject({ arch: 'aarch64', machineType: 'virt' })
    expect(child(written({ arch: 'aarch64' }), 'features', 'vmport')).toBeUndefined()
  })

  it('show a picture of the kind that the guest can drive', () => {
    expect(config().videos).toEqual(['vga'])
    expect(config({ traits: { ...linux, virtioGpu: true } }).videos).toEqual(['virtio'])
  })

  it('have the network that was chosen, or none', () => {
    expect(config({}, { network: { kind: 'user' } }).interfaces).toMatchObject([{ type: 'user', source: null }])
    expect(config({}, { network: { kind: 'network', name: "it's <a>" } }).interfaces).toMatchObject([{ source: "it's <a>" }])
    expect(config({}, { network: { kind: 'bridge', name: 'br0' } }).interfaces).toMatchObject([{ type: 'bridge', source: 'br0' }])
    expect(config({}, { network: { kind: 'direct', name: 'enp1s0' } }).interfaces).toMatchObject([{ type: 'direct', source: 'enp1s0' }])
    expect(config({}, { network: { kind: 'none' } }).interfaces).toEqual([])
  })
})

describe('the display', () => {
  it('of a session opens no port and needs no password', () => {
    expect(config().graphics).toMatchObject([{ type: 'vnc', listen: 'socket', hasPassword: false }])
    expect(buildXml(machineDocument(facts()))).not.toContain(identity.displayPassword)
  })

  it('of the system is on the loopback address, with a password that no line shows', () => {
    const system = written({ kind: 'system' })
    expect(readConfig(system).graphics).toMatchObject([{ type: 'vnc', listen: 'address', address: '127.0.0.1', hasPassword: true }])
    expect(secretsOf(buildXml(system)).map((secret) => secret.value)).toEqual([identity.displayPassword])
  })
})
