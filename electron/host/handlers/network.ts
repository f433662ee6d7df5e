import { networkAutostart, networkLeases, networkStart, networkXml } from '../../libvirt/network/index.ts'
import type { HandlersOf } from '../context.ts'

export const networkHandlers: HandlersOf<'network.list' | 'network.leases' | 'network.start' | 'network.set-autostart' | 'network.xml'> = {
  'network.list': async ({ connection }, context) => (await context.connections.inventory(connection)).readNetworks(),
  'network.leases': async ({ connection, uuid }, context) => networkLeases(await context.connections.target(connection), uuid),
  'network.start': async ({ connection, uuid }, context) => {
    const inventory = await context.connections.inventory(connection)
    await networkStart(context.connections.get(connection).target, uuid)
    await inventory.touched('network', uuid)
  },
  'network.set-autostart': async ({ connection, uuid, autostart }, context) => {
    const inventory = await context.connections.inventory(connection)
    await networkAutostart(context.connections.get(connection).target, uuid, autostart)
    await inventory.touched('network', uuid)
  },
  'network.xml': async ({ connection, uuid }, context) => ({
    xml: await networkXml(await context.connections.target(connection), uuid),
  }),
}
