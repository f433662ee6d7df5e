import { checkNetworkEdit, checkNewNetwork, createNetwork, editNetwork, networkHost, previewEdit, previewNetwork } from '../../create/new-network.ts'
import { networkAutostart, networkDestroy, networkLeases, networkStart, networkUndefine, networkXml } from '../../libvirt/network/index.ts'
import { networkDefineXml } from '../../libvirt/network/define-xml.ts'
import { reconnectMachines } from '../../libvirt/network/reconnect.ts'
import type { Target } from '../../libvirt/target.ts'
import type { HandlerContext, HandlersOf } from '../context.ts'
import { AppError } from '../../../shared/model/error.ts'

type Names =
  | 'network.list' | 'network.leases' | 'network.start' | 'network.stop' | 'network.delete' | 'network.set-autostart' | 'network.xml' | 'network.define-xml'
  | 'network.restart' | 'network.host' | 'network.check' | 'network.preview' | 'network.create' | 'network.check-edit' | 'network.preview-edit' | 'network.edit'

interface Ref {
  readonly connection: string
  readonly uuid: string
}

/** Does something to a network and reads its row again, also where it failed: what is on screen may have been wrong. */
async function act<T>({ connection, uuid }: Ref, context: HandlerContext, action: (target: Target) => Promise<T>): Promise<T> {
  const inventory = await context.connections.inventory(connection)
  try {
    return await action(context.connections.get(connection).target)
  } finally {
    await inventory.touched('network', uuid).catch(() => undefined) // the action's own outcome is what counts
  }
}

export const networkHandlers: HandlersOf<Names> = {
  'network.list': async ({ connection }, context) => (await context.connections.inventory(connection)).readNetworks(),
  'network.leases': async ({ connection, uuid }, context) => networkLeases(await context.connections.target(connection), uuid),
  'network.start': (ref, context) =>
    act(ref, context, async (target) => {
      await networkStart(target, ref.uuid)
      return { notReconnected: await reconnectMachines(target, ref.uuid) }
    }),
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
  'network.define-xml': ({ before, xml, ...ref }, context) => act(ref, context, (target) => networkDefineXml(target, ref.uuid, { before, xml })),
  'network.restart': (ref, context) =>
    act(ref, context, async (target) => {
      await networkDestroy(target, ref.uuid)
      await networkStart(target, ref.uuid)
      return { notReconnected: await reconnectMachines(target, ref.uuid) }
    }),
  'network.host': async ({ connection }, context) => {
    const inventory = await context.connections.inventory(connection)
    return networkHost(context.connections.get(connection).target, await inventory.readNetworks())
  },
  'network.check': async (plan, context) => ({ findings: await checkNewNetwork(await context.connections.target(plan.connection), plan) }),
  'network.preview': async (plan, context) => previewNetwork(await context.connections.target(plan.connection), plan),
  'network.create': async (plan, context) => {
    const inventory = await context.connections.inventory(plan.connection)
    try {
      return await createNetwork(context.connections.get(plan.connection).target, plan)
    } finally {
      await inventory.readNetworks().catch(() => undefined)
    }
  },
  'network.check-edit': async ({ connection, uuid, edit }, context) => ({
    findings: await checkNetworkEdit(await context.connections.target(connection), uuid, edit),
  }),
  'network.preview-edit': async ({ connection, uuid, edit }, context) => previewEdit(await context.connections.target(connection), uuid, edit),
  'network.edit': ({ edit, before, ...ref }, context) => act(ref, context, (target) => editNetwork(target, ref.uuid, { edit, before })),
}
