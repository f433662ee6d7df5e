/** A machine's document as the model that pages show. Lenient: what is not known here stays a word or is left out. */
import type { DomainConfig } from '../../../shared/model/domain.ts'
import { attr, child, children, childText, text, type XmlElement } from '../xml/document.ts'
import { kibOf } from '../xml/units.ts'
import { readChannel } from './devices/channel.ts'
import { readCpu } from './devices/cpu.ts'
import { readDisk } from './devices/disk.ts'
import { readGraphics } from './devices/graphics.ts'
import { readInput } from './devices/input.ts'
import { readInterface } from './devices/interface.ts'
import { readOs } from './devices/os.ts'
import { readSerial } from './devices/serial.ts'
import { readTpm } from './devices/tpm.ts'
import { readVideo } from './devices/video.ts'
import { readCreatedFiles, readLogin } from './metadata.ts'
import { readSettings } from './settings.ts'

export function readConfig(domain: XmlElement): DomainConfig {
  const devices = child(domain, 'devices')
  return {
    title: readTitle(domain),
    description: text(child(domain, 'description'), true) || null,
    virtType: attr(domain, 'type') ?? '',
    ...readOs(domain),
    ...readSizes(domain),
    cpu: readCpu(child(domain, 'cpu')),
    disks: children(devices, 'disk').map(readDisk),
    interfaces: children(devices, 'interface').map(readInterface),
    graphics: children(devices, 'graphics').map(readGraphics).filter((one) => one !== null),
    videos: children(devices, 'video').map(readVideo),
    serials: children(devices, 'serial').map(readSerial),
    others: readOthers(devices),
    createdFiles: readCreatedFiles(domain),
    login: readLogin(domain),
    settings: readSettings(domain),
  }
}

export const readTitle = (domain: XmlElement): string | null => text(child(domain, 'title'), true) || null

/** CPUs and memory, now and at most. */
export function readSizes(domain: XmlElement): Pick<DomainConfig, 'vcpus' | 'maxVcpus' | 'memoryKiB' | 'maxMemoryKiB'> {
  const maxVcpus = Number(childText(domain, 'vcpu') ?? 1)
  const maxMemoryKiB = kibOf(child(domain, 'memory'))
  return {
    maxVcpus,
    vcpus: Number(attr(child(domain, 'vcpu'), 'current') ?? maxVcpus),
    maxMemoryKiB,
    memoryKiB: child(domain, 'currentMemory') ? kibOf(child(domain, 'currentMemory')) : maxMemoryKiB,
  }
}

/** Shown by the fields above, or no device at all. */
const shown = new Set(['disk', 'interface', 'graphics', 'video', 'serial', 'emulator'])

function readOthers(devices: XmlElement | undefined): DomainConfig['others'] {
  return children(devices)
    .filter((device) => !shown.has(device.tag))
    .map((device) => ({ element: device.tag, fact: factOf(device) }))
}

/** The word by which a person tells one device of a kind from another. */
function factOf(device: XmlElement): string | null {
  switch (device.tag) {
    case 'channel':
      return readChannel(device).name ?? attr(device, 'type')
    case 'input':
      return joined(readInput(device).type, readInput(device).bus)
    case 'tpm':
      return joined(readTpm(device).model, readTpm(device).version)
    case 'rng':
      return childText(device, 'backend') ?? attr(device, 'model')
    case 'hostdev':
      return joined(attr(device, 'type'), attr(child(device, 'source', 'address'), 'bus'))
    case 'filesystem':
      return attr(child(device, 'target'), 'dir')
    default:
      return joined(attr(device, 'type'), attr(device, 'model'))
  }
}

function joined(...words: readonly (string | null)[]): string | null {
  const known = words.filter((word) => word !== null && word !== '')
  return known.length === 0 ? null : known.join(' ')
}

/** The NVRAM file of UEFI firmware, or null. */
export function readNvram(domain: XmlElement): string | null {
  const nvram = child(domain, 'os', 'nvram')
  return childText(domain, 'os', 'nvram') ?? attr(child(nvram, 'source'), 'file')
}
