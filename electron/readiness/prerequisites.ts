/** What the app needs from the system: the list that `npm start` installs from as well (assets/prerequisites.json). */
import list from '../../assets/prerequisites.json' with { type: 'json' }

export const packageManagers = ['apt', 'dnf', 'pacman', 'zypper'] as const
export type PackageManager = (typeof packageManagers)[number]

export interface Prerequisite {
  readonly id: string
  /** `run`: the app needs it; `test`: only its tests do. */
  readonly group: 'run' | 'test'
  /** Key of its name in shared/i18n. */
  readonly label: string
  readonly check: {
    /** Of each inner list one program must be there. */
    readonly programs?: readonly (readonly string[])[]
    /** One of these files must be there. */
    readonly files?: readonly string[]
  }
  readonly packages: Readonly<Record<PackageManager, readonly string[]>>
}

const isGroup = (text: string): text is Prerequisite['group'] => text === 'run' || text === 'test'

/** The whole list. Errors: one whose group is unknown, which a test would find. */
export const prerequisites: readonly Prerequisite[] = list.map((item) => {
  if (!isGroup(item.group)) throw new Error(`prerequisites.json: ${item.id}: group ${item.group}`)
  return { ...item, group: item.group }
})
