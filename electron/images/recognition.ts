import type { SystemEntry } from '../../shared/model/media.ts'

/** What was found out about the system on a medium. */
export interface Recognition {
  /** The system of the database whose devices and needs hold. */
  readonly system: SystemEntry
  /** What it is called: the system's own name, or that of a newer version than the database knows ("Debian 12"). */
  readonly label: string
  /** The start of a machine's name: short id, of the newer version where that is meant. */
  readonly shortLabel: string
  /** False where the database lacks this version and the nearest stands in. */
  readonly exact: boolean
  /** The ISO starts a live system; null where osinfo does not say. */
  readonly live: boolean | null
}
