import { networkAutostart, networkDestroy, networkLeases, networkStart, networkUndefine, networkXml } from '../../libvirt/network/index.ts'
import type { Target } from '../../libvirt/target.ts'
import type { HandlerContext, HandlersOf } from '../context.ts'
import { AppError } from '../../../shared/model/error.ts'

type Names =
  | 'network.list' | 'network.leases' | 'network.start' | 'network.stop' | 'network.delete' | 'network.set-autostart' | 'network.xml'

interface Ref {
  readonly connection: string
  readonly uuid: string
}

/** Does something to a network and reads its row again, also where it failed: what is on screen may have been wrong. */
async function act({ connection, uuid }: Ref, context: HandlerContext, action: (target: Target) => Promise<void>): Promise<void> {
  const inventory = await context.connections.inventory(connection)
  try {
    await action(context.connections.get(connection).target)
  } finally {
    await inventory.touched('network', uuid).catch(() => undefined) // the action's own outcome is what counts
  }
}

export const networkHandlers: HandlersOf<Names> = {
  'network.list': async ({ connection }, context) => (await context.connections.inventory(connection)).readNetworks(),
  'network.leases': async ({ connection, uuid }, context) => networkLeases(await context.connections.target(connection), uuid),
  'network.start': (ref, context) => act(ref, context, (target) => networkStart(target, ref.uuid)),
  'network.stop': (ref, context) => act(ref, context, (target) => networkDestroy(target, ref.uuid)),
  'network.delete': async (ref, context) => {
    const networks = await (await context.connections.inventory(ref.connection)).readNetworks()
    const network = networks.find((one) => one.uuid === ref.uuid)
    if (!network) throw new AppError('network-missing', { name: ref.uuid })
    await act(ref, context, async (target) => {
      // one that is not kept is gone as soon as it stops
      if (network.active) await networkDestroy(target, ref.uuid)
      if (network.persistent) await networkUndefine(target, ref.uuid)
    })
  },
  'network.set-autostart': (ref, context) => act(ref, context, (target) => networkAutostart(target, ref.uuid, ref.autostart)),
  'network.xml': async ({ connection, uuid }, context) => ({
    xml: await networkXml(await context.connections.target(connection), uuid),
  }),
}
