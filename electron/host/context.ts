/** What every handler is given, and the shape of the table of handlers: a missing one is a compile error. */
import type { Input, Output, RequestName } from '../../shared/contract/index.ts'
import type { AppInfo } from '../../shared/contract/app.ts'
import type { SettingsStore } from '../settings/index.ts'
import type { CommandLog } from './command-log.ts'
import type { Connections } from './connections/connections.ts'
import type { Views } from './connections/views.ts'
import type { Downloads } from './downloads.ts'
import type { Desktop } from './desktop.ts'
import type { Emit } from './emit.ts'
import type { Forwards } from './forwards.ts'
import type { Interrupted } from './interrupted.ts'
import type { Jobs } from './jobs.ts'
import type { ConsoleRelay } from './relay.ts'
import type { Seeds } from './seeds.ts'
import type { VolumeFetches } from './volume-fetches.ts'

/** A page that asks: one WebSocket or one window. */
export interface Caller {
  readonly id: string
  /** Aborted when the page is gone. */
  readonly gone: AbortSignal
}

/** The parts of the host that handlers work with. */
export interface HostParts {
  readonly connections: Connections
  readonly views: Views
  readonly jobs: Jobs
  readonly interrupted: Pick<Interrupted, 'takeBack' | 'dismissed'>
  readonly downloads: Downloads
  readonly volumeFetches: Pick<VolumeFetches, 'add'>
  readonly commands: CommandLog
  readonly settings: SettingsStore
  readonly seeds: Pick<Seeds, 'lookAfter'>
  readonly forwards: Pick<Forwards, 'state' | 'set' | 'restore'>
  readonly desktop: Desktop
  readonly console: ConsoleRelay
  readonly emit: Emit
  info(): AppInfo
  /** Closes the app as the person chose; see app.close. */
  leave(choice: 'wait' | 'stop' | 'close'): Promise<void>
}

export interface HandlerContext extends HostParts {
  readonly caller: Caller
}

export type Handler<N extends RequestName> = (input: Input<N>, context: HandlerContext) => Promise<Output<N>>
export type Handlers = { readonly [N in RequestName]: Handler<N> }
/** The handlers of one noun's file: `handlersOf<'job.list' | 'job.cancel'>`. */
export type HandlersOf<N extends RequestName> = { readonly [K in N]: Handler<K> }
