import { XMLBuilder } from 'fast-xml-parser'
import type { User } from '../../harness/index.ts'
import { withDocument } from './documents.ts'

interface TinyParts {
  /** Further devices, as the builder takes them. */
  readonly devices?: object
  readonly onCrash?: 'preserve'
  /** Processors that can be plugged in while it runs; it starts with one. */
  readonly maxCpus?: number
  /** Kinds of devices in their order: hd, cdrom, network. */
  readonly boot?: readonly string[]
  /** Further arguments of QEMU's command line. */
  readonly arguments?: readonly string[]
}

/** A disk or CD drive of such a machine. */
export const tinyDisk = (path: string, format: 'raw' | 'qcow2', device: 'disk' | 'cdrom' = 'disk'): object => ({
  '@type': 'file',
  '@device': device,
  driver: { '@name': 'qemu', '@type': format },
  source: { '@file': path },
  target: device === 'disk' ? { '@dev': 'vda', '@bus': 'virtio' } : { '@dev': 'sda', '@bus': 'sata' },
})

/**
 * Defines a machine of 32 MiB without a disk, whose firmware speaks on the serial port: at each start, and at each
 * reset, SeaBIOS prints there "Machine UUID …". Its display stays dark. Answers the UUID.
 */
export async function defineTiny(user: User, name: string, title?: string, more: TinyParts = {}): Promise<string> {
  const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', suppressEmptyNode: true })
  const xml = builder.build({
    domain: {
      '@type': 'qemu',
      ...(more.arguments ? { '@xmlns:qemu': 'http://libvirt.org/schemas/domain/qemu/1.0' } : {}),
      name,
      ...(title === undefined ? {} : { title }),
      memory: { '@unit': 'MiB', '#text': 32 },
      vcpu: more.maxCpus ? { '@current': 1, '#text': more.maxCpus } : 1,
      os: { type: { '@arch': 'x86_64', '@machine': 'q35', '#text': 'hvm' }, ...(more.boot ? { boot: more.boot.map((dev) => ({ '@dev': dev })) } : {}), bios: { '@useserial': 'yes' } },
      features: { acpi: '' },
      ...(more.onCrash ? { on_crash: more.onCrash } : {}),
      devices: { ...more.devices, serial: { '@type': 'pty' }, console: { '@type': 'pty' }, graphics: { '@type': 'vnc', listen: { '@type': 'socket' } }, video: { model: { '@type': 'vga' } } },
      ...(more.arguments ? { 'qemu:commandline': { 'qemu:arg': more.arguments.map((value) => ({ '@value': value })) } } : {}),
    },
  })
  const before = await uuids(user)
  await withDocument(user, ['define'], xml)
  const [uuid] = (await uuids(user)).filter((one) => !before.includes(one))
  if (uuid === undefined) throw new Error(`no new machine ${JSON.stringify(name)}`)
  return uuid
}

async function uuids(user: User, ...filter: readonly string[]): Promise<string[]> {
  return (await user.virsh(['list', '--all', '--uuid', ...filter])).split('\n').map((line) => line.trim()).filter((line) => line !== '')
}

/** What libvirt calls the machine, every character of it. */
export async function nameOf(user: User, uuid: string): Promise<string> {
  return (await user.virsh(['domname', `--domain=${uuid}`])).replace(/\n+$/, '')
}

/** States of all machines by their UUIDs. */
export async function statesOf(user: User): Promise<Record<string, string>> {
  const [running, paused, off] = await Promise.all(['running', 'paused', 'shutoff'].map((state) => uuids(user, `--state-${state}`)))
  const named = (all: readonly string[] | undefined, state: string) => (all ?? []).map((uuid) => [uuid, state] as const)
  return Object.fromEntries([...named(running, 'running'), ...named(paused, 'paused'), ...named(off, 'shut off')])
}
