/** A machine's network cards and the ports that lead to them. */
import type { CardSource } from '../../../shared/model/card.ts'
import { checkMac, plainMac } from '../../../shared/model/card-rules.ts'
import { AppError } from '../../../shared/model/error.ts'
import { isReferable } from '../../../shared/model/network-rules.ts'
import {
  cardModels, domainAddInterface, domainChangeInterface, domainGet, domainMoveForwards, domainRemoveInterface, drawMac, hasPasst,
} from '../../libvirt/domain/index.ts'
import { networkDestroy, networkStart } from '../../libvirt/network/index.ts'
import { reconnectMachines } from '../../libvirt/network/reconnect.ts'
import type { HandlerContext, HandlersOf } from '../context.ts'
import { act, type Ref } from './act.ts'

type Names =
  | 'domain.remove-interface' | 'domain.card-choices' | 'domain.add-interface' | 'domain.change-interface' | 'domain.port-forwards'
  | 'domain.set-port-forwards'

/** Does it with the source's network running; one that was started for it is stopped again where it fails. */
async function withNetwork<T>({ connection }: Ref, context: HandlerContext, source: CardSource | undefined, work: () => Promise<T>): Promise<T> {
  if (source?.type !== 'network') return work()
  if (!isReferable(source.network)) throw new AppError('name-invalid', { name: source.network })
  const inventory = await context.connections.inventory(connection)
  const { target } = context.connections.get(connection)
  const network = (await inventory.readNetworks()).find((one) => one.name === source.network)
  if (!network) throw new AppError('network-missing', { name: source.network })
  if (network.active) return work()
  try {
    await networkStart(target, network.uuid)
    await reconnectMachines(target, network.uuid).catch(() => undefined) // others that ran on it before; this card is what was asked for
    try {
      return await work()
    } catch (error) {
      await networkDestroy(target, network.uuid).catch(() => undefined)
      throw error
    }
  } finally {
    await inventory.touched('network', network.uuid).catch(() => undefined)
  }
}

/** Errors: invalid-input (params.finding) for what no card can have. */
function refuseMac(mac: string | null | undefined): void {
  const finding = mac === null || mac === undefined ? null : checkMac(mac, [], { uuid: '', mac: null })
  if (finding) throw new AppError('invalid-input', { field: 'mac', finding: finding.code })
}

async function freeMac({ connection }: Ref, context: HandlerContext): Promise<string> {
  const { domains } = await context.connections.inventory(connection)
  return drawMac(new Set(domains.flatMap((domain) => domain.cards.map((card) => card.mac?.toLowerCase() ?? ''))))
}

export const cardHandlers: HandlersOf<Names> = {
  'domain.remove-interface': (ref, context) =>
    act(ref, context, async (target) => {
      const gone = await domainRemoveInterface(target, ref.uuid, ref.mac)
      if (gone) await domainMoveForwards(target, ref.uuid, ref.mac, null)
      return { gone, details: await domainGet(target, ref.uuid) }
    }),
  'domain.card-choices': async ({ connection, uuid }, context) => {
    const target = await context.connections.target(connection)
    const [models, passt] = await Promise.all([cardModels(target, uuid), hasPasst(target)])
    return { models, passt }
  },
  'domain.add-interface': (ref, context) =>
    act(ref, context, async (target) => {
      refuseMac(ref.mac)
      const mac = ref.mac === null ? await freeMac(ref, context) : plainMac(ref.mac)
      await withNetwork(ref, context, ref.source, () => domainAddInterface(target, ref.uuid, { source: ref.source, model: ref.model, mac }))
      const details = await domainGet(target, ref.uuid)
      return { effect: details.live ? 'now' : 'next-start', details }
    }),
  'domain.change-interface': (ref, context) =>
    act(ref, context, async (target) => {
      const { mac, change, when } = ref
      refuseMac(change.mac)
      const moved = change.mac !== undefined && plainMac(change.mac) !== mac.toLowerCase()
      // another MAC is another card to libvirt and to the guest
      if (moved && (await domainGet(target, ref.uuid)).live) throw new AppError('unsupported')
      const effect = await withNetwork(ref, context, change.source, () => domainChangeInterface(target, ref.uuid, { mac, change, when }))
      if (moved) await domainMoveForwards(target, ref.uuid, mac, change.mac ?? null)
      if (when === 'replug') await context.forwards.restore(context.connections.get(ref.connection), ref.uuid)
      return { effect, details: await domainGet(target, ref.uuid) }
    }),
  'domain.port-forwards': async ({ connection, uuid }, context) => {
    await context.connections.inventory(connection)
    return context.forwards.state(context.connections.get(connection), uuid)
  },
  'domain.set-port-forwards': async ({ connection, uuid, mac, forwards }, context) => {
    await context.connections.inventory(connection)
    return context.forwards.set(context.connections.get(connection), uuid, { mac, forwards })
  },
}
