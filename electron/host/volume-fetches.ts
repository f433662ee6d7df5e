/**
 * Fetches straight into a pool, as jobs. What an app left unfinished that was closed or killed goes on when its connection
 * is there and its pool runs; of a pool that is no more, what came is thrown away.
 */
import type { EventName } from '../../shared/contract/index.ts'
import { AppError } from '../../shared/model/error.ts'
import type { Pool } from '../../shared/model/storage.ts'
import { fetchVolume, forgetFetch, unfinishedVolumeFetches, type UnfinishedFetch } from '../create/fetch-volume.ts'
import { addVolume, isAddress, type VolumeWish } from '../create/new-volume.ts'
import { sweepParts } from '../create/volume-parts.ts'
import type { DownloadTools } from '../images/downloads/index.ts'
import type { LiveConnection } from './connections/live-connection.ts'
import type { Jobs } from './jobs.ts'
import { withRetry } from './retry.ts'

type Place = Pick<LiveConnection, 'target' | 'inventory'>

export interface VolumeFetchesDependencies {
  connections(): readonly Place[]
  readonly jobs: Pick<Jobs, 'start'>
  readonly tools: DownloadTools
  onFault(what: string, error: unknown): void
}

/** Events after which a pool may be there. */
const telling: ReadonlySet<EventName> = new Set(['connection.changed', 'pool.listed'])

export class VolumeFetches {
  #waiting: readonly UnfinishedFetch[] = []
  /** Folders of pools. */
  readonly #swept = new Set<string>()
  readonly #deps: VolumeFetchesDependencies

  constructor(deps: VolumeFetchesDependencies) {
    this.#deps = deps
  }

  /** Takes over what no running app works on. */
  async start(): Promise<void> {
    this.#waiting = await unfinishedVolumeFetches()
    this.#look()
  }

  heard(event: EventName): void {
    if (!telling.has(event)) return
    this.#sweep()
    if (this.#waiting.length > 0) this.#look()
  }

  /** What an app that died left in a pool's folder goes when the pool is first seen. */
  #sweep(): void {
    const pools = this.#deps.connections().flatMap((place) => place.inventory?.pools ?? [])
    for (const { type, active, path } of pools) {
      if (type !== 'dir' || !active || path === null || this.#swept.has(path)) continue
      this.#swept.add(path)
      sweepParts(path).catch((error: unknown) => this.#deps.onFault('sweeping a pool', error))
    }
  }

  /** Puts a file, or what an address has, into the pool; answers the job's id. Errors: pool-inactive. */
  add(place: Place, pool: Pool, wish: VolumeWish, paused = false): string {
    if (!pool.active || pool.path === null) throw new AppError('pool-inactive', { pool: pool.name })
    const { target, inventory } = place
    const { jobs, tools } = this.#deps
    const fetched = isAddress(wish.source)
    const title = { key: 'jobs:kind.add-volume', params: { name: wish.name, pool: pool.name } }
    const spec = { kind: 'copy', connection: target.connection, title, cancellable: true, pausable: fetched, hold: paused ? 'paused' : null } as const
    const { id } = jobs.start(spec, async (job) => {
      try {
        await (fetched ? fetchVolume(target, pool, wish, job, tools) : addVolume(target, pool, wish, job, { kind: 'copy', title }))
        return { pool: pool.uuid }
      } catch (problem) {
        throw withRetry(problem, 'volume.add', { connection: target.connection, uuid: pool.uuid, ...wish })
      } finally {
        await inventory?.volumesChanged().catch(() => undefined)
      }
    })
    return id
  }

  #look(): void {
    this.#waiting = this.#waiting.filter((fetch) => !this.#goesOn(fetch))
  }

  /** Whether it needs no more waiting. */
  #goesOn(fetch: UnfinishedFetch): boolean {
    const place = this.#deps.connections().find((one) => one.target.connection === fetch.connection)
    // pools are known of a connection that is open
    if (!place?.inventory) return false
    const pool = place.inventory.pools.find((one) => one.uuid === fetch.pool)
    if (!pool) {
      forgetFetch(fetch).catch((error: unknown) => this.#deps.onFault('forgetting an unfinished fetch', error))
      return true
    }
    if (pool.active) this.add(place, pool, fetch.wish, fetch.paused)
    return pool.active
  }
}
