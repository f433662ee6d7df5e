/** What a machine is made of, as it runs or as it will start. https://libvirt.org/formatdomain.html */
import type { CardExtra } from './card-extras.ts'

export interface DomainConfig {
  readonly title: string | null
  readonly description: string | null
  /** `type` of the domain element: kvm, qemu, test… */
  readonly virtType: string
  readonly arch: string | null
  readonly machineType: string | null
  readonly firmware: 'bios' | 'uefi' | null
  readonly maxMemoryKiB: number
  readonly memoryKiB: number
  readonly maxVcpus: number
  readonly vcpus: number
  readonly cpu: { readonly mode: string | null; readonly model: string | null; readonly topology: CpuTopology | null }
  /** In boot order: from <os><boot> or from the devices' <boot order>. */
  readonly boot: readonly BootEntry[]
  readonly disks: readonly DomainDisk[]
  readonly interfaces: readonly DomainInterface[]
  readonly graphics: readonly DomainGraphics[]
  readonly videos: readonly string[]
  readonly serials: readonly { readonly type: string; readonly port: number | null }[]
  /** Every other device, named by its element and a short fact, so that nothing is hidden. */
  readonly others: readonly { readonly element: string; readonly fact: string | null }[]
  /** Files that Vivero made for this machine, as recorded in its metadata. */
  readonly createdFiles: readonly string[]
  /** The user that its first start made, where that is known. */
  readonly login: string | null
  /** What else the document says, a line of XML by its element: features, clock, on_crash… */
  readonly settings: Readonly<Record<string, string>>
}

export interface CpuTopology { readonly sockets: number; readonly cores: number; readonly threads: number }

export interface BootEntry {
  readonly kind: 'disk' | 'cdrom' | 'network' | 'fd' | 'other'
  /** Disk target or MAC where devices carry the order, else null. */
  readonly target: string | null
}

export type DiskDevice = 'disk' | 'cdrom' | 'floppy' | 'lun'

export interface DomainDisk {
  readonly device: DiskDevice
  /** e.g. "vda"; the stable key of a disk. */
  readonly target: string
  readonly bus: string | null
  /** `type` of the disk element: file, block, volume, network… */
  readonly sourceType: string
  /** File or device; null for an empty drive and for network disks. */
  readonly path: string | null
  /** "pool/volume" of a volume disk, a URL of a network disk. */
  readonly sourceName: string | null
  readonly format: string | null
  readonly readOnly: boolean
  readonly cache: string | null
  readonly discard: string | null
}

export interface DomainInterface {
  /** user, network, bridge, direct… */
  readonly type: string
  /** Name of the network, bridge or device; null in user mode. */
  readonly source: string | null
  readonly model: string | null
  readonly mac: string | null
  readonly linkUp: boolean
  /** User mode by passt, and not by QEMU itself: the guest has an address of the host's. */
  readonly passt?: boolean
  /** What else its document says; left out where there is nothing. */
  readonly extras?: readonly CardExtra[]
}

export type GraphicsType = 'vnc' | 'spice' | 'sdl' | 'rdp' | 'dbus' | 'egl-headless'

export interface DomainGraphics {
  readonly type: GraphicsType
  readonly listen: 'socket' | 'address' | 'network' | 'none'
  readonly address: string | null
  readonly port: number | null
  readonly socket: string | null
  readonly hasPassword: boolean
}
