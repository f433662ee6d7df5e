import type { HandlersOf } from '../context.ts'

export const appHandlers: HandlersOf<'app.info' | 'app.view' | 'app.close'> = {
  'app.info': async (_input, context) => context.info(),
  'app.view': async (view, context) => context.views.show(context.caller, view),
  'app.close': async ({ choice }, context) => context.leave(choice),
}
