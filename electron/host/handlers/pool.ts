import { buildPool, checkPool, createPool, defaultPool } from '../../create/new-pool.ts'
import { refuseBusyPool } from '../../create/pool-users.ts'
import { machinesNaming, usedVolumes } from '../../images/volume-uses.ts'
import { poolAutostart, poolDestroy, poolStart, poolTypes, poolUndefine, poolXml } from '../../libvirt/pool/index.ts'
import { poolDefineXml } from '../../libvirt/pool/define-xml.ts'
import type { Target } from '../../libvirt/target.ts'
import type { HandlerContext, HandlersOf } from '../context.ts'
import { AppError } from '../../../shared/model/error.ts'
import type { Pool } from '../../../shared/model/storage.ts'

interface Ref {
  readonly connection: string
  readonly uuid: string
}

/** The pool as libvirt has it now. Errors: not-found. */
export async function findPool({ connection, uuid }: Ref, context: HandlerContext): Promise<Pool> {
  const pool = (await (await context.connections.inventory(connection)).readPools()).find((one) => one.uuid === uuid)
  if (!pool) throw new AppError('not-found', { pool: uuid })
  return pool
}

/** Does something to a pool and reads its row again, also where it failed: what is on screen may have been wrong. */
async function act<T>({ connection, uuid }: Ref, context: HandlerContext, action: (target: Target) => Promise<T>): Promise<T> {
  const inventory = await context.connections.inventory(connection)
  try {
    return await action(context.connections.get(connection).target)
  } finally {
    await inventory.touched('pool', uuid).catch(() => undefined) // the action's own outcome is what counts
  }
}

/** A pool whose folder is not there does not start: its folder can be made. */
function withBuildRemedy(ref: Ref, problem: unknown): unknown {
  if (!(problem instanceof AppError) || problem.code !== 'folder-missing') return problem
  const request = { name: 'pool.build', input: { connection: ref.connection, uuid: ref.uuid } }
  return new AppError(problem.code, problem.params, problem.detail, [{ name: 'build-pool', request }])
}

type Names =
  | 'pool.list' | 'pool.volumes' | 'pool.types' | 'pool.check' | 'pool.create' | 'pool.create-default' | 'pool.build' | 'pool.start'
  | 'pool.stop' | 'pool.delete' | 'pool.needed-by' | 'pool.set-autostart' | 'pool.xml' | 'pool.define-xml'

async function create(connection: string, context: HandlerContext, make: (target: Target) => Promise<{ uuid: string }>): Promise<{ uuid: string }> {
  const inventory = await context.connections.inventory(connection)
  try {
    return await make(context.connections.get(connection).target)
  } finally {
    await inventory.readPools().catch(() => undefined)
  }
}

export const poolHandlers: HandlersOf<Names> = {
  'pool.list': async ({ connection }, context) => (await context.connections.inventory(connection)).readPools(),
  'pool.volumes': async ({ connection, uuid, refresh }, context) =>
    usedVolumes(await context.connections.target(connection), uuid, refresh),
  'pool.types': async ({ connection }, context) => poolTypes(await context.connections.target(connection)),
  'pool.check': async ({ connection, ...wish }, context) => checkPool(await context.connections.target(connection), wish),
  'pool.create': ({ connection, start, ...wish }, context) => create(connection, context, (target) => createPool(target, wish, start)),
  'pool.create-default': ({ connection }, context) =>
    create(connection, context, (target) => createPool(target, defaultPool(target), true)),
  'pool.build': async (ref, context) => {
    const pool = await findPool(ref, context)
    await act(ref, context, (target) => buildPool(target, pool))
  },
  'pool.start': (ref, context) =>
    act(ref, context, (target) => poolStart(target, ref.uuid)).catch((problem: unknown) => Promise.reject(withBuildRemedy(ref, problem))),
  'pool.stop': async (ref, context) => {
    const pool = await findPool(ref, context)
    await act(ref, context, async (target) => {
      refuseBusyPool(target, pool.name)
      await poolDestroy(target, ref.uuid)
    })
  },
  'pool.delete': async (ref, context) => {
    const pool = await findPool(ref, context)
    await act(ref, context, async (target) => {
      refuseBusyPool(target, pool.name)
      // one that is not kept is gone as soon as it stops
      if (pool.active) await poolDestroy(target, ref.uuid)
      if (pool.persistent) await poolUndefine(target, ref.uuid)
    })
  },
  'pool.needed-by': async ({ connection, uuid }, context) => machinesNaming(await context.connections.target(connection), uuid),
  'pool.set-autostart': (ref, context) => act(ref, context, (target) => poolAutostart(target, ref.uuid, ref.autostart)),
  'pool.define-xml': ({ before, xml, ...ref }, context) => act(ref, context, (target) => poolDefineXml(target, ref.uuid, { before, xml })),
  'pool.xml': async ({ connection, uuid }, context) => ({
    xml: await poolXml(await context.connections.target(connection), uuid),
  }),
}
