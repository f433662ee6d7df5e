/** The commands that changed something, newest last. */
import type { LoggedCommand } from '../../shared/model/command.ts'
import type { Emit } from './emit.ts'

/** Commands that are kept; the oldest go first. */
export const KEPT_COMMANDS = 500

export interface CommandLog {
  list(): readonly LoggedCommand[]
  add(entry: Omit<LoggedCommand, 'id'>): void
  clear(): void
}

export function createCommandLog(emit: Emit): CommandLog {
  let entries: LoggedCommand[] = []
  let last = 0
  return {
    list: () => entries,
    add: (entry) => {
      const command = { id: ++last, ...entry }
      entries = [...entries, command].slice(-KEPT_COMMANDS)
      emit('command.logged', command)
    },
    clear: () => {
      entries = []
      emit('command.cleared', {})
    },
  }
}
