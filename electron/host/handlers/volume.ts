import { deleteVolume } from '../../create/delete-volume.ts'
import { fetchVolume } from '../../create/fetch-volume.ts'
import { addVolume, checkVolume, isAddress } from '../../create/new-volume.ts'
import { AppError } from '../../../shared/model/error.ts'
import type { HandlersOf } from '../context.ts'
import { findPool } from './pool.ts'

export const volumeHandlers: HandlersOf<'volume.check' | 'volume.add' | 'volume.delete'> = {
  'volume.check': async (input, context) => {
    const pool = await findPool(input, context)
    return checkVolume(context.connections.get(input.connection).target, pool, input)
  },
  'volume.add': async ({ connection, uuid, ...wish }, context) => {
    const pool = await findPool({ connection, uuid }, context)
    if (!pool.active || pool.path === null) throw new AppError('pool-inactive', { pool: pool.name })
    const inventory = await context.connections.inventory(connection)
    const { target } = context.connections.get(connection)
    const fetched = isAddress(wish.source)
    const title = { key: 'jobs:kind.add-volume', params: { name: wish.name, pool: pool.name } }
    const { id } = context.jobs.start({ kind: 'copy', connection, title, cancellable: true, pausable: fetched }, async (job) => {
      try {
        await (fetched ? fetchVolume(target, pool, wish, job, context.downloads.tools) : addVolume(target, pool, wish, job))
        return { pool: uuid }
      } finally {
        await inventory.volumesChanged().catch(() => undefined)
      }
    })
    return { job: id }
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
