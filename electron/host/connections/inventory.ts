/** What a connected libvirt has: the last lists that were read, kept right by hints, told to the page as they change. */
import type { DomainSummary } from '../../../shared/model/domain.ts'
import { AppError } from '../../../shared/model/error.ts'
import type { Network } from '../../../shared/model/network.ts'
import type { Pool } from '../../../shared/model/storage.ts'
import type { Target } from '../../libvirt/target.ts'
import type { Emit } from '../emit.ts'
import { createCoalescer, type Coalescer } from './coalesce.ts'
import type { Hint, LibvirtReads } from './libvirt-reads.ts'
import { createReadQueue } from './read-queue.ts'

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

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

export class Inventory {
  #domains = new Map<string, DomainSummary>()
  #networks: readonly Network[] = []
  #pools: readonly Pool[] = []
  #listed = new Set<ObjectKind>()
  #ended = false
  readonly #queue = createReadQueue()
  readonly #coalescer: Coalescer
  readonly #deps: InventoryDependencies

  constructor(deps: InventoryDependencies) {
    this.#deps = deps
    this.#coalescer = createCoalescer((key) => void this.#act(key).catch((error: unknown) => this.#failed(error)))
  }

  get domains(): readonly DomainSummary[] {
    return [...this.#domains.values()]
  }

  get networks(): readonly Network[] {
    return this.#networks
  }

  get pools(): readonly Pool[] {
    return this.#pools
  }

  /** Reads everything and tells it, also where nothing differs. */
  async readAll(): Promise<void> {
    this.#listed.clear()
    await Promise.all([this.readDomains(), this.readNetworks(), this.readPools()])
  }

  readDomains(): Promise<readonly DomainSummary[]> {
    return this.#queue.read('domains', async () => {
      const domains = await this.#deps.reads.domains(this.#deps.target)
      const before = this.domains
      this.#domains = new Map(domains.map((domain) => [domain.uuid, domain]))
      if (this.#worthTelling('domain', before, domains)) this.#tell('domain.listed', { domains })
      return domains
    })
  }

  readNetworks(): Promise<readonly Network[]> {
    return this.#queue.read('networks', async () => {
      const networks = await this.#deps.reads.networks(this.#deps.target)
      const before = this.#networks
      this.#networks = networks
      if (this.#worthTelling('network', before, networks)) this.#tell('network.listed', { networks })
      return networks
    })
  }

  readPools(): Promise<readonly Pool[]> {
    return this.#queue.read('pools', async () => {
      const pools = await this.#deps.reads.pools(this.#deps.target)
      const before = this.#pools
      this.#pools = pools
      if (this.#worthTelling('pool', before, pools)) this.#tell('pool.listed', { pools })
      return pools
    })
  }

  /** Reads one machine; answers null (and tells that it went) where libvirt no longer knows it. */
  readDomain(uuid: string): Promise<DomainSummary | null> {
    return this.#queue.read(`domain|${uuid}`, async () => {
      const domain = await this.#deps.reads.domain(this.#deps.target, uuid).catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'not-found') return null
        throw error
      })
      const before = this.#domains.get(uuid)
      if (domain) {
        this.#domains.set(uuid, domain)
        if (!same(before, domain)) this.#tell('domain.changed', { domain })
      } else if (before) {
        this.#domains.delete(uuid)
        this.#tell('domain.removed', { uuid })
      }
      return domain
    })
  }

  /** Something was done to an object here: its row is read again, and pages that show more of it are told to do so. */
  async touched(kind: ObjectKind, uuid: string): Promise<void> {
    if (kind === 'domain') await this.readDomain(uuid)
    else if (kind === 'network') await this.readNetworks()
    else await this.readPools()
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

  hint(hint: Hint): void {
    if (hint.kind !== 'domain') return this.#coalescer.hint(`${hint.kind}|${hint.name}`)
    const known = this.domains.find((domain) => domain.name === hint.name)
    this.#coalescer.hint(known ? `domain|${known.uuid}` : 'domains')
  }

  /** Nothing is told any more. */
  end(): void {
    this.#ended = true
    this.#coalescer.stop()
  }

  async #act(key: string): Promise<void> {
    if (key === 'domains') return void (await this.readDomains())
    const at = key.indexOf('|')
    const name = key.slice(at + 1)
    switch (key.slice(0, at)) {
      case 'domain':
        // gone under this UUID: perhaps defined anew under another with the same name
        if ((await this.readDomain(name)) === null) this.#coalescer.hint('domains')
        else this.stale('domain', name)
        return
      case 'network':
        return this.#staleByName('network', await this.readNetworks(), name)
      case 'pool':
        return this.#staleByName('pool', await this.readPools(), name)
    }
  }

  #staleByName(kind: ObjectKind, list: readonly { readonly name: string; readonly uuid: string }[], name: string): void {
    const found = list.find((object) => object.name === name)
    if (found) this.stale(kind, found.uuid)
  }

  #worthTelling(kind: ObjectKind, before: unknown, now: unknown): boolean {
    const first = !this.#listed.has(kind)
    this.#listed.add(kind)
    return first || !same(before, now)
  }

  #tell(
    ...[event, payload]:
      | ['domain.listed', { domains: readonly DomainSummary[] }]
      | ['domain.changed', { domain: DomainSummary }]
      | ['domain.removed', { uuid: string }]
      | ['network.listed', { networks: readonly Network[] }]
      | ['pool.listed', { pools: readonly Pool[] }]
  ): void {
    if (this.#ended) return
    const stamp = { connection: this.#deps.target.connection, seq: this.#deps.nextSequence() }
    if (event === 'domain.listed') this.#deps.emit(event, { ...stamp, ...payload })
    else if (event === 'domain.changed') this.#deps.emit(event, { ...stamp, ...payload })
    else if (event === 'domain.removed') this.#deps.emit(event, { ...stamp, ...payload })
    else if (event === 'network.listed') this.#deps.emit(event, { ...stamp, ...payload })
    else this.#deps.emit(event, { ...stamp, ...payload })
  }

  #failed(error: unknown): void {
    if (!this.#ended) this.#deps.onReadFailure(error)
  }
}
