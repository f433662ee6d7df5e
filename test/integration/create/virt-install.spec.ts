import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawIdentity } from '../../../electron/create/identity.ts'
import { machineDocument } from '../../../electron/create/machine-document.ts'
import { systemTraitsOf } from '../../../electron/images/systems.ts'
import { attr, buildXml, child, children, childText, parseXml, text, type XmlElement } from '../../../electron/libvirt/xml/document.ts'
import type { MachinePlan } from '../../../shared/model/plan.ts'

/** The facts of a machine by which two documents are compared: one word each, devices as often as they are there. */
function factsOf(domain: XmlElement): string[] {
  const os = child(domain, 'os')
  const type = child(os, 'type')
  const features = children(child(domain, 'features')).flatMap((feature) => [`feature ${feature.tag}`, ...children(feature).map((one) => `feature ${feature.tag}/${one.tag}`)])
  const timers = children(child(domain, 'clock'), 'timer').map((timer) => `timer ${attr(timer, 'name')} ${attr(timer, 'tickpolicy') ?? attr(timer, 'present')}`)
  return [
    `machine ${(attr(type, 'machine') ?? '').replace(/^(pc)-i440fx.*$/, '$1')}`,
    `firmware ${attr(os, 'firmware') ?? 'bios'}`,
    `clock ${attr(child(domain, 'clock'), 'offset')}`,
    `cpu ${attr(child(domain, 'cpu'), 'mode') ?? 'default'}`,
    `on_reboot ${childText(domain, 'on_reboot') ?? 'restart'}`,
    `libosinfo ${attr(child(domain, 'metadata', 'libosinfo:libosinfo', 'libosinfo:os'), 'id') ?? 'none'}`,
    ...children(os, 'boot').map((boot) => `boot ${attr(boot, 'dev')}`),
    ...features,
    ...timers,
    ...children(child(domain, 'pm')).map((one) => `pm ${one.tag} ${attr(one, 'enabled')}`),
    ...children(child(domain, 'devices')).filter((device) => device.tag !== 'emulator').flatMap(deviceFacts),
  ].sort()
}

function deviceFacts(device: XmlElement): string[] {
  const target = child(device, 'target')
  switch (device.tag) {
    case 'disk':
      return [
        `disk ${attr(device, 'device')} ${attr(target, 'dev')} ${attr(target, 'bus')}${child(device, 'readonly') ? ' readonly' : ''}`,
        ...(attr(child(device, 'driver'), 'discard') ? [`disk discard ${attr(child(device, 'driver'), 'discard')}`] : []),
        ...children(device, 'boot').map((boot) => `boot order ${attr(boot, 'order')} ${attr(device, 'device')}`),
      ]
    case 'interface':
      return [`interface ${attr(device, 'type')} ${attr(child(device, 'model'), 'type')}`]
    case 'graphics':
      return [`graphics ${attr(device, 'type')}${attr(child(device, 'listen'), 'type') === 'socket' ? ' on a socket' : ''}`]
    case 'video':
      return [`video ${attr(child(device, 'model'), 'type')}`]
    case 'channel':
      return [`channel ${attr(target, 'name')}`]
    case 'rng':
      return [`rng ${attr(device, 'model')} ${text(child(device, 'backend'))}`]
    case 'tpm':
      return [`tpm ${attr(device, 'model')} ${attr(child(device, 'backend'), 'type')}`]
    default:
      return [[device.tag, attr(device, 'type'), attr(device, 'model'), attr(device, 'bus')].filter((part) => part !== null).join(' ')]
  }
}

const minus = (one: readonly string[], other: readonly string[]): string[] => {
  const left = [...other]
  return one.filter((fact) => {
    const at = left.indexOf(fact)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'compare-'))
  execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', join(folder, 'disk.qcow2'), '1G'])
})
afterAll(() => rmSync(folder, { recursive: true }))

interface Given {
  readonly name: string
  readonly osId: string | null
  readonly firmware?: 'bios' | 'uefi'
}

function virtInstall({ osId }: Given, kind: 'disk' | 'iso'): string[] {
  const how = kind === 'disk' ? ['--import'] : ['--cdrom', '/usr/lib/ipxe/ipxe.iso']
  const words = ['--print-xml', ...(kind === 'iso' ? ['1'] : []), ...how, '--name', 'x', '--memory', '1024', '--vcpus', '1', '--disk', join(folder, 'disk.qcow2')]
  const more = ['--osinfo', osId ?? 'generic', '--network', 'user', '--graphics', 'vnc', '--virt-type', 'qemu', '-q', '--connect', 'qemu:///system']
  return factsOf(parseXml(execFileSync('virt-install', [...words, ...more], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } })))
}

async function ours(given: Given, kind: 'disk' | 'iso', virtType: 'kvm' | 'qemu' = 'qemu'): Promise<XmlElement> {
  const plan: MachinePlan = {
    connection: 'c', mediaPath: kind === 'iso' ? '/usr/lib/ipxe/ipxe.iso' : join(folder, 'disk.qcow2'), mediaKind: kind, osId: given.osId,
    title: 'X & <Y>', name: 'x', memoryKiB: 1048576, vcpus: 1, diskBytes: kind === 'iso' ? 2 ** 30 : null, imageUse: kind === 'iso' ? null : 'in-place',
    target: { kind: 'folder', path: folder }, createDefaultPool: false, network: { kind: 'user' }, acceleration: 'tcg', firmware: given.firmware ?? 'bios', openConsole: true, firstStart: null,
  } // prettier-ignore
  const disk = { path: join(folder, 'disk.qcow2'), format: 'qcow2', relabel: true }
  const cd = kind === 'iso' ? { path: plan.mediaPath, format: 'raw', relabel: true } : null
  const traits = await systemTraitsOf(given.osId)
  return machineDocument({ plan, identity: drawIdentity(), traits, kind: 'session', virtType, arch: 'x86_64', disk, cd, createdFiles: kind === 'iso' ? [disk.path] : [], tpm: true })
}

/** What every machine of Vivero has otherwise, each for its reason. */
const alwaysMore = [
  'cpu maximum', // all that software emulation can do; virt-install leaves QEMU's oldest processor
  'disk discard unmap', // what the guest frees goes back to the host
  'feature vmport', // switched off: VMware's port is emulated for nobody
  'graphics vnc on a socket', // no port that other users reach
  'serial pty', // libvirt adds it to virt-install's console by itself
]
const alwaysLess = ['cpu default', 'graphics vnc']

/** A machine of an ISO starts its disk first and the CD second, and is not ended at the installer's reboot. */
const isoMore = ['boot order 1 disk', 'boot order 2 cdrom', 'on_reboot restart']
const isoLess = ['boot cdrom', 'boot hd', 'on_reboot destroy']

interface Case extends Given {
  readonly more: readonly string[]
  readonly less: readonly string[]
  readonly isoMore?: readonly string[]
  readonly isoLess?: readonly string[]
}

/**
 * The unknown system is taken for a Linux of today: virt-install gives it IDE and e1000, which kernels made for clouds
 * have no drivers for, and an old chipset.
 */
const unknownMore = [
  'machine q35', 'interface user virtio', 'controller usb qemu-xhci', 'controller pci pcie-root', ...Array<string>(14).fill('controller pci pcie-root-port'),
  'channel org.qemu.guest_agent.0', 'rng virtio /dev/urandom', 'memballoon virtio',
] // prettier-ignore
const unknownLess = ['machine pc', 'interface user e1000', 'controller usb ich9-ehci1', 'controller usb ich9-uhci1', 'controller usb ich9-uhci2', 'controller usb ich9-uhci3']

const cases: readonly Case[] = [
  { name: 'CirrOS', osId: 'http://cirros-cloud.net/cirros/0.5.2', more: [], less: [] },
  { name: 'Debian', osId: 'http://debian.org/debian/11', more: [], less: [] },
  { name: 'Ubuntu', osId: 'http://ubuntu.com/ubuntu/20.10', more: [], less: [] },
  { name: 'Fedora', osId: 'http://fedoraproject.org/fedora/36', more: [], less: [] },
  {
    name: 'Windows 11',
    osId: 'http://microsoft.com/win/11',
    firmware: 'uefi',
    more: [
      'channel org.qemu.guest_agent.0', // found as soon as its driver is installed
      'memballoon virtio', // libvirt adds one anyway
    ],
    // Hyper-V's enlightenments are for KVM: under software emulation they are left out
    less: ['feature hyperv', 'feature hyperv/relaxed', 'feature hyperv/spinlocks', 'feature hyperv/vapic', 'timer hypervclock yes'],
  },
  {
    name: 'unknown',
    osId: null,
    more: [...unknownMore, 'disk disk vda virtio'],
    less: [...unknownLess, 'disk disk hda ide'],
    isoMore: ['disk cdrom sda sata readonly'],
    isoLess: ['disk cdrom hdb ide readonly'],
  },
]

describe.each(cases)('a machine for $name has at least what virt-install gives', (given) => {
  test('from a disk image', async () => {
    const mine = factsOf(await ours(given, 'disk'))
    const theirs = virtInstall(given, 'disk')
    expect({ more: minus(mine, theirs), less: minus(theirs, mine) }).toEqual({
      more: [...alwaysMore, ...given.more].sort(),
      less: [...alwaysLess, ...given.less].sort(),
    })
  })

  test('from an ISO', async () => {
    const mine = factsOf(await ours(given, 'iso'))
    const theirs = virtInstall(given, 'iso')
    expect({ more: minus(mine, theirs), less: minus(theirs, mine) }).toEqual({
      more: [...alwaysMore, ...isoMore, ...given.more, ...(given.isoMore ?? [])].sort(),
      less: [...alwaysLess, ...isoLess, ...given.less, ...(given.isoLess ?? [])].sort(),
    })
  })

  test('and its document is one that libvirt’s schema accepts, under KVM as well', async () => {
    for (const kind of ['disk', 'iso'] as const) {
      for (const virtType of ['kvm', 'qemu'] as const) {
        const document = await ours(given, kind, virtType)
        const path = join(folder, 'machine.xml')
        writeFileSync(path, buildXml(document))
        execFileSync('virt-xml-validate', [path, 'domain'], { stdio: 'pipe' })
        expect(attr(child(document, 'cpu'), 'mode')).toBe(virtType === 'kvm' ? 'host-passthrough' : 'maximum')
      }
    }
  })
})
