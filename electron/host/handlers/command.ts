import type { HandlersOf } from '../context.ts'

export const commandHandlers: HandlersOf<'command.list' | 'command.clear'> = {
  'command.list': async (_input, context) => context.commands.list(),
  'command.clear': async (_input, context) => context.commands.clear(),
}
