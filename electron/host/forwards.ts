/**
 * Keeps the forwarded ports of machines: puts them into each machine that is seen running, whoever started it, since QEMU
 * forgets them at its end. It hears what is told of every connection's machines, and asks nobody by itself.
 */
import type { EventName } from '../../shared/contract/index.ts'
import type { PortForward, PortForwards } from '../../shared/model/card.ts'
import { displayName, isActive } from '../../shared/model/domain-rules.ts'
import type { DomainSummary } from '../../shared/model/domain.ts'
import { AppError } from '../../shared/model/error.ts'
import { forwardsClash } from '../../shared/model/forward-rules.ts'
import {
  domainPortForwards, domainRestoreForwards, domainSetForwards, domainsForwards, type Faults,
} from '../libvirt/domain/ports/index.ts'
import { portHolder, portState } from '../system/port-check.ts'
import type { LiveConnection } from './connections/live-connection.ts'

type Live = Pick<LiveConnection, 'view' | 'target' | 'inventory'>

export interface ForwardsDependencies {
  connections(): readonly Live[]
  onFault(what: string, error: unknown): void
}

/** Events after which a machine may run that did not. */
const telling: ReadonlySet<EventName> = new Set(['connection.changed', 'connection.removed', 'domain.listed', 'domain.changed', 'domain.removed'])

const keyOf = (connection: string, uuid: string): string => `${connection}|${uuid}`

export class Forwards {
  /** Machines that were looked at since they run, by their number of this run. */
  readonly #seen = new Map<string, number | null>()
  readonly #faults = new Map<string, Faults>()
  /** What is done to one machine is done one after the other. */
  readonly #turns = new Map<string, Promise<unknown>>()
  readonly #deps: ForwardsDependencies

  constructor(deps: ForwardsDependencies) {
    this.#deps = deps
  }

  /** What runs already when the app opens is seen like what starts later, when its connection has read its machines. */
  start(): Promise<void> {
    this.heard('domain.listed')
    return Promise.resolve()
  }

  heard(event: EventName): void {
    if (!telling.has(event)) return
    const machines = this.#deps.connections().flatMap((live) => (live.inventory?.domains ?? []).map((domain) => ({ live, domain })))
    const running = machines.filter(({ domain }) => isActive(domain) && domain.cards.some((card) => card.type === 'user'))
    const now = new Set(running.map(({ live, domain }) => keyOf(live.view.id, domain.uuid)))
    for (const key of this.#seen.keys()) if (!now.has(key)) this.#forget(key)
    for (const live of new Set(running.map((one) => one.live))) {
      const fresh = running.filter((one) => one.live === live && this.#seen.get(keyOf(live.view.id, one.domain.uuid)) !== one.domain.id)
      for (const { domain } of fresh) this.#seen.set(keyOf(live.view.id, domain.uuid), domain.id)
      if (fresh.length > 0) void this.#welcome(live, fresh.map((one) => one.domain.uuid))
    }
  }

  /** The forwards of a machine, each with whether it is there and why not. Errors: not-found. */
  state(live: Live, uuid: string): Promise<readonly PortForwards[]> {
    return this.#turn(live, uuid, () => domainPortForwards(live.target, uuid, this.#faults.get(keyOf(live.view.id, uuid))))
  }

  /** Gives a card these forwards. Errors: those of domainSetForwards. */
  set(live: Live, uuid: string, wish: { readonly mac: string; readonly forwards: readonly PortForward[] }): Promise<readonly PortForwards[]> {
    return this.#turn(live, uuid, async () => {
      const key = keyOf(live.view.id, uuid)
      await domainSetForwards(live.target, uuid, wish, (forward) => this.#blocked(live, uuid, forward))
      // one that is not there yet, as it failed before, is tried again with the others
      this.#note(key, await this.#put(live, uuid))
      return domainPortForwards(live.target, uuid, this.#faults.get(key))
    })
  }

  /** A card was plugged in anew: what leads to it is put there again. */
  async restore(live: Live, uuid: string): Promise<void> {
    await this.#turn(live, uuid, async () => this.#note(keyOf(live.view.id, uuid), await this.#put(live, uuid)))
  }

  /** Of machines that just came up, those that have forwards get them. */
  async #welcome(live: Live, uuids: readonly string[]): Promise<void> {
    try {
      for (const uuid of await domainsForwards(live.target, uuids)) {
        await this.restore(live, uuid)
        live.inventory?.stale('domain', uuid)
      }
    } catch (error) {
      // looked at again with the next event
      for (const uuid of uuids) this.#seen.delete(keyOf(live.view.id, uuid))
      this.#deps.onFault('forwarding ports', error)
    }
  }

  #put(live: Live, uuid: string): Promise<Faults> {
    return domainRestoreForwards(live.target, uuid, (forward) => this.#blocked(live, uuid, forward))
  }

  #note(key: string, faults: Faults): void {
    if (faults.size > 0) this.#faults.set(key, faults)
    else this.#faults.delete(key)
  }

  #forget(key: string): void {
    this.#seen.delete(key)
    this.#faults.delete(key)
  }

  #turn<T>(live: Live, uuid: string, work: () => Promise<T>): Promise<T> {
    const key = keyOf(live.view.id, uuid)
    const mine = (this.#turns.get(key) ?? Promise.resolve()).then(work, work)
    const done = mine.catch(() => undefined)
    this.#turns.set(key, done)
    void done.then(() => this.#turns.get(key) === done && this.#turns.delete(key))
    return mine
  }

  /** Why the host's port cannot be had, where that can be known beforehand; of another computer it cannot. */
  async #blocked(live: Live, uuid: string, forward: PortForward): Promise<AppError | null> {
    if (!['session', 'system'].includes(live.view.kind)) return null
    const { protocol, hostAddress: address, hostPort: port } = forward
    const state = await portState({ protocol, address, port })
    const params = { address, port }
    if (state === 'free') return null
    if (state === 'forbidden') return new AppError('forward-forbidden', params)
    if (state === 'elsewhere') return new AppError('forward-elsewhere', params)
    const machine = await this.#machineOn(forward, uuid)
    if (machine !== null) return new AppError('forward-taken-by-machine', { ...params, machine })
    const program = await portHolder({ protocol, address, port })
    return program === null ? new AppError('forward-taken', params) : new AppError('forward-taken-by', { ...params, program })
  }

  /** The machine, of any open connection, that forwards this port; null where none is known to. */
  async #machineOn(forward: PortForward, uuid: string): Promise<string | null> {
    for (const live of this.#deps.connections()) {
      const others = (live.inventory?.domains ?? []).filter((one) => mayForward(one) && one.uuid !== uuid)
      for (const other of await forwardersAmong(live, others)) {
        const cards = await domainPortForwards(live.target, other.uuid).catch(() => [])
        const holds = cards.flatMap((card) => card.forwards).some((one) => one.state === 'active' && forwardsClash(one.forward, forward))
        if (holds) return displayName(other)
      }
    }
    return null
  }
}

const mayForward = (domain: DomainSummary): boolean => isActive(domain) && domain.cards.some((card) => card.type === 'user')

async function forwardersAmong(live: Live, domains: readonly DomainSummary[]): Promise<readonly DomainSummary[]> {
  if (domains.length === 0) return []
  const uuids = await domainsForwards(live.target, domains.map((one) => one.uuid)).catch((): string[] => [])
  return domains.filter((one) => uuids.includes(one.uuid))
}
