import type { HostCapabilities } from '../../shared/model/connection.ts'
import type { Settings } from '../../shared/model/settings.ts'
import type { Target } from '../libvirt/target.ts'

/** What making a machine needs to know of the app around it. */
export interface CreationDependencies {
  readonly target: Target
  readonly settings: Pick<Settings, 'acceleration'>
  /** Null where the host of the connection says nothing about itself. */
  readonly capabilities: HostCapabilities | null
  /** The person's download folder. */
  readonly downloads: string
  /** Files that machines were made from before, newest first. */
  readonly recent: readonly string[]
}
