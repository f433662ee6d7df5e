/** What a connected libvirt has: the last lists that were read, kept right by hints, told to the page as they change. */
import type { DomainSummary } from '../../../shared/model/domain.ts'
import type { Network } from '../../../shared/model/network.ts'
import type { Pool } from '../../../shared/model/storage.ts'
import type { Target } from '../../libvirt/target.ts'
import type { Emit } from '../emit.ts'
import { createCoalescer, type Coalescer } from './coalesce.ts'
import type { Hint, LibvirtReads } from './libvirt-reads.ts'
import { Shelf, type Change, type Reading } from './shelf.ts'

export type ObjectKind = 'domain' | 'network' | 'pool'

export interface InventoryDependencies {
  readonly target: Target
  readonly reads: LibvirtReads
  readonly emit: Emit
  /** The next number of this connection's events. */
  nextSequence(): number
  /** A read after a hint failed: the connection may be gone. */
  onReadFailure(error: unknown): void
}

/** As many machines are told one by one; where more differ, one event tells them. */
const MOST_SINGLE = 20

export class Inventory {
  #ended = false
  readonly #domains: Shelf<DomainSummary>
  readonly #networks: Shelf<Network>
  readonly #pools: Shelf<Pool>
  readonly #coalescer: Coalescer
  /** Names that hints gave of objects that were not known then, by their kind. */
  readonly #unknown: Readonly<Record<ObjectKind, Set<string>>> = { domain: new Set(), network: new Set(), pool: new Set() }
  readonly #deps: InventoryDependencies

  constructor(deps: InventoryDependencies) {
    const { target, reads } = deps
    this.#deps = deps
    this.#coalescer = createCoalescer((key) => void this.#act(key).catch((error: unknown) => this.#failed(error)))
    this.#domains = new Shelf({ target, reads: reads.domains, tell: (change) => this.#tellDomains(change) })
    this.#networks = new Shelf({
      target,
      reads: reads.networks,
      tell: () => this.#tell((stamp) => deps.emit('network.listed', { ...stamp, networks: this.networks })),
    })
    this.#pools = new Shelf({
      target,
      reads: reads.pools,
      tell: () => this.#tell((stamp) => deps.emit('pool.listed', { ...stamp, pools: this.pools })),
    })
  }

  get domains(): readonly DomainSummary[] {
    return this.#domains.items
  }

  get networks(): readonly Network[] {
    return this.#networks.items
  }

  get pools(): readonly Pool[] {
    return this.#pools.items
  }

  /** Whether every machine that is there has been read, and completely. */
  get complete(): boolean {
    return this.#domains.complete
  }

  /** Reads everything and tells it, also where nothing differs. Many machines are listed before all of them is known. */
  readAll(): Reading {
    const readings = [this.#domains, this.#networks, this.#pools].map((shelf) => shelf.begin())
    const complete = Promise.all(readings.map((one) => one.complete)).then(() => undefined)
    complete.catch(() => undefined) // a failure before the lists is told by them
    return { listed: Promise.all(readings.map((one) => one.listed)).then(() => undefined), complete }
  }

  readDomains(): Promise<readonly DomainSummary[]> {
    return this.#domains.all()
  }

  readNetworks(): Promise<readonly Network[]> {
    return this.#networks.all()
  }

  readPools(): Promise<readonly Pool[]> {
    return this.#pools.all()
  }

  /** Reads one machine; answers null (and tells that it went) where libvirt no longer knows it. */
  readDomain(uuid: string): Promise<DomainSummary | null> {
    return this.#domains.one(uuid)
  }

  /** Something was done to an object here: its row is read again, and pages that show more of it are told to do so. */
  async touched(kind: ObjectKind, uuid: string): Promise<void> {
    await this.#shelf(kind).one(uuid)
    this.stale(kind, uuid)
  }

  /** Volumes were made or removed here, which no event says: the pools are read again, and their pages told. */
  async volumesChanged(): Promise<void> {
    const pools = await this.readPools()
    for (const pool of pools) if (pool.active) this.stale('pool', pool.uuid)
  }

  stale(kind: ObjectKind, uuid: string): void {
    if (!this.#ended) this.#deps.emit('object.stale', { connection: this.#deps.target.connection, kind, uuid })
  }

  /** libvirt names the object by its name: only that one is read, or those that are new where none is known by it. */
  hint({ kind, name }: Hint): void {
    const known = this.#shelf(kind).named(name)
    if (!known) this.#unknown[kind].add(name)
    this.#coalescer.hint(keyOf(kind, known?.uuid))
  }

  /** Nothing is told any more. */
  end(): void {
    this.#ended = true
    this.#domains.end()
    this.#coalescer.stop()
  }

  async #act(key: string): Promise<void> {
    const { kind, uuid } = partsOf(key)
    const shelf = this.#shelf(kind)
    if (uuid === undefined) return this.#actOnNews(kind)
    const before = shelf.get(uuid)?.name
    const now = await shelf.one(uuid)
    if (now) this.stale(kind, uuid)
    // its name is free: perhaps the event was that another object took it
    if (now?.name !== before) this.#coalescer.hint(keyOf(kind))
  }

  /** What was hinted at before it was known may have been read meanwhile, and have changed since: that is read again. */
  async #actOnNews(kind: ObjectKind): Promise<void> {
    const shelf = this.#shelf(kind)
    const names = [...this.#unknown[kind]]
    this.#unknown[kind].clear()
    const fresh = new Set((await shelf.news()).map((one) => one.uuid))
    for (const uuid of fresh) this.stale(kind, uuid)
    for (const name of names) {
      const known = shelf.named(name)
      if (known && !fresh.has(known.uuid)) await this.touched(kind, known.uuid)
    }
  }

  #shelf(kind: ObjectKind): Shelf<DomainSummary> | Shelf<Network> | Shelf<Pool> {
    return kind === 'domain' ? this.#domains : kind === 'network' ? this.#networks : this.#pools
  }

  #tellDomains({ whole, changed, gone }: Change<DomainSummary>): void {
    if (whole || gone.length > MOST_SINGLE) {
      return this.#tell((stamp) => this.#deps.emit('domain.listed', { ...stamp, domains: this.domains }))
    }
    if (changed.length > MOST_SINGLE) this.#tell((stamp) => this.#deps.emit('domain.several', { ...stamp, domains: changed }))
    else for (const domain of changed) this.#tell((stamp) => this.#deps.emit('domain.changed', { ...stamp, domain }))
    for (const uuid of gone) this.#tell((stamp) => this.#deps.emit('domain.removed', { ...stamp, uuid }))
  }

  #tell(send: (stamp: { readonly connection: string; readonly seq: number }) => void): void {
    if (!this.#ended) send({ connection: this.#deps.target.connection, seq: this.#deps.nextSequence() })
  }

  #failed(error: unknown): void {
    if (!this.#ended) this.#deps.onReadFailure(error)
  }
}

/** A coalescer's key: one object, or (without a UUID) what is new of a kind. */
const keyOf = (kind: ObjectKind, uuid?: string): string => (uuid === undefined ? kind : `${kind}|${uuid}`)

function partsOf(key: string): { readonly kind: ObjectKind; readonly uuid: string | undefined } {
  const [kind, uuid] = key.split('|')
  return { kind: kind === 'network' || kind === 'pool' ? kind : 'domain', uuid }
}
