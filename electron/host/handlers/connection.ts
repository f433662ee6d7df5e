import type { HandlersOf } from '../context.ts'

export const connectionHandlers: HandlersOf<
  | 'connection.list'
  | 'connection.add'
  | 'connection.check'
  | 'connection.connect'
  | 'connection.disconnect'
  | 'connection.remove'
  | 'connection.update'
> = {
  'connection.list': async (_input, context) => context.connections.list(),
  'connection.add': ({ uri, name }, context) => context.connections.add(uri, name),
  'connection.check': async ({ uri }, context) => context.connections.check(uri),
  /** Answers how it ended: connected, or failed with its error. */
  'connection.connect': async ({ connection }, context) => context.connections.get(connection).connect(),
  'connection.disconnect': async ({ connection }, context) => context.connections.get(connection).disconnect(),
  'connection.remove': async ({ connection }, context) => {
    await context.connections.remove(connection)
    if (context.settings.get().defaultConnection !== connection) return
    context.emit('settings.changed', await context.settings.update({ defaultConnection: null }))
  },
  'connection.update': ({ connection, ...change }, context) => context.connections.update(connection, change),
}
