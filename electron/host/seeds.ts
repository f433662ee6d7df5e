/**
 * Takes the seeds of first starts away once their machines are off. It hears what is told of every connection's machines;
 * what an app left that was closed or killed meanwhile it takes over at its start.
 */
import type { EventName } from '../../shared/contract/index.ts'
import { isActive } from '../../shared/model/domain-rules.ts'
import { orphanRecords, readRecord, type SeedRecord } from '../images/first-start/records.ts'
import { removeSeed } from '../images/first-start/remove-seed.ts'
import type { LiveConnection } from './connections/live-connection.ts'

export interface SeedsDependencies {
  connections(): readonly Pick<LiveConnection, 'view' | 'target' | 'inventory'>[]
  onFault(what: string, error: unknown): void
}

/** Events after which a machine may be off. */
const telling: ReadonlySet<EventName> = new Set(['connection.changed', 'domain.listed', 'domain.several', 'domain.changed', 'domain.removed'])

export class Seeds {
  readonly #records = new Map<string, SeedRecord>()
  readonly #removing = new Set<string>()
  readonly #deps: SeedsDependencies

  constructor(deps: SeedsDependencies) {
    this.#deps = deps
  }

  /** Takes over what no running app looks after. */
  async start(): Promise<void> {
    for (const record of await orphanRecords()) this.#records.set(record.machine, record)
    this.#look()
  }

  /** A machine was made and started: its seed is looked after from now on. */
  async lookAfter(machine: string): Promise<void> {
    const record = await readRecord(machine)
    if (!record) return
    this.#records.set(machine, record)
    this.#look()
  }

  heard(event: EventName): void {
    if (this.#records.size > 0 && telling.has(event)) this.#look()
  }

  #look(): void {
    for (const record of this.#records.values()) {
      const live = this.#deps.connections().find((one) => one.target.uri === record.uri)
      // what runs is known of a connection that is open
      if (!live?.inventory || this.#removing.has(record.machine)) continue
      const machine = live.inventory.domains.find((domain) => domain.uuid === record.machine)
      // a saved machine goes on with all that it had
      if (machine ? isActive(machine) || machine.saved : !live.inventory.complete) continue
      void this.#remove(record, live)
    }
  }

  async #remove(record: SeedRecord, live: Pick<LiveConnection, 'target' | 'inventory'>): Promise<void> {
    this.#removing.add(record.machine)
    try {
      await removeSeed(live.target, record)
      this.#records.delete(record.machine)
      if (record.pool !== null) await live.inventory?.volumesChanged()
    } catch (error) {
      // the record stays, for the next event or the next start
      this.#deps.onFault('removing a seed', error)
    } finally {
      this.#removing.delete(record.machine)
    }
  }
}

