import type { LoggedCommand } from '../model/command.ts'
import type { Connection, ConnectionId } from '../model/connection.ts'
import type { DomainSummary } from '../model/domain.ts'
import type { Job } from '../model/job.ts'
import type { Network } from '../model/network.ts'
import type { Settings } from '../model/settings.ts'
import type { Pool } from '../model/storage.ts'

/** What the host says by itself. `seq` grows by one an event of a connection; a page that misses one asks for the lists again. */
export interface Events {
  'connection.changed': Connection
  'connection.removed': { readonly connection: ConnectionId }
  /** Whole lists: after connecting, after a lost stream, after a read again. */
  'domain.listed': { readonly connection: ConnectionId; readonly seq: number; readonly domains: readonly DomainSummary[] }
  /** Many machines that changed or are new, in one event; after connecting those whose documents have been read. */
  'domain.several': { readonly connection: ConnectionId; readonly seq: number; readonly domains: readonly DomainSummary[] }
  'domain.changed': { readonly connection: ConnectionId; readonly seq: number; readonly domain: DomainSummary }
  'domain.removed': { readonly connection: ConnectionId; readonly seq: number; readonly uuid: string }
  'network.listed': { readonly connection: ConnectionId; readonly seq: number; readonly networks: readonly Network[] }
  'pool.listed': { readonly connection: ConnectionId; readonly seq: number; readonly pools: readonly Pool[] }
  /** Something about this object that no event describes may differ (snapshots, volumes, leases): pages that show it read it again. */
  'object.stale': { readonly connection: ConnectionId; readonly kind: 'domain' | 'network' | 'pool'; readonly uuid: string }
  'job.changed': Job
  'job.removed': { readonly job: string }
  'command.logged': LoggedCommand
  'command.cleared': Record<string, never>
  'settings.changed': Settings
  /** The window is about to close while jobs run; the page asks the person and answers with app.close. */
  'app.closing': { readonly jobs: readonly Job[]; readonly runningMachines: number }
  /** A menu entry of the native menu was chosen (Electron); the page does what its own menu would. */
  'app.menu': { readonly item: string }
}

export type EventName = keyof Events

export interface EventEnvelope<N extends EventName = EventName> { readonly event: N; readonly payload: Events[N] }
