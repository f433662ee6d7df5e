/** What the app builds is what libvirt's own schemas accept. https://libvirt.org/format.html */
import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { buildBalloon } from '../../../electron/libvirt/domain/devices/balloon.ts'
import { buildAgentChannel } from '../../../electron/libvirt/domain/devices/channel.ts'
import { buildRootPorts, buildUsb2Controllers, buildUsbController } from '../../../electron/libvirt/domain/devices/controller.ts'
import { buildDisk } from '../../../electron/libvirt/domain/devices/disk.ts'
import { buildGraphics, patchGraphics } from '../../../electron/libvirt/domain/devices/graphics.ts'
import { buildInput } from '../../../electron/libvirt/domain/devices/input.ts'
import { buildInterface, patchInterface } from '../../../electron/libvirt/domain/devices/interface.ts'
import { patchPasstForwards } from '../../../electron/libvirt/domain/ports/passt.ts'
import { patchBoot } from '../../../electron/libvirt/domain/devices/os.ts'
import { buildRng } from '../../../electron/libvirt/domain/devices/rng.ts'
import { buildSerial } from '../../../electron/libvirt/domain/devices/serial.ts'
import { buildTpm } from '../../../electron/libvirt/domain/devices/tpm.ts'
import { buildVideo } from '../../../electron/libvirt/domain/devices/video.ts'
import { buildFolderPool } from '../../../electron/libvirt/pool/index.ts'
import { withUuid } from '../../../electron/libvirt/uuid.ts'
import { buildVolume } from '../../../electron/libvirt/volume/index.ts'
import { buildXml, child, children, parseXml, type XmlElement } from '../../../electron/libvirt/xml/document.ts'
import { folder, hostileNames, logging, machine, network, virsh } from './objects.ts'
import { domainDefine, domainUndefine } from '../../../electron/libvirt/domain/index.ts'

const place = folder('schema')
afterAll(() => rmSync(place, { recursive: true }))

/** Fails with the validator's words. */
function validate(xml: string, kind: 'domain' | 'network' | 'storagepool' | 'storagevol'): void {
  const path = join(place, 'document.xml')
  writeFileSync(path, xml)
  execFileSync('virt-xml-validate', [path, kind], { stdio: 'pipe' })
}

const mac = '52:54:00:01:02:03'
const disk = { device: 'disk', target: 'vda', bus: 'virtio', path: '/a & "b"/<c>.qcow2', format: 'qcow2' } as const

const parts: Readonly<Record<string, readonly XmlElement[]>> = {
  'a disk with everything': [buildDisk({ ...disk, discard: 'unmap', cache: 'none', readOnly: true, bootOrder: 1 })],
  'drives, full and empty': [
    buildDisk({ device: 'cdrom', target: 'sda', bus: 'sata', path: null, format: 'raw' }),
    buildDisk({ device: 'cdrom', target: 'sdb', bus: 'sata', path: '/x.iso', format: 'raw', bootOrder: 2 }),
    buildDisk({ device: 'floppy', target: 'fda', bus: 'fdc', path: '/x.img', format: 'raw' }),
  ],
  cards: [
    buildInterface({ source: { type: 'user' }, model: 'virtio', mac, bootOrder: 1 }),
    buildInterface({ source: { type: 'network', network: 'a & <b>' }, model: 'e1000e', mac }),
    buildInterface({ source: { type: 'bridge', bridge: 'br0' }, model: 'rtl8139', mac }),
  ],
  'a card of passt with its ports': [withPorts()],
  displays: [
    buildGraphics({ type: 'vnc', listen: 'socket' }),
    buildGraphics({ type: 'spice', listen: 'address', address: '127.0.0.1' }),
    withPassword(),
  ],
  'serial ports': [...buildSerial(), ...buildSerial({ port: 1 })],
  'channel, generator, balloon and TPM': [buildAgentChannel(), buildRng(), buildBalloon(), buildTpm()],
  'controllers and inputs': [buildUsbController(), ...buildRootPorts(14), buildInput({ type: 'tablet', bus: 'usb' }), buildInput({ type: 'keyboard', bus: 'ps2' })],
  'the old USB controllers': [...buildUsb2Controllers()],
  'graphics cards': ['virtio', 'vga', 'bochs', 'qxl'].map((model) => buildVideo({ model })),
}

function withPorts(): XmlElement {
  const card = buildInterface({ source: { type: 'user' }, model: 'virtio', mac, bootOrder: 1 })
  patchInterface(card, { source: { type: 'user', passt: true } })
  patchPasstForwards(card, [{ protocol: 'tcp', hostAddress: '127.0.0.1', hostPort: 2_222, guestPort: 22 }, { protocol: 'udp', hostAddress: '0.0.0.0', hostPort: 53, guestPort: 53 }])
  return card
}

function withPassword(): XmlElement {
  const display = buildGraphics({ type: 'vnc', listen: 'address', address: '127.0.0.1' })
  patchGraphics(display, { password: 'a<"&b' })
  return display
}

describe('the schema accepts a machine with', () => {
  it.each(Object.keys(parts))('%s', (name) => {
    validate(machine('x', { change: { devices: parts[name] ?? [] } }), 'domain')
  })

  it('every kind of firmware, processor and system', () => {
    for (const firmware of ['bios', 'uefi'] as const) {
      for (const virtType of ['kvm', 'qemu'] as const) {
        for (const windows of [false, true]) {
          const cpu = virtType === 'kvm' ? (windows ? 'host-passthrough' : 'host-model') : 'maximum'
          const os = { arch: 'x86_64', machine: windows ? 'q35' : 'pc', firmware, boot: ['cdrom', 'hd', 'network'] } as const
          validate(machine('x', { change: { virtType, cpu, windows, os, osId: 'http://debian.org/debian/11', createdFiles: ['/a "b"', '/ñ & <c>'], title: 'T & <t>' } }), 'domain')
        }
      }
    }
  })

  it('any name that libvirt takes', () => {
    for (const name of hostileNames) validate(machine(name, { change: { title: name } }), 'domain')
  })
})

it('the schema refuses what is wrong: it is there, and it looks', () => {
  expect(() => validate(machine('x').replace('<vcpu>', '<vcpus>').replace('</vcpu>', '</vcpus>'), 'domain')).toThrow(/vcpus|fails to validate/)
  expect(() => validate(machine('two\nlines'), 'domain')).toThrow(/fails to validate/)
})

it('the schema accepts pools, volumes and networks', () => {
  validate(buildFolderPool({ name: 'a & <b>', path: '/ñ "c"/d' }), 'storagepool')
  validate(withUuid(buildFolderPool({ name: 'x', path: '/x' }), 'pool').document, 'storagepool')
  validate(buildVolume({ name: 'a & <b>', format: 'qcow2', capacityBytes: 2 ** 40 }), 'storagevol')
  validate(buildVolume({ name: 'x', format: 'qcow2', capacityBytes: 1, backing: { path: '/a "b"', format: 'raw' } }), 'storagevol')
  validate(withUuid(network('a-b'), 'network').document, 'network')
})

it('what libvirt made of a document is still accepted after each of the app’s patches', async () => {
  const target = logging()
  const uuid = await domainDefine(target, machine('patched', { disks: [disk, { ...disk, device: 'cdrom', target: 'sda', bus: 'sata', format: 'raw' }], network: { type: 'user' }, change: { osId: 'http://debian.org/debian/11', createdFiles: ['/x'] } }))
  const domain = parseXml(virsh('dumpxml', uuid, '--inactive'))
  const devices = child(domain, 'devices')
  const [card] = children(devices, 'interface')
  const [display] = children(devices, 'graphics')
  if (!card || !display) throw new Error('libvirt dropped a device')
  const steps: (() => void)[] = [
    () => patchInterface(card, { source: { type: 'network', network: 'a & b' }, model: 'e1000e', linkUp: false }),
    () => patchInterface(card, { source: { type: 'user' }, linkUp: true }),
    () => patchGraphics(display, { password: 'secret' }),
    () => patchBoot(domain, { by: 'kinds', entries: (['cdrom', 'network', 'disk'] as const).map((kind) => ({ kind, target: null })) }),
  ]
  for (const step of steps) {
    step()
    validate(buildXml(domain), 'domain')
  }
  await domainUndefine(target, uuid)
  await domainDefine(target, buildXml(domain))
  expect(virsh('domiflist', uuid)).toMatch(/user .* e1000e /)
  await domainUndefine(target, uuid)
})
