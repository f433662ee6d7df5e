/** One connection and its states: disconnected, connecting, connected, reconnecting (its streams were lost), failed. */
import type { Connection, ConnectionVersions, HostCapabilities } from '../../../shared/model/connection.ts'
import { AppError, toWireError, type ErrorCode, type WireError } from '../../../shared/model/error.ts'
import type { Target } from '../../libvirt/target.ts'
import type { Emit } from '../emit.ts'
import { backoffSeconds } from './backoff.ts'
import { Inventory } from './inventory.ts'
import type { LibvirtReads, Watch } from './libvirt-reads.ts'

/** What is known of a connection without connecting. */
export type ConnectionFacts = Pick<
  Connection,
  'id' | 'uri' | 'name' | 'kind' | 'autoconnect' | 'removable' | 'environmentDefault' | 'note'
>

export interface LiveDependencies {
  readonly reads: LibvirtReads
  readonly emit: Emit
  readonly log: Target['log']
  /** A fault of ours that nobody waits for. */
  onFault(what: string, error: unknown): void
}

interface Status {
  readonly state: Connection['state']
  readonly error: WireError | null
  readonly retryInSeconds: number | null
  readonly versions: ConnectionVersions | null
  readonly capabilities: HostCapabilities | null
}

const off: Status = { state: 'disconnected', error: null, retryInSeconds: null, versions: null, capabilities: null }

/** Errors of a read that say that the whole connection is gone. */
const meansGone: ReadonlySet<ErrorCode> = new Set(['daemon-down', 'connect-failed', 'auth-denied', 'connection-gone', 'virsh-missing'])

/** The lists are read while virsh's event loops still connect; what happened meanwhile is found by one more look. */
const SECOND_LOOK_MS = 500

export class LiveConnection {
  readonly target: Target
  #facts: ConnectionFacts
  #status: Status = off
  #inventory: Inventory | null = null
  #watch: Watch | null = null
  /** Grows with every connect and disconnect: what belongs to an older one is over. */
  #attempt = 0
  #connecting: Promise<void> | null = null
  #timer: NodeJS.Timeout | null = null
  #failures = 0
  #sequence = 0
  readonly #deps: LiveDependencies

  constructor(facts: ConnectionFacts, deps: LiveDependencies) {
    this.#facts = facts
    this.#deps = deps
    this.target = { uri: facts.uri, connection: facts.id, log: deps.log }
  }

  get view(): Connection {
    return { ...this.#facts, ...this.#status }
  }

  /** Null unless connected. */
  get inventory(): Inventory | null {
    return this.#status.state === 'connected' ? this.#inventory : null
  }

  change(facts: Partial<Pick<ConnectionFacts, 'name' | 'autoconnect'>>): void {
    this.#facts = { ...this.#facts, ...facts }
    this.#tell()
  }

  /** Connects, or waits for the attempt that runs. Never rejects: the view says how it ended. */
  async connect(): Promise<Connection> {
    if (this.#status.state !== 'connected') {
      this.#connecting ??= this.#open('connecting')
      await this.#connecting
    }
    return this.view
  }

  disconnect(): Connection {
    this.#attempt++
    this.#connecting = null
    this.#release()
    this.#set(off)
    return this.view
  }

  /** Waits for an attempt that runs. Errors: connection-gone (params.connection) where it is not connected. */
  async ready(): Promise<Inventory> {
    if (this.#connecting) await this.#connecting
    const inventory = this.inventory
    if (!inventory) throw new AppError('connection-gone', { connection: this.#facts.name ?? this.#facts.uri }, this.#status.error?.detail)
    return inventory
  }

  async #open(state: 'connecting' | 'reconnecting'): Promise<void> {
    const attempt = ++this.#attempt
    this.#release()
    this.#set({ ...this.#status, state, retryInSeconds: null, error: state === 'connecting' ? null : this.#status.error })
    const inventory = this.#newInventory(attempt)
    this.#inventory = inventory
    let lost = false
    try {
      const { versions, capabilities } = await this.#deps.reads.open(this.target)
      if (attempt !== this.#attempt) return
      const watch = this.#deps.reads.watch(this.target, {
        onHint: (hint) => inventory.hint(hint),
        onLost: () => {
          lost = true
          this.#lost(attempt, this.#gone())
        },
      })
      this.#watch = watch
      await inventory.readAll()
      if (attempt !== this.#attempt) return
      if (lost) throw this.#gone()
      this.#failures = 0
      this.#connecting = null
      this.#set({ state: 'connected', error: null, retryInSeconds: null, versions, capabilities })
      void watch.ready.then(() => this.#lookAgain(attempt, inventory))
    } catch (error) {
      if (attempt !== this.#attempt) return
      this.#connecting = null
      this.#release()
      if (state === 'reconnecting') this.#retryLater(error)
      else this.#set({ ...off, state: 'failed', error: toWireError(error) })
    }
  }

  #newInventory(attempt: number): Inventory {
    return new Inventory({
      target: this.target,
      reads: this.#deps.reads,
      emit: this.#deps.emit,
      nextSequence: () => ++this.#sequence,
      onReadFailure: (error) => {
        if (error instanceof AppError && meansGone.has(error.code)) this.#lost(attempt, error)
        else this.#deps.onFault('read after an event', error)
      },
    })
  }

  /** A loop says that it listens just before it does. */
  #lookAgain(attempt: number, inventory: Inventory): void {
    if (attempt !== this.#attempt) return
    this.#timer = setTimeout(() => {
      void Promise.all([inventory.readDomains(), inventory.readNetworks(), inventory.readPools()]).catch(() => undefined)
    }, SECOND_LOOK_MS)
    this.#timer.unref()
  }

  /** The streams ended, or a read failed: the daemon went away. While still connecting, the attempt itself says so. */
  #lost(attempt: number, error: AppError): void {
    if (attempt !== this.#attempt || this.#status.state !== 'connected') return
    this.#attempt++
    this.#release()
    this.#retryLater(error)
  }

  #gone(): AppError {
    return new AppError('daemon-down', { uri: this.#facts.uri })
  }

  #retryLater(error: unknown): void {
    const attempt = this.#attempt
    const seconds = backoffSeconds(this.#failures++)
    const countDown = (left: number): void => {
      if (attempt !== this.#attempt) return
      if (left === 0) {
        this.#connecting = this.#open('reconnecting')
        return
      }
      this.#set({ ...this.#status, state: 'reconnecting', error: toWireError(error), retryInSeconds: left })
      this.#timer = setTimeout(() => countDown(left - 1), 1_000)
      this.#timer.unref()
    }
    countDown(seconds)
  }

  #release(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#watch?.stop()
    this.#watch = null
    this.#inventory?.end()
    this.#inventory = null
  }

  #set(status: Status): void {
    this.#status = status
    this.#tell()
  }

  #tell(): void {
    this.#deps.emit('connection.changed', this.view)
  }
}
