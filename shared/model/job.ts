/** Work that takes longer than a moment. */
import type { ConnectionId } from './connection.ts'
import type { WireError } from './error.ts'

export type JobState = 'running' | 'done' | 'failed' | 'cancelled'

/** A sentence as data: a key of the catalogue of words with its parameters. */
export interface Message { readonly key: string; readonly params: Readonly<Record<string, string | number>> }

export interface JobProgress {
  readonly done: number
  /** 0 where it is not known. */
  readonly total: number
  readonly unit: 'bytes' | 'steps' | 'percent'
  /** Bytes a second of late, where that is measured. */
  readonly perSecond?: number | null
}

export type JobHold = 'waiting' | 'paused'

export interface Job {
  readonly id: string
  readonly kind: 'create-machine' | 'copy' | 'save' | 'delete' | 'download' | 'other'
  readonly connection: ConnectionId | null
  readonly title: Message
  readonly state: JobState
  /** The operation's own figure, or null where it has none (shown as busy). */
  readonly progress: JobProgress | null
  readonly step: Message | null
  readonly cancellable: boolean
  /** It can be paused and goes on from where it was. */
  readonly pausable?: boolean
  /** It stands still, though it is not over: it waits for its turn, or the person paused it. */
  readonly hold?: JobHold | null
  readonly error: WireError | null
  /** What it made, e.g. the uuid of a machine. */
  readonly result: Readonly<Record<string, string>> | null
  /** ISO times. */
  readonly startedAt: string
  readonly endedAt: string | null
  readonly log: readonly string[]
}
