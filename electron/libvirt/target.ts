/** Where a verb goes: a connection's URI, and where what it changes is noted. */
import type { LoggedCommand } from '../../shared/model/command.ts'
import type { ConnectionId } from '../../shared/model/connection.ts'

export interface Target {
  readonly uri: string
  readonly connection: ConnectionId
  /** Takes each command that changes something, after it ended. Reading is not noted. */
  readonly log?: (entry: Omit<LoggedCommand, 'id'>) => void
}
