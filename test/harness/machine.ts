import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { XMLBuilder } from 'fast-xml-parser'
import type { User } from './user.ts'

export interface GuestMachine {
  readonly name: string
  readonly title?: string
  /** A disk image, used in place. */
  readonly disk?: string
  readonly diskFormat?: 'qcow2' | 'raw'
  /** A CD; booted after the disk. */
  readonly iso?: string
  /** Started from these, without firmware's search and without a disk, which is told the words. */
  readonly kernel?: { readonly kernel: string; readonly initrd: string; readonly words: string }
  /** MiB. */
  readonly memory?: number
  readonly connection?: string
  /** A libvirt network for the card instead of user mode; null for no card. */
  readonly network?: string | null
}

/** Defines a small machine under software emulation: serial port, VNC, one card. Returns its UUID. */
export async function defineGuest(user: User, machine: GuestMachine): Promise<string> {
  const connection = machine.connection ?? 'qemu:///session'
  return defineMachine(user, connection, machine.name, machineXml(machine))
}

/** Defines a machine called `name` from its document. Returns its UUID. */
export async function defineMachine(user: User, connection: string, name: string, xml: string): Promise<string> {
  const folder = mkdtempSync('/tmp/machine-')
  const draft = join(folder, 'machine.xml')
  writeFileSync(draft, xml)
  const place = user.give(draft, `${folder}-given.xml`)
  try {
    await user.virsh(['-c', connection, 'define', '--validate', `--file=${place}`])
  } finally {
    rmSync(folder, { recursive: true })
    rmSync(place)
  }
  return (await user.virsh(['-c', connection, 'domuuid', `--domain=${name}`])).trim()
}

/** The document of such a machine. */
export function machineXml(machine: GuestMachine): string {
  const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', suppressEmptyNode: true })
  const disk = {
    '@type': 'file',
    '@device': 'disk',
    driver: { '@name': 'qemu', '@type': machine.diskFormat ?? 'qcow2' },
    source: { '@file': machine.disk },
    target: { '@dev': 'vda', '@bus': 'virtio' },
  }
  const cd = {
    '@type': 'file',
    '@device': 'cdrom',
    driver: { '@name': 'qemu', '@type': 'raw' },
    source: { '@file': machine.iso },
    target: { '@dev': 'sda', '@bus': 'sata' },
    readonly: '',
  }
  return builder.build({
    domain: {
      '@type': 'qemu',
      name: machine.name,
      ...(machine.title === undefined ? {} : { title: machine.title }),
      memory: { '@unit': 'MiB', '#text': machine.memory ?? 128 },
      vcpu: 1,
      os: {
        type: { '@arch': 'x86_64', '@machine': 'q35', '#text': 'hvm' },
        ...(machine.kernel === undefined ? {} : { kernel: machine.kernel.kernel, initrd: machine.kernel.initrd, cmdline: machine.kernel.words }),
        boot: [...(machine.disk === undefined ? [] : [{ '@dev': 'hd' }]), { '@dev': 'cdrom' }],
      },
      features: { acpi: '' },
      devices: {
        disk: [...(machine.disk === undefined ? [] : [disk]), ...(machine.iso === undefined ? [] : [cd])],
        ...card(machine.network),
        serial: { '@type': 'pty' },
        console: { '@type': 'pty' },
        graphics: { '@type': 'vnc', listen: { '@type': 'socket' } },
        video: { model: { '@type': 'vga' } },
      },
    },
  })
}

function card(network: string | null | undefined): object {
  if (network === null) return {}
  const model = { '@type': 'virtio' }
  if (network === undefined) return { interface: { '@type': 'user', model } }
  return { interface: { '@type': 'network', source: { '@network': network }, model } }
}
