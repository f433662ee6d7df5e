/**
 * Creations that the death of an app broke off, as failed jobs: told at the start, and, when their connection has been read,
 * with what is left of them. Nothing is taken back without a click.
 */
import type { EventName } from '../../shared/contract/index.ts'
import { AppError, type ErrorCode, type Remedy } from '../../shared/model/error.ts'
import { forgetJournal, takeOverJournals, type BrokenOff } from '../create/journal.ts'
import { leftLines, leftOver, takeBackLeft } from '../create/left-over.ts'
import type { LiveConnection } from './connections/live-connection.ts'
import type { Jobs } from './jobs.ts'

type Live = Pick<LiveConnection, 'target' | 'inventory' | 'ready'>
type Open = Pick<Live, 'target'> & { readonly inventory: NonNullable<Live['inventory']> }

export interface InterruptedDependencies {
  connections(): readonly Live[]
  readonly jobs: Pick<Jobs, 'report'>
  onFault(what: string, error: unknown): void
}

/** Events after which a connection may have been read. */
const telling: ReadonlySet<EventName> = new Set(['connection.changed', 'domain.listed', 'domain.several', 'pool.listed'])

export class Interrupted {
  readonly #broken = new Map<string, BrokenOff>()
  /** Those of which it is not told yet what is left. */
  readonly #open = new Set<string>()
  /** Those that are being taken back. */
  readonly #busy = new Set<string>()
  readonly #deps: InterruptedDependencies

  constructor(deps: InterruptedDependencies) {
    this.#deps = deps
  }

  async start(): Promise<void> {
    for (const broken of await takeOverJournals()) {
      this.#broken.set(broken.id, broken)
      this.#open.add(broken.id)
      this.#report(broken, 'interrupted')
    }
    this.#look()
  }

  heard(event: EventName): void {
    if (this.#open.size > 0 && telling.has(event)) this.#look()
  }

  /** Takes back what is left of the job; what resists stays told. Errors: not-found, connection-gone, libvirt's. */
  async takeBack(id: string): Promise<void> {
    const broken = this.#broken.get(id)
    if (!broken) throw new AppError('not-found', { job: id })
    const live = this.#placeOf(broken)
    if (!live) throw new AppError('connection-gone', { connection: broken.uri })
    if (this.#busy.has(id)) return
    this.#busy.add(id)
    try {
      const { target } = live
      const inventory = await live.ready()
      if (await this.#isMade(broken, { target, inventory })) return
      const lines = await takeBackLeft(target, await leftOver(target, broken))
      if (lines.length > 0) this.#report(broken, 'interrupted', remediesOf(id, lines))
      else await this.#end(broken, null)
    } finally {
      this.#busy.delete(id)
      await live.inventory?.volumesChanged().catch(() => undefined)
    }
  }

  /** The person wants to hear no more of it. */
  async dismissed(id: string): Promise<void> {
    if (this.#forget(id)) await forgetJournal(id)
  }

  #look(): void {
    for (const id of this.#open) {
      const broken = this.#broken.get(id)
      const live = broken && this.#placeOf(broken)
      // what is there is known of a connection that is open and was read
      if (!broken || !live?.inventory?.complete) continue
      this.#open.delete(id)
      this.#tellLeft(broken, { target: live.target, inventory: live.inventory }).catch((error: unknown) => {
        // looked at again with the next event
        if (this.#broken.has(id)) this.#open.add(id)
        this.#deps.onFault('what a creation left', error)
      })
    }
  }

  async #tellLeft(broken: BrokenOff, live: Open): Promise<void> {
    if (await this.#isMade(broken, live)) return
    const left = await leftOver(live.target, broken)
    if (left.length === 0) await this.#end(broken, 'interrupted-clean')
    else this.#report(broken, 'interrupted', remediesOf(broken.id, leftLines(live.target, left)))
  }

  /** A machine that is defined has all its files by then, and is the person's. */
  async #isMade(broken: BrokenOff, { inventory, target }: Open): Promise<boolean> {
    const { machine } = broken
    if (machine === null || (await inventory.readDomain(machine)) === null) return false
    await this.#end(broken, 'interrupted-made', [{ name: 'show-machine', open: { what: 'machine', connection: target.connection, uuid: machine } }])
    return true
  }

  /** Nothing is left to do but to tell it. */
  async #end(broken: BrokenOff, code: ErrorCode | null, remedies: readonly Remedy[] = []): Promise<void> {
    await forgetJournal(broken.id)
    this.#report(broken, code, remedies)
    this.#forget(broken.id)
  }

  #forget(id: string): boolean {
    this.#open.delete(id)
    return this.#broken.delete(id)
  }

  #placeOf({ uri }: BrokenOff): Live | undefined {
    return this.#deps.connections().find((live) => live.target.uri === uri)
  }

  /** Without a code it was taken back. */
  #report(broken: BrokenOff, code: ErrorCode | null, remedies: readonly Remedy[] = []): void {
    const { id, kind, connection, title, startedAt, foundAt } = broken
    if (!this.#broken.has(id)) return
    const error = code === null ? null : { code, params: {}, detail: null, remedies }
    const ended = { cancellable: false, progress: null, step: null, result: null, endedAt: foundAt, log: [] }
    this.#deps.jobs.report({ id, kind, connection, title, startedAt, state: error ? 'failed' : 'cancelled', error, ...ended })
  }
}

const remediesOf = (job: string, lines: readonly string[]): Remedy[] => [
  { name: 'take-back', request: { name: 'job.take-back', input: { job } } },
  { name: 'remove-left', command: lines.join('\n') },
]
