import { domainSendKeys } from '../../libvirt/domain/index.ts'
import type { HandlersOf } from '../context.ts'

export const consoleHandlers: HandlersOf<'console.display' | 'console.serial' | 'console.send-keys'> = {
  'console.display': async ({ connection, uuid }, context) =>
    context.console.display(await context.connections.target(connection), uuid),
  'console.serial': async ({ connection, uuid, port }, context) =>
    context.console.serial(await context.connections.target(connection), uuid, port),
  'console.send-keys': async ({ connection, uuid, keys }, context) =>
    domainSendKeys(await context.connections.target(connection), uuid, keys),
}
