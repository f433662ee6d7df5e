import type { Target } from '../../libvirt/target.ts'
import type { HandlerContext } from '../context.ts'

/** A machine of a connection. */
export interface Ref {
  readonly connection: string
  readonly uuid: string
}

/** Does something to a machine and reads its row again, also where it failed: what is on screen may have been wrong. */
export async function act<T>({ connection, uuid }: Ref, context: HandlerContext, action: (target: Target) => Promise<T>): Promise<T> {
  const inventory = await context.connections.inventory(connection)
  try {
    return await action(context.connections.get(connection).target)
  } finally {
    await inventory.touched('domain', uuid).catch(() => undefined) // the action's own outcome is what counts
  }
}
