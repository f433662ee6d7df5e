/** The ports of the host that lead to a machine's cards of user mode: what is wanted, what is there, and bringing both together. */
import type { ForwardState, PortForward, PortForwards } from '../../../../shared/model/card.ts'
import { AppError, toWireError, type WireError } from '../../../../shared/model/error.ts'
import { forwardKey, forwardsClash, sameForward } from '../../../../shared/model/forward-rules.ts'
import type { Target } from '../../target.ts'
import { textOf, virshRead } from '../../virsh.ts'
import { attr, child, children, parseXml, type XmlElement } from '../../xml/document.ts'
import { isPasst, readInterface } from '../devices/interface.ts'
import { cardOf } from '../cards/find.ts'
import { domainRedefine } from '../redefine.ts'
import { addForward, netdevOf, removeForward, userNets } from './hostfwd.ts'
import { keepForwards, readForwards, type KeptForwards } from './kept.ts'
import { patchPasstForwards, readPasstForwards } from './passt.ts'

export { readForwards, FORWARDS_NAMESPACE } from './kept.ts'

/** Why forwards of a machine could not be put back, by forwardKey. */
export type Faults = ReadonlyMap<string, WireError>

interface Machine {
  readonly on: boolean
  readonly where: readonly string[]
  /** The document that runs, else that of the next start. */
  readonly shown: XmlElement
  readonly stored: XmlElement | null
  readonly kept: KeptForwards
}

async function machineOf(target: Target, uuid: string): Promise<Machine> {
  const commands = [['dumpxml', `--domain=${uuid}`], ['dumpxml', `--domain=${uuid}`, '--inactive'], ['list', '--all', '--uuid', '--persistent']]
  const [now, next, list] = await virshRead(target, commands)
  const shown = parseXml(textOf(now))
  const on = attr(shown, 'id') !== null
  const persistent = textOf(list).includes(uuid)
  const stored = persistent ? parseXml(textOf(next)) : null
  return { on, shown, stored, where: [...(on ? ['--live'] : []), ...(persistent ? ['--config'] : [])], kept: readForwards(stored ?? shown) }
}

/** Those of the machines that have forwards to keep, in one virsh process. */
export async function domainsForwards(target: Target, uuids: readonly string[]): Promise<string[]> {
  const answers = await virshRead(target, uuids.map((uuid) => ['dumpxml', `--domain=${uuid}`]))
  return uuids.filter((_, index) => {
    const answer = answers[index]
    return answer?.ok && readForwards(parseXml(answer.text)).size > 0
  })
}

const userCards = (domain: XmlElement | null): XmlElement[] =>
  children(child(domain ?? undefined, 'devices'), 'interface').filter((card) => attr(card, 'type') === 'user')

const macOf = (card: XmlElement): string => readInterface(card).mac?.toLowerCase() ?? ''

/** The forwards of each card of user mode, running or at the next start. Errors: not-found. */
export async function domainPortForwards(target: Target, uuid: string, faults: Faults = new Map()): Promise<readonly PortForwards[]> {
  const machine = await machineOf(target, uuid)
  const live = machine.on ? userCards(machine.shown) : []
  const nets = live.some((card) => !isPasst(card)) ? await userNets(target, uuid) : new Map<string, readonly PortForward[]>()
  const later = userCards(machine.stored).filter((card) => !live.some((one) => macOf(one) === macOf(card)))
  return [...live, ...later].map((card) => {
    const mac = macOf(card)
    const running = live.includes(card)
    if (isPasst(card)) return passtState(mac, running ? card : null, cardOf(machine.stored ?? machine.shown, mac) ?? card)
    const active = (running && nets.get(netdevOf(card) ?? '')) || []
    const wanted = machine.kept.get(mac) ?? []
    return { mac, way: 'hostfwd', forwards: wanted.map((forward) => stateOf(forward, active, faults)) }
  })
}

function stateOf(forward: PortForward, active: readonly PortForward[], faults: Faults): ForwardState {
  if (active.some((one) => sameForward(one, forward))) return { forward, state: 'active', fault: null }
  const fault = faults.get(forwardKey(forward)) ?? null
  return { forward, state: fault ? 'failed' : 'waiting', fault }
}

function passtState(mac: string, live: XmlElement | null, stored: XmlElement): PortForwards {
  const active = live ? readPasstForwards(live) : []
  return { mac, way: 'passt', forwards: readPasstForwards(stored).map((forward) => stateOf(forward, active, new Map())) }
}

/** Puts forwards that are wanted and not there into the running machine; answers why some could not. Errors: not-found. */
export async function domainRestoreForwards(target: Target, uuid: string, blocked: (forward: PortForward) => Promise<AppError | null>): Promise<Faults> {
  const { on, shown, kept } = await machineOf(target, uuid)
  const faults = new Map<string, WireError>()
  if (!on || kept.size === 0) return faults
  const nets = await userNets(target, uuid)
  for (const card of userCards(shown)) {
    const netdev = netdevOf(card)
    if (netdev === null || isPasst(card)) continue
    const there = nets.get(netdev) ?? []
    for (const forward of kept.get(macOf(card)) ?? []) {
      if (there.some((one) => sameForward(one, forward))) continue
      const fault = (await blocked(forward)) ?? (await addForward(target, uuid, netdev, forward).then(() => null, toWireError))
      if (fault) faults.set(forwardKey(forward), toWireErrorOf(fault))
    }
  }
  return faults
}

const toWireErrorOf = (fault: WireError): WireError => ({ code: fault.code, params: fault.params, detail: fault.detail, remedies: fault.remedies })

/**
 * Gives a card these forwards and no others of ours: in the running machine, and kept for its next starts. What failed is undone.
 * `blocked` says why a port of the host cannot be had. Errors: not-found, forward-taken…, forward-refused.
 */
export async function domainSetForwards(
  target: Target,
  uuid: string,
  wish: { readonly mac: string; readonly forwards: readonly PortForward[] },
  blocked: (forward: PortForward) => Promise<AppError | null>,
): Promise<void> {
  const mac = wish.mac.toLowerCase()
  const machine = await machineOf(target, uuid)
  const live = machine.on ? userCards(machine.shown).find((card) => macOf(card) === mac) : undefined
  const card = live ?? userCards(machine.stored).find((one) => macOf(one) === mac)
  if (!card) throw new AppError('not-found', { name: wish.mac }, `no network card ${wish.mac} of user mode`)
  const keep = (forwards: readonly PortForward[]): Promise<void> => keepForwards(target, uuid, withCard(machine.kept, mac, forwards), machine.where)
  if (isPasst(card)) {
    await setPasst(target, uuid, mac, wish.forwards)
    return keep(wish.forwards) // for when it is QEMU's user mode again
  }
  const before = machine.kept.get(mac) ?? []
  const added = wish.forwards.filter((forward) => !before.some((one) => sameForward(one, forward)))
  const gone = before.filter((forward) => !wish.forwards.some((one) => sameForward(one, forward)))
  const others = [...machine.kept].flatMap(([one, forwards]) => (one === mac ? [] : forwards))
  for (const forward of added) {
    if (others.some((one) => forwardsClash(one, forward))) throw new AppError('forward-taken', { address: forward.hostAddress, port: forward.hostPort })
    const why = gone.some((one) => forwardKey(one) === forwardKey(forward)) ? null : await blocked(forward)
    if (why) throw why
  }
  const netdev = live ? netdevOf(live) : null
  if (netdev !== null) await exchange(target, uuid, netdev, { gone, added })
  try {
    await keep(wish.forwards)
  } catch (error) {
    if (netdev !== null) await exchange(target, uuid, netdev, { gone: added, added: gone }).catch(() => undefined)
    throw error
  }
  const stored = machine.stored ? cardOf(machine.stored, mac) : undefined
  if (stored && isPasst(stored)) await setPasst(target, uuid, mac, wish.forwards)
}

/** Takes some out of the running machine and puts others in; where one cannot be had, all is as it was. */
async function exchange(target: Target, uuid: string, netdev: string, { gone, added }: Record<'gone' | 'added', readonly PortForward[]>): Promise<void> {
  const there = (await userNets(target, uuid)).get(netdev) ?? []
  const undo: (() => Promise<void>)[] = []
  try {
    for (const forward of gone.filter((one) => there.some((other) => sameForward(one, other)))) {
      await removeForward(target, uuid, netdev, forward)
      undo.unshift(() => addForward(target, uuid, netdev, forward))
    }
    for (const forward of added) {
      await addForward(target, uuid, netdev, forward)
      undo.unshift(() => removeForward(target, uuid, netdev, forward))
    }
  } catch (error) {
    for (const back of undo) await back().catch(() => undefined)
    throw error
  }
}

async function setPasst(target: Target, uuid: string, mac: string, forwards: readonly PortForward[]): Promise<void> {
  await domainRedefine(target, uuid, (domain) => {
    const card = cardOf(domain, mac)
    if (card) patchPasstForwards(card, forwards)
    return card !== undefined
  })
}

function withCard(kept: KeptForwards, mac: string, forwards: readonly PortForward[]): KeptForwards {
  return new Map([...kept].filter(([one]) => one !== mac).concat(forwards.length > 0 ? [[mac, forwards]] : []))
}

/** A card got another MAC, or (null) was taken out: its forwards go with it. */
export async function domainMoveForwards(target: Target, uuid: string, mac: string, to: string | null): Promise<void> {
  const { kept, where } = await machineOf(target, uuid)
  const mine = kept.get(mac.toLowerCase())
  if (!mine) return
  const others = withCard(kept, mac.toLowerCase(), [])
  await keepForwards(target, uuid, to === null ? others : withCard(others, to.toLowerCase(), mine), where)
}
