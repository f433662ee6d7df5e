import { deleteVolume } from '../../create/delete-volume.ts'
import { checkVolume } from '../../create/new-volume.ts'
import type { HandlersOf } from '../context.ts'
import { findPool } from './pool.ts'

export const volumeHandlers: HandlersOf<'volume.check' | 'volume.add' | 'volume.delete'> = {
  'volume.check': async (input, context) => {
    const pool = await findPool(input, context)
    return checkVolume(context.connections.get(input.connection).target, pool, input)
  },
  'volume.add': async ({ connection, uuid, ...wish }, context) => {
    const pool = await findPool({ connection, uuid }, context)
    return { job: context.volumeFetches.add(context.connections.get(connection), pool, wish) }
  },
  'volume.delete': async ({ connection, uuid, path }, context) => {
    const inventory = await context.connections.inventory(connection)
    try {
      await deleteVolume(context.connections.get(connection).target, uuid, path)
    } finally {
      await inventory.volumesChanged().catch(() => undefined)
    }
  },
}
