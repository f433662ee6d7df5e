import { describe, expect, it } from 'vitest'
import { networksOf } from '../../../../../electron/libvirt/domain/addresses.ts'
import { readParts, summaryOf } from '../../../../../electron/libvirt/domain/list.ts'
import { readCreatedFiles, readOsId } from '../../../../../electron/libvirt/domain/metadata.ts'
import { readConfig, readNvram } from '../../../../../electron/libvirt/domain/read.ts'
import { secretsOf } from '../../../../../electron/libvirt/domain/secrets.ts'
import { withoutUnlisted } from '../../../../../electron/libvirt/domain/unlisted.ts'
import { parseXml } from '../../../../../electron/libvirt/xml/document.ts'
import { AppError } from '../../../../../shared/model/error.ts'
import { exampleDisk, exampleInterface } from '../../../examples.ts'
import { document, fixture } from '../../../fixtures.ts'

const rich = readConfig(document('domain/rich-live.xml'))
const stored = readConfig(document('domain/rich-config.xml'))

describe('a machine as libvirt describes it', () => {
  it('has its words, memory, processors and firmware', () => {
    expect(rich).toMatchObject({
      title: 'Título <1>',
      description: 'two\nlines',
      virtType: 'qemu',
      arch: 'x86_64',
      machineType: 'pc-q35-7.2',
      firmware: 'bios',
      maxMemoryKiB: 131_072,
      memoryKiB: 131_072,
      maxVcpus: 2,
      vcpus: 1,
      cpu: { mode: 'maximum', model: null, topology: { sockets: 1, cores: 2, threads: 1 } },
    })
    expect(stored.memoryKiB).toBe(98_304)
  })

  it('has its disks, drives and their order', () => {
    expect(rich.disks).toEqual([
      exampleDisk({ path: '/home/aula/images/over.qcow2', cache: 'none' }),
      exampleDisk({ device: 'cdrom', target: 'sda', bus: 'sata', path: '/home/aula/images/i.iso', format: 'raw', readOnly: true, discard: null }),
      exampleDisk({ device: 'cdrom', target: 'sdb', bus: 'sata', path: null, format: null, readOnly: true, discard: null }),
    ])
    expect(rich.boot).toEqual([{ kind: 'cdrom', target: 'sda' }, { kind: 'disk', target: 'vda' }])
  })

  it('has its cards, displays and ports', () => {
    expect(rich.interfaces).toEqual([
      exampleInterface({ type: 'network', source: 'default', mac: '52:54:00:aa:00:01' }),
      exampleInterface({ model: 'e1000e', mac: '52:54:00:aa:00:02', linkUp: false }),
    ])
    expect(rich.graphics).toEqual([
      { type: 'vnc', listen: 'address', address: '127.0.0.1', port: 5900, socket: null, hasPassword: false },
      { type: 'spice', listen: 'socket', address: null, port: null, socket: '/var/lib/libvirt/qemu/domain-1-rich & "full"/spice.sock', hasPassword: false },
    ])
    expect(stored.graphics[0]).toMatchObject({ port: null, socket: null })
    expect(readConfig(document('domain/rich-secure.xml')).graphics[0]?.hasPassword).toBe(true)
    expect(rich.videos).toEqual(['virtio'])
    expect(rich.serials).toEqual([{ type: 'pty', port: 0 }])
  })

  it('hides no other device', () => {
    const others = rich.others.map(({ element, fact }) => `${element} ${fact}`)
    expect(others).toEqual(
      expect.arrayContaining([
        'channel org.qemu.guest_agent.0', 'input tablet usb', 'sound ich9', 'watchdog i6300esb', 'memballoon virtio', 'rng /dev/urandom', 'filesystem shared tag',
        'controller usb qemu-xhci', 'console pty', 'audio spice',
      ]),
    )
    expect(readConfig(document('domain/uefi-live.xml')).others).toContainEqual({ element: 'tpm', fact: 'tpm-crb 2.0' })
  })

  it('keeps what Vivero and libosinfo wrote into it', () => {
    expect(readOsId(document('domain/rich-live.xml'))).toBe('http://debian.org/debian/11')
    expect(rich.createdFiles).toEqual(['/home/aula/images/ñ d.qcow2'])
    expect(readOsId(document('domain/uefi-live.xml'))).toBeNull()
    expect(readCreatedFiles(document('domain/uefi-live.xml'))).toEqual([])
  })

  it('with UEFI says so, with its order by kinds and its NVRAM', () => {
    const uefi = readConfig(document('domain/uefi-config.xml'))
    expect(uefi).toMatchObject({ firmware: 'uefi', title: null, description: null, cpu: { mode: 'custom', model: 'qemu64', topology: null } })
    expect(uefi.boot.map((entry) => entry.kind)).toEqual(['cdrom', 'disk', 'network'])
    expect(readConfig(document('domain/uefi-live.xml')).firmware).toBe('uefi')
    expect(readNvram(document('domain/uefi-live.xml'))).toBe('/var/lib/libvirt/qemu/nvram/uefi_VARS.fd')
    expect(readNvram(document('domain/uefi-config.xml'))).toBeNull()
    expect(readNvram(parseXml("<domain><os><nvram type='file'><source file='/n'/></nvram></os></domain>"))).toBe('/n')
  })

  it('of the test driver is read too', () => {
    expect(readConfig(document('domain/test-driver.xml'))).toMatchObject({
      virtType: 'test', arch: 'i686', machineType: null, maxMemoryKiB: 8_388_608, memoryKiB: 2_097_152, vcpus: 2, boot: [{ kind: 'disk', target: null }],
      disks: [{ path: '/guest/diskimage1', format: null }], interfaces: [{ type: 'network', source: 'default', model: null }], graphics: [],
    })
  })

  it('that says next to nothing is read as far as it goes', () => {
    expect(readConfig(parseXml("<domain type='lxc'/>"))).toMatchObject({
      virtType: 'lxc', arch: null, firmware: null, maxMemoryKiB: 0, memoryKiB: 0, vcpus: 1, disks: [], boot: [], others: [], createdFiles: [], login: null,
    })
    const odd = readConfig(parseXml("<domain><os><type>linux</type></os><devices><graphics type='new'/><video/><hostdev type='usb'/></devices></domain>"))
    expect(odd).toMatchObject({ firmware: null, graphics: [], videos: ['default'], others: [{ element: 'hostdev', fact: 'usb' }] })
  })

  it("takes no other's metadata for its own", () => {
    const other = parseXml("<domain><metadata><v:machine xmlns:v='urn:other'><v:file path='/x'/></v:machine></metadata></domain>")
    expect(readCreatedFiles(other)).toEqual([])
    const renamed = parseXml("<domain><metadata><machine xmlns='https://vivero.app/xmlns/1'><file path='/a&amp;b'/><file/></machine></metadata></domain>")
    expect(readCreatedFiles(renamed)).toEqual(['/a&b'])
  })
})

describe('disks of other kinds', () => {
  const disk = (xml: string) => readConfig(parseXml(`<domain><devices>${xml}</devices></domain>`)).disks[0]
  it.each([
    ["<disk type='block' device='disk'><source dev='/dev/sdb'/><target dev='vda' bus='virtio'/></disk>", { sourceType: 'block', path: '/dev/sdb', sourceName: null }],
    ["<disk type='volume'><source pool='p' volume='v'/><target dev='vda'/></disk>", { device: 'disk', sourceType: 'volume', path: null, sourceName: 'p/v' }],
    ["<disk type='network'><source protocol='rbd' name='pool/x'><host name='h'/></source><target dev='vda'/></disk>", { path: null, sourceName: 'rbd://h/pool/x' }],
    ["<disk type='dir' device='floppy'><source dir='/d'/><target dev='fda' bus='fdc'/></disk>", { device: 'floppy', path: '/d' }],
    ["<disk device='new'><target dev='vda'/></disk>", { device: 'disk', sourceType: 'file', path: null }],
  ])('%s', (xml, expected) => {
    expect(disk(xml)).toMatchObject(expected)
  })
})

describe('a row of the list', () => {
  const target = { uri: 'qemu:///system', connection: 'c1' }
  const uuid = '3f9d0c1e-6f0b-4c58-9c0f-0d7c5f5b1a01'
  const flags = { autostart: new Set([uuid]), persistent: new Set([uuid]), saved: new Set<string>() }
  const parts = (xml: string, state: string) =>
    readParts(uuid, [{ ok: true, text: fixture(`libvirt/domain/${xml}.xml`) }, { ok: true, text: fixture(`virsh/${state}.txt`) }])

  it('of a running machine has its number, state, addresses and displays', () => {
    const running = parts('rich-live', 'state-running')
    const leases = new Map([['default', [{ mac: '52:54:00:aa:00:01', address: '192.168.122.57', prefix: 24, hostname: 'aula-1', expiresAt: 1 }]]])
    expect(running && summaryOf(target, running, flags, leases)).toEqual({
      connection: 'c1',
      uuid,
      complete: true,
      name: 'rich & "full"',
      title: 'Título <1>',
      id: 1,
      state: 'running',
      reason: 'booted',
      saved: false,
      vcpus: 1,
      memoryKiB: 131_072,
      autostart: true,
      persistent: true,
      osId: 'http://debian.org/debian/11',
      addresses: [
        { address: '192.168.122.57', prefix: 24, mac: '52:54:00:aa:00:01', origin: 'lease' },
        { address: '10.0.2.15', prefix: 24, mac: '52:54:00:aa:00:02', origin: 'expected' },
      ],
      displays: ['vnc', 'spice'],
      hasSerial: true,
      networks: ['default'],
      cards: [
        { type: 'network', source: 'default', mac: '52:54:00:aa:00:01' },
        { type: 'user', source: null, mac: '52:54:00:aa:00:02' },
      ],
    })
  })

  it('is the same of a document without what no list needs, which is smaller', () => {
    for (const name of ['rich-live', 'rich-config', 'rich-secure', 'uefi-config', 'uefi-live', 'test-driver']) {
      const whole = fixture(`libvirt/domain/${name}.xml`)
      const cut = withoutUnlisted(whole)
      const row = (text: string) => {
        const read = readParts(uuid, [{ ok: true, text }])
        return read && summaryOf(target, read, flags, new Map())
      }
      expect(row(cut), name).toEqual(row(whole))
      expect(cut).not.toMatch(/<(controller|video|memballoon|input)\b/)
      if (name.startsWith('rich')) expect(cut.length).toBeLessThan(whole.length * 0.8)
    }
  })

  it('loses nothing that stands elsewhere, or is laid out in another way than libvirt’s', () => {
    const kept = "<domain>\n  <metadata>\n    <controller/>\n  </metadata>\n  <devices>\n    <disk>\n      <controller/>\n    </disk>\n <video/>\n  </devices>\n</domain>\n"
    expect(withoutUnlisted(kept)).toBe(kept)
    expect(withoutUnlisted('<domain><devices><video/></devices></domain>')).toBe('<domain><devices><video/></devices></domain>')
    expect(withoutUnlisted(kept.replace(' <video/>', "    <video a='1'>\n      <model/>\n    </video>\n    <input type='mouse'/>"))).toBe(kept.replace(' <video/>\n', ''))
  })

  it('of one that is off has no number and no address', () => {
    const off = parts('rich-config', 'state-destroyed')
    expect(off && summaryOf(target, off, { ...flags, saved: new Set([uuid]), autostart: new Set() }, new Map())).toMatchObject({
      id: null, state: 'shutoff', reason: 'destroyed', addresses: [], saved: true, autostart: false, memoryKiB: 98_304,
    })
  })

  it('of one that went meanwhile is none, and another failure is thrown', () => {
    expect(readParts(uuid, [{ ok: false, error: new AppError('not-found') }, { ok: true, text: '' }])).toBeUndefined()
    expect(() => readParts(uuid, [{ ok: false, error: new AppError('connection-gone') }])).toThrowError(expect.objectContaining({ code: 'connection-gone' }))
  })

  it('names each network once', () => {
    const twice = "<domain><devices><interface type='network'><source network='n'/></interface><interface type='bridge'><source network='n' bridge='b'/></interface><interface type='bridge'><source bridge='br0'/></interface><interface type='hostdev'/></devices></domain>"
    expect(networksOf(parseXml(twice))).toEqual(['n'])
  })
})

describe('secrets of a document', () => {
  it('are the passwords of its displays, as they are and as they are written', () => {
    expect(secretsOf(fixture('libvirt/domain/rich-secure.xml'))).toEqual([{ value: 'se&cret', escaped: 'se&amp;cret' }])
    expect(secretsOf(fixture('libvirt/domain/rich-live.xml'))).toEqual([])
    expect(secretsOf("<domain><devices><graphics passwd=''/></devices></domain>")).toEqual([])
  })
})
