/** What libvirt tells of machines as lists of UUIDs. */
import { uuidSet } from '../lists.ts'
import type { Answer } from '../virsh.ts'

export interface DomainFlags {
  readonly autostart: ReadonlySet<string>
  readonly persistent: ReadonlySet<string>
  readonly saved: ReadonlySet<string>
}

export const flagQueries = [
  ['list', '--all', '--uuid', '--autostart'],
  ['list', '--all', '--uuid', '--persistent'],
  ['list', '--all', '--uuid', '--with-managed-save'],
] as const

export function readFlags(answers: readonly Answer[]): DomainFlags {
  const [autostart, persistent, saved] = answers.map(uuidSet)
  return { autostart: autostart ?? new Set(), persistent: persistent ?? new Set(), saved: saved ?? new Set() }
}
