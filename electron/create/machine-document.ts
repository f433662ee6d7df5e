/**
 * The document of a new machine: at least the devices that virt-install gives for the same system
 * (test/integration/create compares them). https://libvirt.org/formatdomain.html
 */
import type { ConnectionKind } from '../../shared/model/connection.ts'
import type { MachinePlan } from '../../shared/model/plan.ts'
import { plannedSource } from '../../shared/model/plan-rules.ts'
import type { SystemTraits } from '../images/systems.ts'
import { buildDomain, type DomainSpec } from '../libvirt/domain/build.ts'
import { buildBalloon } from '../libvirt/domain/devices/balloon.ts'
import { buildAgentChannel } from '../libvirt/domain/devices/channel.ts'
import { buildRootPorts, buildUsb2Controllers, buildUsbController } from '../libvirt/domain/devices/controller.ts'
import { buildDisk } from '../libvirt/domain/devices/disk.ts'
import { buildGraphics, patchGraphics } from '../libvirt/domain/devices/graphics.ts'
import { buildInput } from '../libvirt/domain/devices/input.ts'
import { buildInterface } from '../libvirt/domain/devices/interface.ts'
import { buildRng } from '../libvirt/domain/devices/rng.ts'
import { buildSerial } from '../libvirt/domain/devices/serial.ts'
import { buildTpm } from '../libvirt/domain/devices/tpm.ts'
import { buildVideo } from '../libvirt/domain/devices/video.ts'
import type { XmlElement } from '../libvirt/xml/document.ts'
import type { Identity } from './identity.ts'
import type { DriveFile } from './storage-steps.ts'

export interface MachineFacts {
  readonly plan: MachinePlan
  readonly identity: Identity
  readonly traits: SystemTraits
  readonly kind: ConnectionKind
  readonly virtType: 'kvm' | 'qemu'
  readonly arch: string
  /** The disk it starts from: the new one, the copy, or the image where it lies. */
  readonly disk: DriveFile | null
  /** The ISO, where it lies or copied. */
  readonly cd: DriveFile | null
  /** Files that are made for this machine. */
  readonly createdFiles: readonly string[]
  /** libvirt can give an emulated TPM here (swtpm is installed). */
  readonly tpm: boolean
}

/** Empty slots that a q35 machine has for devices added while it runs; virt-install gives as many. */
const ROOT_PORTS = 14

export function machineDocument(facts: MachineFacts): XmlElement {
  const { plan, identity, traits } = facts
  const machine = machineType(facts)
  const spec: DomainSpec = {
    uuid: identity.uuid,
    name: plan.name,
    title: plan.title,
    virtType: facts.virtType,
    memoryKiB: plan.memoryKiB,
    vcpus: plan.vcpus,
    os: { arch: facts.arch, machine, firmware: plan.firmware, boot: plan.mediaKind === 'iso' ? [] : ['hd'] },
    cpu: facts.virtType === 'kvm' ? 'host-passthrough' : 'maximum',
    osId: plan.osId,
    createdFiles: facts.createdFiles,
    login: plan.firstStart?.kind === 'form' ? plan.firstStart.user.trim() : null,
    windows: traits.windows,
    devices: devices(facts, machine),
  }
  return buildDomain(spec)
}

function machineType({ arch, traits }: MachineFacts): string {
  if (!/^(x86_64|i686)$/.test(arch)) return 'virt'
  return traits.q35 ? 'q35' : 'pc'
}

function devices(facts: MachineFacts, machine: string): XmlElement[] {
  const { plan, traits } = facts
  const pcie = machine !== 'pc'
  return [
    ...disks(facts, machine),
    ...(traits.usb3 || !machine.startsWith('pc') ? [buildUsbController()] : buildUsb2Controllers()),
    ...(pcie ? buildRootPorts(ROOT_PORTS) : []),
    ...card(facts, pcie),
    ...buildSerial(),
    // Windows comes without the driver, and finds the agent's channel there once it has it
    ...(traits.virtioSerial || traits.windows ? [buildAgentChannel()] : []),
    buildInput({ type: 'tablet', bus: 'usb' }),
    ...(plan.firmware === 'uefi' && facts.tpm ? [buildTpm()] : []),
    display(facts),
    buildVideo({ model: video(facts) }),
    buildBalloon(),
    ...(traits.virtioRng ? [buildRng()] : []),
  ]
}

/**
 * An ISO's machine starts its disk first and the CD second, device by device: an empty disk falls through to the CD, and
 * after the installer's reboot the installed system starts.
 */
function disks({ traits, disk, cd }: MachineFacts, machine: string): XmlElement[] {
  // old machines have their disks on IDE: what is made for them cannot start from SATA
  const plainBus = machine === 'pc' ? 'ide' : 'sata'
  const prefix = plainBus === 'ide' ? 'hd' : 'sd'
  const bus = traits.virtioDisk ? 'virtio' : plainBus
  const made: XmlElement[] = []
  if (disk) {
    const target = bus === 'virtio' ? 'vda' : `${prefix}a`
    made.push(buildDisk({ device: 'disk', target, bus, ...disk, discard: 'unmap', bootOrder: cd ? 1 : null }))
  }
  if (cd) {
    const target = disk && bus !== 'virtio' ? `${prefix}b` : `${prefix}a`
    made.push(buildDisk({ device: 'cdrom', target, bus: plainBus, ...cd, readOnly: true, bootOrder: 2 }))
  }
  return made
}

function card({ plan, identity, traits }: MachineFacts, pcie: boolean): XmlElement[] {
  const source = plannedSource(plan.network)
  if (source === null) return []
  const plain = pcie ? 'e1000e' : traits.e1000 ? 'e1000' : 'rtl8139'
  return [buildInterface({ source, model: traits.virtioNet ? 'virtio' : plain, mac: identity.mac })]
}

/** In a session a socket that this user alone reaches; else the loopback address, which every user reaches, with a password. */
function display({ kind, identity }: MachineFacts): XmlElement {
  if (kind === 'session') return buildGraphics({ type: 'vnc', listen: 'socket' })
  const graphics = buildGraphics({ type: 'vnc', listen: 'address', address: '127.0.0.1' })
  patchGraphics(graphics, { password: identity.displayPassword })
  return graphics
}

function video({ traits, plan }: MachineFacts): string {
  if (traits.virtioGpu) return 'virtio'
  return plan.firmware === 'uefi' ? 'bochs' : 'vga'
}
