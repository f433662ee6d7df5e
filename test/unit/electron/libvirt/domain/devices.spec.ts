import { describe, expect, it } from 'vitest'
import { buildBalloon } from '../../../../../electron/libvirt/domain/devices/balloon.ts'
import { buildAgentChannel, isGuestAgent, readChannel } from '../../../../../electron/libvirt/domain/devices/channel.ts'
import { buildRootPorts, buildUsb2Controllers, buildUsbController } from '../../../../../electron/libvirt/domain/devices/controller.ts'
import { buildCpu, readCpu } from '../../../../../electron/libvirt/domain/devices/cpu.ts'
import { buildDisk, readDisk, type DiskSpec } from '../../../../../electron/libvirt/domain/devices/disk.ts'
import { buildGraphics, patchGraphics, readGraphics } from '../../../../../electron/libvirt/domain/devices/graphics.ts'
import { buildInput, readInput } from '../../../../../electron/libvirt/domain/devices/input.ts'
import { buildInterface, patchInterface, readInterface } from '../../../../../electron/libvirt/domain/devices/interface.ts'
import { buildOs, patchBoot, readOs } from '../../../../../electron/libvirt/domain/devices/os.ts'
import { buildRng } from '../../../../../electron/libvirt/domain/devices/rng.ts'
import { buildSerial, readSerial } from '../../../../../electron/libvirt/domain/devices/serial.ts'
import { buildTpm, readTpm } from '../../../../../electron/libvirt/domain/devices/tpm.ts'
import { buildVideo, readVideo } from '../../../../../electron/libvirt/domain/devices/video.ts'
import { buildXml, child, children, element, parseXml, type XmlElement } from '../../../../../electron/libvirt/xml/document.ts'
import type { BootEntry } from '../../../../../shared/model/domain.ts'
import type { BootOrder } from '../../../../../shared/model/machine-edit.ts'
import { document } from '../../../fixtures.ts'

/** The device as text after a change to a parsed one. */
function patched(xml: string, change: (el: XmlElement) => void): string {
  const el = parseXml(xml)
  change(el)
  return buildXml(el)
}

describe('a disk', () => {
  const spec: DiskSpec = { device: 'disk', target: 'vda', bus: 'virtio', path: '/a "b"/<ñ>.qcow2', format: 'qcow2', discard: 'unmap', bootOrder: 1 }

  it('is read as it was built', () => {
    expect(readDisk(parseXml(buildXml(buildDisk(spec))))).toEqual({
      device: 'disk', target: 'vda', bus: 'virtio', sourceType: 'file', path: '/a "b"/<ñ>.qcow2', sourceName: null, format: 'qcow2', readOnly: false, cache: null, discard: 'unmap',
    })
  })

  it('is read-only as a CD, unless told otherwise', () => {
    const cd: DiskSpec = { device: 'cdrom', target: 'sda', bus: 'sata', path: null, format: 'raw' }
    expect(buildXml(buildDisk(cd))).toBe('<disk type="file" device="cdrom"><driver name="qemu" type="raw"/><target dev="sda" bus="sata"/><readonly/></disk>')
    expect(buildXml(buildDisk({ ...cd, readOnly: false }))).not.toContain('readonly')
    expect(readDisk(buildDisk({ ...cd, device: 'lun', readOnly: true })).readOnly).toBe(true)
  })
})

describe('a card', () => {
  const mac = '52:54:00:00:00:01'

  it('is read as it was built', () => {
    expect(readInterface(buildInterface({ source: { type: 'network', network: 'a & b' }, model: 'virtio', mac, bootOrder: 2 }))).toEqual({
      type: 'network', source: 'a & b', model: 'virtio', mac, linkUp: true,
    })
    expect(readInterface(buildInterface({ source: { type: 'bridge', bridge: 'br0' }, model: 'e1000', mac }))).toMatchObject({ type: 'bridge', source: 'br0' })
    expect(buildXml(buildInterface({ source: { type: 'user' }, model: 'virtio', mac }))).not.toContain('source')
  })

  it('of a network in bridge mode keeps its network while it runs', () => {
    const live = parseXml("<interface type='bridge'><source network='lan' bridge='br0'/></interface>")
    expect(readInterface(live)).toMatchObject({ type: 'network', source: 'lan' })
    expect(readInterface(parseXml("<interface type='direct'><source dev='eth0' mode='bridge'/></interface>"))).toMatchObject({ type: 'direct', source: 'eth0' })
  })

  it('changes its place, model and cable, and keeps what else it has', () => {
    const own = '<interface type="network"><mac address="m"/><source network="n" portid="p"/><model type="virtio"/><bandwidth/><address type="pci"/></interface>'
    expect(patched(own, (el) => patchInterface(el, { source: { type: 'user' } }))).toBe(
      '<interface type="user"><mac address="m"/><model type="virtio"/><bandwidth/><address type="pci"/></interface>',
    )
    expect(patched(own, (el) => patchInterface(el, { source: { type: 'bridge', bridge: 'br0' }, model: 'e1000e' }))).toBe(
      '<interface type="bridge"><mac address="m"/><source bridge="br0"/><model type="e1000e"/><bandwidth/><address type="pci"/></interface>',
    )
    expect(patched(own, (el) => patchInterface(el, { linkUp: false }))).toContain('<model type="virtio"/><link state="down"/><bandwidth/>')
    expect(patched(own, (el) => patchInterface(el, {}))).toBe(own)
  })

  it('that is plugged in elsewhere leaves behind what only its old place understands', () => {
    const onN2 = (el: Parameters<typeof patchInterface>[0]) => patchInterface(el, { source: { type: 'network', network: 'n2' } })
    const moved = '<interface type="network"><mac address="52:54:00:00:00:01"/><source network="n2"/><model type="virtio"/></interface>'
    const wired = (type: string, inner: string) => `<interface type="${type}"><mac address="52:54:00:00:00:01"/>${inner}<model type="virtio"/></interface>`
    for (const old of [
      wired('bridge', '<source bridge="ovs0"/><vlan><tag id="9"/></vlan><virtualport type="openvswitch"/>'),
      wired('hostdev', '<driver name="vfio"/><source><address type="pci" bus="0x04"/></source><vlan><tag id="7"/></vlan>'),
      wired('ethernet', '<target dev="mytap0" managed="no"/>'),
    ]) expect(patched(old, onN2)).toBe(moved)
  })

  it('says what its form has no field for, and which device of the host it is', () => {
    const hostdev = '<interface type="hostdev"><source><address type="pci" domain="0x0000" bus="0x04" slot="0x10" function="0x1"/></source></interface>'
    expect(readInterface(parseXml(hostdev)).source).toBe('0000:04:10.1')
    expect(readInterface(parseXml('<interface type="mcast"><source address="230.0.0.1" port="5558"/></interface>')).source).toBe('230.0.0.1:5558')
    const rich = '<interface type="network"><source network="n" portgroup="ing"/><bandwidth><inbound average="100"/></bandwidth><filterref filter="clean-traffic"><parameter name="IP" value="10.0.0.5"/></filterref><mtu size="1400"/></interface>'
    expect(readInterface(parseXml(rich)).extras).toEqual([
      { what: 'portGroup', text: 'ing' }, { what: 'filter', text: 'clean-traffic (IP 10.0.0.5)' }, { what: 'inbound', text: '100 KiB/s' }, { what: 'mtu', text: '1400' },
    ])
    expect(readInterface(parseXml('<interface type="direct"><source dev="eth0" mode="private"/></interface>')).extras).toEqual([{ what: 'mode', text: 'private' }])
  })

  it('in user mode is passt’s or QEMU’s own, and keeps what it is where nothing else is asked for', () => {
    const slirp = '<interface type="user"><mac address="m"/><model type="virtio"/></interface>'
    const passt = '<interface type="user"><mac address="m"/><backend type="passt"/><model type="virtio"/></interface>'
    expect(patched(slirp, (el) => patchInterface(el, { source: { type: 'user', passt: true } }))).toBe(passt)
    const ports = passt.replace('<model', '<portForward proto="tcp"/><model')
    expect(patched(ports, (el) => patchInterface(el, { source: { type: 'user' } }))).toBe(slirp)
    expect(patched(ports, (el) => patchInterface(el, { source: { type: 'user', passt: true }, model: 'virtio' }))).toBe(ports)
    expect(buildXml(buildInterface({ source: { type: 'user', passt: true }, model: 'virtio', mac: 'm' }))).toBe(passt)
  })
})

describe('a display', () => {
  it('on a socket opens no port', () => {
    expect(buildXml(buildGraphics({ type: 'vnc', listen: 'socket' }))).toBe('<graphics type="vnc"><listen type="socket"/></graphics>')
    expect(readGraphics(buildGraphics({ type: 'spice', listen: 'socket' }))).toMatchObject({ type: 'spice', listen: 'socket', port: null })
  })

  it('on an address has a port of libvirt’s choice, and perhaps a password', () => {
    const graphics = buildGraphics({ type: 'vnc', listen: 'address', address: '127.0.0.1' })
    patchGraphics(graphics, { password: 'a"b' })
    expect(readGraphics(parseXml(buildXml(graphics)))).toEqual({ type: 'vnc', listen: 'address', address: '127.0.0.1', port: null, socket: null, hasPassword: true })
    patchGraphics(graphics, {})
    expect(readGraphics(graphics)?.hasPassword).toBe(true)
    patchGraphics(graphics, { password: null })
    expect(readGraphics(graphics)?.hasPassword).toBe(false)
  })

  it.each([
    ["<graphics type='vnc' port='5901' listen='0.0.0.0'/>", { listen: 'address', address: '0.0.0.0', port: 5901 }],
    ["<graphics type='vnc' socket='/s'/>", { listen: 'socket', socket: '/s' }],
    ["<graphics type='spice'><listen type='none'/></graphics>", { listen: 'none', port: null }],
    ["<graphics type='spice'><listen type='network' network='n' address='10.0.0.1'/></graphics>", { listen: 'network', address: '10.0.0.1' }],
    ["<graphics type='sdl'/>", { type: 'sdl' }],
    ["<graphics type='vnc' passwdValidTo='2020-01-01T00:00:00'/>", { hasPassword: true }],
  ])('%s', (xml, expected) => {
    expect(readGraphics(parseXml(xml))).toMatchObject(expected)
  })

  it('of an unknown kind is none', () => {
    expect(readGraphics(parseXml("<graphics type='telepathy'/>"))).toBeNull()
  })
})

const kinds = (...names: readonly BootEntry['kind'][]): BootOrder => ({ by: 'kinds', entries: names.map((kind) => ({ kind, target: null })) })

describe('the order of starting', () => {
  it('is by kinds or by devices, never both', () => {
    const domain = document('domain/rich-config.xml')
    patchBoot(domain, kinds('network', 'disk'))
    expect(readOs(domain).boot.map((entry) => entry.kind)).toEqual(['network', 'disk'])
    expect(buildXml(domain)).not.toContain('<boot order')
    expect(children(child(domain, 'os')).map((el) => el.tag)).toEqual(['type', 'boot', 'boot', 'bootmenu'])
  })

  it('that is the same already changes nothing', () => {
    const domain = document('domain/uefi-config.xml')
    const before = buildXml(domain)
    patchBoot(domain, kinds('cdrom', 'disk', 'network'))
    expect(buildXml(domain)).toBe(before)
  })

  it('by devices numbers them anew, those of other kinds too', () => {
    const xml = "<domain><os><type>hvm</type></os><devices><disk device='disk'><target dev='vda'/><boot order='3'/></disk><interface><mac address='52:54:00:AA:00:01'/></interface><hostdev><boot order='1'/></hostdev><redirdev><boot order='2'/></redirdev></devices></domain>"
    const domain = parseXml(xml)
    const entries: BootEntry[] = [{ kind: 'network', target: '52:54:00:aa:00:01' }, { kind: 'other', target: null }, { kind: 'disk', target: 'vda' }]
    patchBoot(domain, { by: 'devices', entries })
    expect(readOs(domain).boot.map(({ kind }) => kind)).toEqual(['network', 'other', 'disk'])
    expect(buildXml(domain)).toContain("<hostdev><boot order=\"2\"/></hostdev><redirdev/>")
    expect(() => patchBoot(domain, { by: 'devices', entries: [{ kind: 'disk', target: 'vdz' }] })).toThrowError(expect.objectContaining({ code: 'not-found' }))
  })

  it('of devices goes by their numbers, not by their places', () => {
    const devices = "<devices><disk device='floppy'><target dev='fda'/><boot order='10'/></disk><interface><mac address='m'/><boot order='2'/></interface><hostdev><boot order='9'/></hostdev></devices>"
    expect(readOs(parseXml(`<domain>${devices}</domain>`)).boot).toEqual([
      { kind: 'network', target: 'm' }, { kind: 'other', target: null }, { kind: 'fd', target: 'fda' },
    ])
  })

  it('is read as it was built, with firmware and type', () => {
    const domain = element('domain', {}, buildOs({ arch: 'x86_64', machine: 'q35', firmware: 'uefi', boot: ['cdrom', 'hd'] }))
    expect(readOs(domain)).toEqual({ arch: 'x86_64', machineType: 'q35', firmware: 'uefi', boot: [{ kind: 'cdrom', target: null }, { kind: 'disk', target: null }] })
    expect(readOs(element('domain', {}, buildOs({ arch: 'x86_64', machine: 'q35', firmware: 'bios' }))).firmware).toBe('bios')
  })
})

describe('the processor', () => {
  it('is passed through with KVM alone', () => {
    expect(buildXml(buildCpu({ mode: 'host-passthrough' }))).toBe('<cpu mode="host-passthrough" check="none" migratable="on"/>')
    expect(buildXml(buildCpu({ mode: 'maximum' }))).toBe('<cpu mode="maximum"/>')
    expect(readCpu(undefined)).toEqual({ mode: null, model: null, topology: null })
  })
})

describe('the other devices', () => {
  it('are read as they were built', () => {
    expect(readVideo(buildVideo({ model: 'virtio' }))).toBe('virtio')
    expect(readInput(buildInput({ type: 'tablet', bus: 'usb' }))).toEqual({ type: 'tablet', bus: 'usb' })
    expect(readTpm(buildTpm())).toEqual({ model: 'tpm-crb', backend: 'emulator', version: '2.0' })
    expect(readChannel(buildAgentChannel())).toEqual({ type: 'unix', name: 'org.qemu.guest_agent.0', connected: null })
    expect(isGuestAgent(readChannel(buildAgentChannel()))).toBe(true)
  })

  it('are virtio’s where virtio has them', () => {
    expect(buildXml(buildRng())).toBe('<rng model="virtio"><backend model="random">/dev/urandom</backend></rng>')
    expect(buildXml(buildBalloon())).toBe('<memballoon model="virtio"/>')
    expect(buildUsbController().attributes).toMatchObject({ type: 'usb', model: 'qemu-xhci' })
  })

  it('USB 2 is one controller with its companions', () => {
    const made = buildUsb2Controllers()
    expect(made.map((el) => el.attributes['index'])).toEqual(['0', '0', '0', '0'])
    expect(made.filter((el) => child(el, 'master')).map((el) => child(el, 'master')?.attributes['startport'])).toEqual(['0', '2', '4'])
  })

  it('root ports come behind the root', () => {
    expect(buildRootPorts(3).map((el) => el.attributes['model'])).toEqual(['pcie-root', 'pcie-root-port', 'pcie-root-port', 'pcie-root-port'])
  })

  it('the first serial port has a console, a second has none', () => {
    expect(buildSerial().map((el) => el.tag)).toEqual(['serial', 'console'])
    expect(buildSerial({ port: 1 }).map(readSerial)).toEqual([{ type: 'pty', port: 1 }])
  })

  it('a channel of a running machine says whether the guest has opened it', () => {
    const channel = (state: string) => readChannel(parseXml(`<channel type='unix'><target name='x' state='${state}'/></channel>`)).connected
    expect([channel('connected'), channel('disconnected')]).toEqual([true, false])
  })
})
