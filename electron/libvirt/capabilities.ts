/** What libvirt says about the host and the machines it can run. https://libvirt.org/formatcaps.html */
import type { HostCapabilities } from '../../shared/model/connection.ts'
import { attr, child, children, childText, parseXml, text } from './xml/document.ts'

/** `nodeinfo`, which every driver has. */
export function readNodeInfo(output: string): Pick<HostCapabilities, 'memoryKiB' | 'cpus'> | null {
  const cpus = /^CPU\(s\):\s+(\d+)/m.exec(output)?.[1]
  const memory = /^Memory size:\s+(\d+) KiB/m.exec(output)?.[1]
  return cpus === undefined || memory === undefined ? null : { cpus: Number(cpus), memoryKiB: Number(memory) }
}

/** `nodememstats`: free memory with what the kernel gives back when asked, in KiB. */
export function readFreeMemory(output: string): number | null {
  const figure = (name: string): number => Number(new RegExp(`^${name}\\s*:\\s*(\\d+) KiB`, 'm').exec(output)?.[1] ?? NaN)
  const free = figure('free')
  return Number.isNaN(free) ? null : free + (figure('buffers') || 0) + (figure('cached') || 0)
}

/** The guest of the host's own architecture, fully virtualised. */
export function readCapabilities(xml: string): Pick<HostCapabilities, 'arch' | 'kvm' | 'machineTypes'> {
  const root = parseXml(xml)
  const arch = childText(root, 'host', 'cpu', 'arch') ?? ''
  const guests = children(root, 'guest').filter((guest) => childText(guest, 'os_type') === 'hvm')
  const own = guests.map((guest) => child(guest, 'arch')).find((one) => attr(one, 'name') === arch)
  const machines = children(own, 'machine').map((machine) => text(machine))
  return { arch, kvm: children(own, 'domain').some((one) => attr(one, 'type') === 'kvm'), machineTypes: [...new Set(machines)] }
}

/** Whether `domcapabilities` offers `<os firmware='efi'>`. https://libvirt.org/formatdomaincaps.html */
export function readEfi(xml: string): boolean {
  const enums = children(child(parseXml(xml), 'os'), 'enum')
  const firmware = enums.find((one) => attr(one, 'name') === 'firmware')
  return children(firmware, 'value').some((value) => text(value) === 'efi')
}

/**
 * The user and group that QEMU's processes get: the label that libvirt's own permission model (DAC) gives them, "+UID:+GID".
 * Null where the driver names none. https://libvirt.org/formatcaps.html#host-secmodel
 */
export function readProcessOwner(xml: string): ProcessOwner | null {
  const models = children(child(parseXml(xml), 'host'), 'secmodel')
  const dac = models.find((model) => childText(model, 'model') === 'dac')
  const [, uid, gid] = /^\+(\d+):\+(\d+)$/.exec(childText(dac, 'baselabel') ?? '') ?? []
  return uid === undefined || gid === undefined ? null : { uid: Number(uid), gid: Number(gid) }
}

export interface ProcessOwner {
  readonly uid: number
  readonly gid: number
}
