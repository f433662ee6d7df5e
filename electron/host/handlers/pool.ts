import { poolAutostart, poolStart, poolVolumes, poolXml } from '../../libvirt/pool/index.ts'
import type { HandlersOf } from '../context.ts'

export const poolHandlers: HandlersOf<'pool.list' | 'pool.volumes' | 'pool.start' | 'pool.set-autostart' | 'pool.xml'> = {
  'pool.list': async ({ connection }, context) => (await context.connections.inventory(connection)).readPools(),
  'pool.volumes': async ({ connection, uuid, refresh }, context) =>
    poolVolumes(await context.connections.target(connection), uuid, refresh),
  'pool.start': async ({ connection, uuid }, context) => {
    const inventory = await context.connections.inventory(connection)
    await poolStart(context.connections.get(connection).target, uuid)
    await inventory.touched('pool', uuid)
  },
  'pool.set-autostart': async ({ connection, uuid, autostart }, context) => {
    const inventory = await context.connections.inventory(connection)
    await poolAutostart(context.connections.get(connection).target, uuid, autostart)
    await inventory.touched('pool', uuid)
  },
  'pool.xml': async ({ connection, uuid }, context) => ({
    xml: await poolXml(await context.connections.target(connection), uuid),
  }),
}
