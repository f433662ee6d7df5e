/** A new machine's document, from its parts. https://libvirt.org/formatdomain.html */
import { element, indented, type XmlElement } from '../xml/document.ts'
import { buildCpu, type CpuMode } from './devices/cpu.ts'
import { buildOs, type OsSpec } from './devices/os.ts'
import { buildMetadata } from './metadata.ts'

export interface DomainSpec {
  /** Given, so that every later command of the log finds the machine when its lines are run again. */
  readonly uuid: string
  readonly name: string
  readonly title: string | null
  readonly virtType: 'kvm' | 'qemu'
  readonly memoryKiB: number
  readonly vcpus: number
  readonly os: OsSpec
  readonly cpu: CpuMode
  /** libosinfo id, or null for an unknown system. */
  readonly osId: string | null
  /** Files that are made for this machine. */
  readonly createdFiles: readonly string[]
  /** The user that its first start makes, where one is told. */
  readonly login?: string | null
  /** Windows: local time, Hyper-V's enlightenments and clock. */
  readonly windows?: boolean
  readonly devices: readonly XmlElement[]
}

/** The same features, clock and reactions as virt-install gives; devices come from domain/devices. */
export function buildDomain(spec: DomainSpec): XmlElement {
  return indented(
    element(
      'domain',
      { type: spec.virtType },
      element('name', {}, spec.name),
      element('uuid', {}, spec.uuid),
      spec.title === null || spec.title === '' ? null : element('title', {}, spec.title),
      buildMetadata(spec),
      element('memory', { unit: 'KiB' }, String(spec.memoryKiB)),
      element('currentMemory', { unit: 'KiB' }, String(spec.memoryKiB)),
      element('vcpu', {}, String(spec.vcpus)),
      buildOs(spec.os),
      features(spec),
      buildCpu({ mode: spec.cpu }),
      clock(spec),
      element('on_poweroff', {}, 'destroy'),
      element('on_reboot', {}, 'restart'),
      element('on_crash', {}, 'destroy'),
      element('pm', {}, element('suspend-to-mem', { enabled: 'no' }), element('suspend-to-disk', { enabled: 'no' })),
      element('devices', {}, ...spec.devices),
    ),
  )
}

function features(spec: DomainSpec): XmlElement {
  const on = (tag: string): XmlElement => element(tag, { state: 'on' })
  const hyperv = spec.windows
    ? element('hyperv', {}, on('relaxed'), on('vapic'), element('spinlocks', { state: 'on', retries: 8191 }), on('vpindex'), on('runtime'), on('synic'), on('stimer'))
    : null
  // The VMware port is emulated for nobody and slows Windows down; it is of q35 and pc alone.
  const vmport = /^(q35|pc)/.test(spec.os.machine) ? element('vmport', { state: 'off' }) : null
  return element('features', {}, element('acpi'), element('apic'), spec.virtType === 'kvm' ? hyperv : null, vmport)
}

function clock(spec: DomainSpec): XmlElement {
  return element(
    'clock',
    { offset: spec.windows ? 'localtime' : 'utc' },
    element('timer', { name: 'rtc', tickpolicy: 'catchup' }),
    element('timer', { name: 'pit', tickpolicy: 'delay' }),
    element('timer', { name: 'hpet', present: 'no' }),
    spec.windows && spec.virtType === 'kvm' ? element('timer', { name: 'hypervclock', present: 'yes' }) : null,
  )
}
