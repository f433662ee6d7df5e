import type { HandlersOf } from '../context.ts'

export const settingsHandlers: HandlersOf<'settings.get' | 'settings.update'> = {
  'settings.get': async (_input, context) => context.settings.get(),
  'settings.update': async (change, context) => {
    const settings = await context.settings.update(change)
    context.emit('settings.changed', settings)
    return settings
  },
}
