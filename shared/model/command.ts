/** A command that changed something, as a line that a person can paste into a shell. */
import type { ConnectionId } from './connection.ts'

export interface LoggedCommand {
  readonly id: number
  readonly connection: ConnectionId | null
  /** Stands alone: documents are in it as here-documents, secrets are variables that it asks for. */
  readonly line: string
  /** ISO time. */
  readonly startedAt: string
  readonly milliseconds: number
  readonly ok: boolean
  /** First line of the error, where it failed. */
  readonly error: string | null
}
