/** Work that takes longer than a moment. */
import type { ConnectionId } from './connection.ts'
import type { WireError } from './error.ts'

export type JobState = 'running' | 'done' | 'failed' | 'cancelled'

/** A sentence as data: a key of the catalogue of words with its parameters. */
export interface Message { readonly key: string; readonly params: Readonly<Record<string, string | number>> }

export interface Job {
  readonly id: string
  readonly kind: 'create-machine' | 'copy' | 'save' | 'delete' | 'other'
  readonly connection: ConnectionId | null
  readonly title: Message
  readonly state: JobState
  /** The operation's own figure, or null where it has none (shown as busy). */
  readonly progress: { readonly done: number; readonly total: number; readonly unit: 'bytes' | 'steps' | 'percent' } | null
  readonly step: Message | null
  readonly cancellable: boolean
  readonly error: WireError | null
  /** What it made, e.g. the uuid of a machine. */
  readonly result: Readonly<Record<string, string>> | null
  /** ISO times. */
  readonly startedAt: string
  readonly endedAt: string | null
  readonly log: readonly string[]
}
