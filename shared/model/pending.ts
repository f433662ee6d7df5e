/**
 * What a running machine will only have at its next start: libvirt keeps two documents of it, the one that runs and the one
 * that the next start uses. Data alone; the words are the page's. https://libvirt.org/manpages/virsh.html (--live, --config)
 */
import type { BootEntry, DomainConfig, DomainDisk, DomainGraphics, DomainInterface } from './domain-config.ts'
import type { WireError } from './error.ts'

/** A value now (`live`) and at the next start (`next`); null for a device that only the other one has. */
interface Both<Kind extends string, Value> {
  readonly kind: Kind
  readonly live: Value
  readonly next: Value
}

export type PendingValues =
  /** title, description, machine-type, acceleration (kvm, qemu…); of settings the XML. */
  | Both<'words', string | null>
  /** memory, max-memory: KiB. */
  | Both<'kib', number>
  /** vcpus, max-vcpus. */
  | Both<'count', number>
  | Both<'boot', readonly BootEntry[]>
  | Both<'firmware', DomainConfig['firmware']>
  | Both<'cpu', DomainConfig['cpu']>
  | Both<'graphics', readonly DomainGraphics[]>
  | Both<'disk', DomainDisk | null>
  | Both<'interface', DomainInterface | null>
  /** Every other device of one element's name. */
  | Both<'devices', DomainConfig['others']>

export type PendingChange = PendingValues & {
  /**
   * title, description, memory, max-memory, vcpus, max-vcpus, boot, firmware, machine-type, acceleration, cpu, graphics,
   * disk:<target>, interface:<mac>, devices:<element>, settings:<element>.
   */
  readonly field: string
  /** libvirt can give it to the running machine; else it takes a shutdown and a start. */
  readonly applicable: boolean
}

/** What came of applying or discarding: the machine as it is now, and what was refused, field by field. */
export interface PendingOutcome<Details> {
  readonly details: Details
  readonly failures: readonly FieldFailure[]
}

export interface FieldFailure {
  readonly field: string
  readonly error: WireError
}

/** The field of a network card. */
export const cardField = (mac: string): string => `interface:${mac.toLowerCase()}`
/** The field of what the document says beside sizes and devices, by its element. */
export const settingField = (element: string): string => `settings:${element}`
/** The field of a disk or drive. */
export const diskField = (target: string): string => `disk:${target}`

/** The change of one field, or null where the next start is the same. */
export function pendingChange(details: { readonly pending: readonly PendingChange[] }, field: string): PendingChange | null {
  return details.pending.find((change) => change.field === field) ?? null
}

/** A change of one kind, by its field. */
export function pendingOf<Kind extends PendingChange['kind']>(
  details: { readonly pending: readonly PendingChange[] },
  field: string,
  kind: Kind,
): Extract<PendingChange, { kind: Kind }> | null {
  const isOf = (change: PendingChange): change is Extract<PendingChange, { kind: Kind }> => change.kind === kind && change.field === field
  return details.pending.find(isOf) ?? null
}
