import { openViewer, viewerOffer } from '../../console/viewer.ts'
import { domainSendKeys } from '../../libvirt/domain/index.ts'
import type { HandlersOf } from '../context.ts'

export const consoleHandlers: HandlersOf<
  'console.display' | 'console.serial' | 'console.viewer' | 'console.open-viewer' | 'console.send-keys'
> = {
  'console.display': async ({ connection, uuid }, context) =>
    context.console.display(await context.connections.target(connection), uuid),
  'console.serial': async ({ connection, uuid, port }, context) =>
    context.console.serial(await context.connections.target(connection), uuid, port),
  'console.viewer': async ({ connection, uuid }, context) =>
    viewerOffer(await context.connections.target(connection), uuid),
  'console.open-viewer': async ({ connection, uuid }, context) =>
    openViewer(await context.connections.target(connection), uuid),
  'console.send-keys': async ({ connection, uuid, keys }, context) =>
    domainSendKeys(await context.connections.target(connection), uuid, keys),
}
