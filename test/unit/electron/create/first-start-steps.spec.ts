import { describe, expect, it } from 'vitest'
import { withSeed } from '../../../../electron/create/first-start-steps.ts'
import { readDisk } from '../../../../electron/libvirt/domain/devices/disk.ts'
import { attr, buildXml, child, children, parseXml, text } from '../../../../electron/libvirt/xml/document.ts'

const document = (machine: string, target: string, bus: string) =>
  parseXml(`<domain type="qemu">
  <os>
    <type arch="x86_64" machine="${machine}">hvm</type>
  </os>
  <devices>
    <disk type="file" device="disk">
      <target dev="${target}" bus="${bus}"/>
    </disk>
    <controller type="usb" model="qemu-xhci"/>
  </devices>
</domain>`)

describe('the document of a first start', () => {
  it.each([
    ['q35', 'vda', 'virtio', 'sda', 'scsi'],
    ['q35', 'sda', 'sata', 'sdb', 'sata'],
    ['pc', 'vda', 'virtio', 'hda', 'ide'],
    ['pc', 'hda', 'ide', 'hdb', 'ide'],
  ])('on %s with %s on %s has its CD as %s on %s', (machine, target, bus, drive, on) => {
    const domain = document(machine, target, bus)
    const before = buildXml(domain)
    const told = withSeed(domain, '/seeds/ñ & x.iso')
    const devices = child(told, 'devices')
    expect(children(devices, 'disk').map(readDisk)[1]).toMatchObject({ device: 'cdrom', target: drive, bus: on, path: '/seeds/ñ & x.iso', format: 'raw', readOnly: true })
    // a controller of its own, at a slot that libvirt gives to nothing
    const scsi = children(devices, 'controller', { type: 'scsi' })
    expect(scsi.map((one) => [attr(one, 'model'), attr(child(one, 'address'), 'slot')])).toEqual(on === 'scsi' ? [['virtio-scsi', '0x10']] : [])
    expect(attr(child(told, 'os', 'smbios'), 'mode')).toBe('sysinfo')
    expect(text(child(told, 'sysinfo', 'system', 'entry'))).toBe('ds=nocloud')
    expect(buildXml(domain)).toBe(before)
  })
})
