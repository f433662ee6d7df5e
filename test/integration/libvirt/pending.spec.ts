/** What waits for a machine's next start, changed by virsh and by the app's verbs; and what the verbs leave in libvirt. */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { withSeed } from '../../../electron/create/first-start-steps.ts'
import { createArguments } from '../../../electron/libvirt/domain/define.ts'
import { virshWriteDocument } from '../../../electron/libvirt/virsh.ts'
import { domainApplyPending, domainDefine, domainDestroy, domainDiscardPending, domainEdit, domainGet, domainSave, domainStart, domainUndefine } from '../../../electron/libvirt/domain/index.ts'
import { attr, buildXml, child, children, element, parseXml, setAttr, setText, type XmlElement } from '../../../electron/libvirt/xml/document.ts'
import { networkDefine, networkDestroy, networkStart, networkUndefine } from '../../../electron/libvirt/network/index.ts'
import { clear } from '../create/support.ts'
import { heldMemory } from '../../../shared/model/machine-edit.ts'
import { folder, logging, network, virsh } from './objects.ts'

const target = logging()
const place = folder('pending')
const disk = join(place, 'a b.img')
const [isoA, isoB] = [join(place, 'a.iso'), join(place, 'b.iso')]
let uuid = ''
const nets: string[] = []

const MAC = '52:54:00:00:01:01'
const OTHER = '52:54:00:00:01:02'
const card = (mac: string, net = 'pending-a'): XmlElement =>
  element('interface', { type: 'network' }, element('mac', { address: mac }), element('source', { network: net }), element('model', { type: 'virtio' }))
const cd = (path: string | null): XmlElement =>
  element('disk', { type: 'file', device: 'cdrom' }, path === null ? null : element('source', { file: path }), element('target', { dev: 'sda', bus: 'sata' }), element('readonly'))

const document = (id: string): string =>
  buildXml(
    element(
      'domain',
      { type: 'qemu' },
      element('name', {}, 'pending ñ "x"'),
      element('uuid', {}, id),
      element('memory', { unit: 'MiB' }, '64'),
      element('vcpu', { current: 1 }, '4'),
      element('os', {}, element('type', { arch: 'x86_64', machine: 'q35' }, 'hvm')),
      element('features', {}, element('acpi')),
      element(
        'devices',
        {},
        element('disk', { type: 'file' }, element('driver', { name: 'qemu', type: 'raw' }), element('source', { file: disk }), element('target', { dev: 'vda', bus: 'virtio' })),
        cd(isoA),
        card(MAC),
        element('interface', { type: 'user' }, element('mac', { address: OTHER }), element('model', { type: 'e1000e' })),
        element('serial', { type: 'pty' }),
        element('graphics', { type: 'vnc', passwd: 'se&cret' }, element('listen', { type: 'address', address: '127.0.0.1' })),
        element('graphics', { type: 'spice' }, element('listen', { type: 'socket' })),
        element('video', {}, element('model', { type: 'vga' })),
        element('sound', { model: 'ich9' }),
        element('memballoon', { model: 'virtio' }),
      ),
    ),
  )

/** What virt-install and others put into a machine, as they write it. */
const whole = (id: string): string => `<domain type='qemu'><name>whole</name><uuid>${id}</uuid><memory unit='MiB'>128</memory><vcpu>2</vcpu>
<os firmware='efi'><type arch='x86_64' machine='q35'>hvm</type></os><features><acpi/><apic/><smm state='on'/></features>
<cpu mode='host-model'><topology sockets='1' cores='2' threads='1'/></cpu><clock offset='utc'/>
<devices>
<disk type='file' device='disk'><driver name='qemu' type='qcow2' discard='unmap'/><source file='${join(place, 'over.qcow2')}'/><target dev='vda' bus='virtio'/><boot order='1'/></disk>
<disk type='file' device='cdrom'><source file='${isoA}'/><target dev='sda' bus='sata'/><readonly/><boot order='2'/></disk>
<controller type='scsi' model='virtio-scsi'/><controller type='usb' model='qemu-xhci' ports='15'/>
<interface type='network'><mac address='52:54:00:00:03:01'/><source network='pending-a'/><model type='virtio'/></interface>
<interface type='user'><mac address='52:54:00:00:03:02'/><model type='e1000e'/></interface>
<console type='pty'/><channel type='unix'><source mode='bind'/><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
<channel type='spicevmc'><target type='virtio' name='com.redhat.spice.0'/></channel>
<channel type='qemu-vdagent'><source><clipboard copypaste='yes'/></source><target type='virtio' name='com.redhat.spice.1'/></channel>
<input type='tablet' bus='usb'/><tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>
<graphics type='spice'><listen type='none'/><image compression='off'/></graphics><graphics type='vnc' port='5977'/>
<sound model='ich9'/><video><model type='qxl'/></video><redirdev bus='usb' type='spicevmc'/><redirdev bus='usb' type='spicevmc'/>
<watchdog model='i6300esb' action='reset'/><memballoon model='virtio'/><rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
<panic model='isa'/>
</devices></domain>`

beforeAll(async () => {
  await clear()
  for (const path of [disk, isoA, isoB]) writeFileSync(path, Buffer.alloc(2048))
  for (const name of ['pending-a', 'pending-b']) {
    const id = await networkDefine(target, network(name))
    nets.push(id)
    await networkStart(target, id)
  }
  uuid = await domainDefine(target, document(randomUUID()))
  await domainStart(target, uuid)
})
afterAll(async () => {
  await domainDestroy(target, uuid).catch(() => undefined)
  await domainUndefine(target, uuid)
  for (const id of nets) await networkDestroy(target, id).then(() => networkUndefine(target, id))
  rmSync(place, { recursive: true })
})
afterEach(async () => {
  const { pending } = await domainGet(target, uuid)
  if (pending.length === 0) return
  expect(await domainDiscardPending(target, uuid, pending.map(({ field }) => field))).toEqual([])
  expect(await fields()).toEqual([])
})

const fields = async (): Promise<string[]> => (await domainGet(target, uuid)).pending.map(({ field, applicable }) => `${field}${applicable ? ' now' : ''}`)
const dump = (...flags: string[]): string => virsh('dumpxml', uuid, ...flags)
/** What another program does: the stored document with a change. */
async function outside(change: (devices: XmlElement, domain: XmlElement) => void): Promise<void> {
  const domain = parseXml(dump('--inactive', '--security-info'))
  const devices = child(domain, 'devices')
  if (devices) change(devices, domain)
  await domainDefine(target, buildXml(domain))
}
const without = (devices: XmlElement, tag: string, which: (one: XmlElement) => boolean = () => true): void => {
  for (const one of children(devices, tag).filter(which)) devices.content.splice(devices.content.indexOf(one), 1)
}
const isCard = (mac: string) => (one: XmlElement) => attr(child(one, 'mac'), 'address') === mac

describe('a machine that has just started', () => {
  it('waits for nothing, whatever libvirt has added to what runs', async () => {
    expect(await fields()).toEqual([])
    expect(dump()).toMatch(/vnet\d/)
  })
})

describe('a machine with devices of every kind that was started with a seed', () => {
  it('waits for nothing either', async () => {
    const id = randomUUID()
    const seed = join(place, `first-start-${id}.iso`)
    writeFileSync(seed, Buffer.alloc(2048))
    const base = join(place, 'base.img')
    writeFileSync(base, Buffer.alloc(2048))
    execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', '-b', base, '-F', 'raw', join(place, 'over.qcow2')])
    const xml = whole(id)
    await domainDefine(target, xml)
    try {
      await virshWriteDocument(target, createArguments, buildXml(withSeed(parseXml(xml), seed)))
      const { live, config, pending } = await domainGet(target, id)
      expect([live?.disks.length, config?.disks.length]).toEqual([3, 2])
      expect(pending).toEqual([])
    } finally {
      await domainDestroy(target, id).catch(() => undefined)
      virsh('undefine', id, '--nvram', '--tpm')
    }
  })
})

describe('S3.11 what virsh changes for the next start is seen, applied and taken back', () => {
  const more = '52:54:00:00:01:03'

  it('applied: words, processors, a CD, cards and their cables', async () => {
    virsh('desc', uuid, '--config', '--title', '--new-desc=Ñu "1"')
    virsh('desc', uuid, '--config', '--new-desc=two\nlines')
    virsh('setvcpus', uuid, '2', '--config')
    virsh('change-media', uuid, 'sda', isoB, '--update', '--config')
    virsh('domif-setlink', uuid, OTHER, 'down', '--config')
    await outside((devices) => {
      for (const source of children(children(devices, 'interface').find(isCard(MAC)), 'source')) setAttr(source, 'network', 'pending-b')
      devices.content.push(card(more))
    })
    const expected = ['title', 'description', 'vcpus', 'disk:sda', `interface:${MAC}`, `interface:${OTHER}`, `interface:${more}`]
    expect(await fields()).toEqual(expected.map((field) => `${field} now`))
    const stored = dump('--inactive')
    expect(await domainApplyPending(target, uuid, expected)).toEqual([])
    expect(await fields()).toEqual([])
    // what waits is applied, not written anew
    expect(dump('--inactive')).toBe(stored)
    expect(virsh('domiflist', uuid).split('\n').filter((line) => /vnet/.test(line)).map((line) => line.trim().split(/\s+/).slice(2))).toEqual([
      ['pending-b', 'virtio', MAC], ['pending-a', 'virtio', more],
    ])
    virsh('change-media', uuid, 'sda', '--eject', '--config')
    expect(await domainApplyPending(target, uuid, ['disk:sda'])).toEqual([])
    expect(virsh('domblklist', uuid)).toMatch(/sda\s+-/)
  })

  it('what no guest takes stays waiting, and says so', async () => {
    virsh('setmem', uuid, '48MiB', '--config')
    await outside((devices) => without(devices, 'interface', isCard(OTHER)))
    // all the memory that there is: a restart would change nothing, and the guest may be asked again
    expect(heldMemory(await domainGet(target, uuid))).toBe(48 * 1024)
    expect(await fields()).toEqual([`interface:${OTHER} now`])
    expect(await domainEdit(target, uuid, { memory: { kib: 48 * 1024, maxKib: 64 * 1024 } })).toMatchObject([{ field: 'memory', error: { code: 'memory-kept' } }])
    expect(await domainDiscardPending(target, uuid, [`interface:${OTHER}`])).toEqual([])
    expect(await fields()).toEqual([])
    expect(dump('--inactive')).toContain(OTHER)
    virsh('setmem', uuid, '64MiB', '--config')
  })

  it('only at a start: sizes, boot order, machine type, CPU and devices; all can be taken back', async () => {
    const before = parseXml(dump('--inactive', '--security-info'))
    virsh('setmaxmem', uuid, '128MiB', '--config')
    virsh('setmem', uuid, '96MiB', '--config')
    virsh('setvcpus', uuid, '6', '--config', '--maximum')
    await outside((devices, domain) => {
      setAttr(child(domain, 'os', 'boot') ?? domain, 'dev', 'network')
      setAttr(child(domain, 'os', 'type') ?? domain, 'machine', 'pc-q35-6.2')
      domain.content.splice(domain.content.findIndex((one) => 'tag' in one && one.tag === 'cpu'), 1, element('cpu', { mode: 'maximum' }))
      without(devices, 'disk', (one) => attr(child(one, 'target'), 'dev') === 'vda')
      without(devices, 'graphics', (one) => attr(one, 'type') === 'vnc')
      without(devices, 'sound')
      children(domain, 'on_crash').forEach((one) => setText(one, 'restart'))
      setAttr(child(devices, 'video', 'model') ?? devices, 'type', 'virtio')
    })
    const expected = ['memory', 'max-memory', 'max-vcpus', 'boot', 'machine-type', 'cpu', 'disk:vda', 'graphics', 'devices:video', 'devices:sound', 'settings:on_crash']
    expect(await fields()).toEqual(expected)
    expect(await domainApplyPending(target, uuid, expected)).toMatchObject(expected.map((field) => ({ field, error: { code: 'unsupported' } })))
    expect(await domainDiscardPending(target, uuid, expected)).toEqual([])
    expect(await fields()).toEqual([])
    const after = parseXml(dump('--inactive', '--security-info'))
    for (const tag of ['os', 'memory', 'currentMemory', 'vcpu', 'on_crash']) expect(buildXml(child(after, tag) ?? after)).toBe(buildXml(child(before, tag) ?? before))
    // the same devices in the same slots, passwords too; libvirt may list them in another order
    const devices = (domain: XmlElement) => children(child(domain, 'devices')).map((one) => buildXml(one).replace(/\n\s*/g, '')).sort()
    expect(devices(after)).toEqual(devices(before))
  })
})

describe('the app’s own edits', () => {
  const sizes = async () => {
    const { live, config } = await domainGet(target, uuid)
    return [live, config].map((one) => one && [one.memoryKiB / 1024, one.maxMemoryKiB / 1024, one.vcpus, one.maxVcpus])
  }

  it('take effect at once where libvirt can, and wait where it cannot', async () => {
    expect(await domainEdit(target, uuid, { vcpus: { count: 3, max: 4 }, title: 'Uno' })).toEqual([])
    expect(await sizes()).toEqual([[64, 64, 3, 4], [64, 64, 3, 4]])
    expect(await domainEdit(target, uuid, { memory: { kib: 80 * 1024, maxKib: 96 * 1024 }, vcpus: { count: 5, max: 6 } })).toEqual([])
    expect(await sizes()).toEqual([[64, 64, 3, 4], [80, 96, 5, 6]])
    expect(await fields()).toEqual(['memory', 'max-memory', 'vcpus', 'max-vcpus'])
  })

  it('are all undone where one cannot be kept', async () => {
    const before = dump('--inactive', '--security-info')
    const all = { title: 'Dos', description: 'd', vcpus: { count: 1, max: 4 }, boot: { by: 'kinds', entries: [{ kind: 'cdrom', target: null }] } } as const
    await expect(domainEdit(target, uuid, { ...all, title: 'two\nlines' })).rejects.toMatchObject({ code: 'name-invalid' })
    expect(dump('--inactive', '--security-info')).toBe(before)
    await expect(domainEdit(target, uuid, { ...all, boot: { by: 'devices', entries: [{ kind: 'disk', target: 'vdz' }] } })).rejects.toMatchObject({ code: 'not-found' })
    expect(dump('--inactive', '--security-info')).toBe(before)
  })

  it('boot order by kinds and by devices, one after the other', async () => {
    const entries = [{ kind: 'cdrom', target: 'sda' }, { kind: 'network', target: MAC }] as const
    await domainEdit(target, uuid, { boot: { by: 'devices', entries } })
    expect((await domainGet(target, uuid)).config?.boot).toEqual(entries)
    expect(dump('--inactive')).not.toContain("<boot dev='hd'/>")
    await domainEdit(target, uuid, { boot: { by: 'kinds', entries: [{ kind: 'cdrom', target: null }, { kind: 'disk', target: null }] } })
    expect(dump('--inactive')).toMatch(/<boot dev='cdrom'\/>\s*<boot dev='hd'\/>/)
  })

  it('a name: not while it runs nor while it is saved; else with its firmware’s variables', async () => {
    await expect(domainEdit(target, uuid, { name: 'other' })).rejects.toMatchObject({ code: 'rename-running' })
    await domainSave(target, uuid)
    await expect(domainEdit(target, uuid, { name: 'other', title: 'lost' })).rejects.toMatchObject({ code: 'rename-saved' })
    expect(dump('--inactive')).not.toContain('lost')
    // a saved machine goes on with its old values: then the new ones wait
    await domainEdit(target, uuid, { vcpus: { count: 2, max: 4 } })
    await domainStart(target, uuid)
    expect(await sizes()).toMatchObject([[64, 64, 3, 4], [64, 64, 2, 4]])
    await domainDestroy(target, uuid)
    await domainEdit(target, uuid, { name: '-x "ñ" \'2\'', title: 'Tres' })
    expect([virsh('domname', uuid).trim(), (await domainGet(target, uuid)).config?.title]).toEqual(['-x "ñ" \'2\'', 'Tres'])
    await expect(domainEdit(target, uuid, { name: '..' })).rejects.toMatchObject({ code: 'name-invalid' })
  })
})

describe('a machine with UEFI', () => {
  it('keeps the variables of its firmware under another name', async () => {
    const id = await domainDefine(target, buildXml(element('domain', { type: 'qemu' }, element('name', {}, 'before'), element('memory', { unit: 'MiB' }, '64'), element('os', { firmware: 'efi' }, element('type', { arch: 'x86_64', machine: 'q35' }, 'hvm')), element('features', {}, element('acpi')))))
    try {
      await domainEdit(target, id, { name: 'after' })
      expect(virsh('dumpxml', id, '--inactive')).toContain('/var/lib/libvirt/qemu/nvram/before_VARS.fd</nvram>')
      expect((await domainGet(target, id)).config?.firmware).toBe('uefi')
    } finally {
      virsh('undefine', id, '--nvram')
    }
  })
})
