/** One connection and its states: disconnected, connecting, connected, reconnecting (its streams were lost), failed. */
import type { Connection, ConnectionId, ConnectionNeed } from '../../../shared/model/connection.ts'
import { AppError, toWireError, type ErrorCode } from '../../../shared/model/error.ts'
import { remediesFor } from '../../libvirt/remedies.ts'
import { createSocketProxy } from '../../libvirt/socket-proxy.ts'
import type { SocketProxy, Target } from '../../libvirt/target.ts'
import { testMemory } from '../../libvirt/test-driver.ts'
import { mayAsk, type PasswordOutcome, type Rights } from '../../readiness/index.ts'
import type { Emit } from '../emit.ts'
import { backoffSeconds } from './backoff.ts'
import { Inventory } from './inventory.ts'
import type { KindReads, LibvirtReads, Listening, Watch } from './libvirt-reads.ts'
import { withSession } from './meanwhile.ts'

/** What is known of a connection without connecting. */
export type ConnectionFacts = Pick<
  Connection,
  'id' | 'uri' | 'name' | 'kind' | 'autoconnect' | 'removable' | 'environmentDefault' | 'note'
>

export interface LiveDependencies {
  readonly reads: LibvirtReads
  readonly emit: Emit
  readonly log: Target['log']
  /** Whether this user may use what a URI leads to without being asked for a password. */
  rights(uri: string): Promise<Rights>
  /** Lets polkit ask the person for a password, which it then keeps for this process. */
  askForPassword(): Promise<PasswordOutcome>
  /** The user's own libvirt, for as long as the system's is closed; null where there is none. */
  readonly session: ConnectionId | null
  /** A fault of ours that nobody waits for. */
  onFault(what: string, error: unknown): void
}

type Status = Pick<Connection, 'state' | 'error' | 'retryInSeconds' | 'needs' | 'versions' | 'capabilities'>

const off: Status = { state: 'disconnected', error: null, retryInSeconds: null, needs: null, versions: null, capabilities: null }

/** Errors of a read that say that the whole connection is gone. */
const meansGone: ReadonlySet<ErrorCode> = new Set([
  'daemon-down', 'connect-failed', 'auth-denied', 'auth-cancelled', 'bus-down', 'polkit-down', 'connection-gone', 'virsh-missing',
])

/** The lists are read while virsh's event loops still connect; what happened meanwhile is found by one more look. */
const SECOND_LOOK_MS = 500

export class LiveConnection {
  readonly target: Target & { readonly proxy: SocketProxy }
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
  /** What lets this user in is a password that polkit keeps for some minutes only. */
  #forNow = false
  readonly #deps: LiveDependencies

  constructor(facts: ConnectionFacts, deps: LiveDependencies) {
    this.#facts = facts
    this.#deps = deps
    const { id, uri } = facts
    this.target = { uri, connection: id, log: deps.log, memory: testMemory(uri), proxy: createSocketProxy(uri) }
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

  /** At the start of the app: connects where that is wished and asks for no password, else notes what connecting needs. */
  async start(): Promise<void> {
    const attempt = this.#attempt
    const { needs } = await this.#deps.rights(this.target.uri)
    if (attempt !== this.#attempt) return
    // where a person named a daemon that is not there, trying says more, and asks nobody
    const hopeless = needs?.kind === 'service' && this.#facts.removable
    if (needs && !hopeless) this.#set({ ...off, needs })
    else if (this.#facts.autoconnect) await this.connect()
  }

  /** A person asks for it: connects, or waits for the attempt that runs. Never rejects: the view says how it ended. */
  async connect(): Promise<Connection> {
    if (this.#status.state !== 'connected') {
      this.#connecting ??= this.#open('connecting')
      await this.#connecting
    }
    return this.view
  }

  /** A person asks for it. What connecting again would need is found out and told. */
  disconnect(): Connection {
    this.close()
    this.#noteNeeds().catch((error: unknown) => this.#deps.onFault('what connecting needs', error))
    return this.view
  }

  /** Ends everything; nothing is asked or told any more. */
  close(): void {
    this.#end(null)
    this.target.proxy.close()
  }

  async #noteNeeds(): Promise<void> {
    const attempt = this.#attempt
    const { needs } = await this.#deps.rights(this.target.uri)
    if (attempt === this.#attempt && needs) this.#set({ ...off, needs })
  }

  /** Waits for an attempt that runs. Errors: connection-gone (params.connection) where it is not connected. */
  async ready(): Promise<Inventory> {
    if (this.#connecting) await this.#connecting
    await this.#stillAllowed()
    const inventory = this.inventory
    if (!inventory) throw new AppError('connection-gone', { connection: this.#facts.name ?? this.#facts.uri }, this.#status.error?.detail)
    return inventory
  }

  async #open(state: 'connecting' | 'reconnecting'): Promise<void> {
    const attempt = ++this.#attempt
    this.#release()
    const error = state === 'connecting' ? null : this.#status.error
    this.#set({ ...this.#status, state, retryInSeconds: null, needs: null, error })
    const inventory = this.#newInventory(attempt)
    this.#inventory = inventory
    let lost = false
    try {
      await this.#openProxy(state === 'connecting')
      if (attempt !== this.#attempt) return
      const { versions, capabilities } = await this.#deps.reads.open(this.target)
      const { needs, forNow } = await this.#deps.rights(this.target.uri)
      if (attempt !== this.#attempt) return
      // the password held for that one virsh alone: each further one would ask again
      if (needs?.kind === 'password') return this.#end({ kind: 'not-kept' })
      this.#forNow = forNow
      const watch = this.#deps.reads.watch(this.target, {
        onHint: (hint) => inventory.hint(hint),
        onLost: () => {
          lost = true
          this.#lost(attempt, this.#gone())
        },
      })
      this.#watch = watch
      const reading = inventory.readAll()
      await reading.listed
      if (attempt !== this.#attempt) return
      if (lost) throw this.#gone()
      this.#failures = 0
      this.#connecting = null
      this.#set({ ...off, state: 'connected', versions, capabilities })
      void Promise.allSettled([watch.ready, reading.complete]).then(() => this.#lookAgain(attempt, inventory))
      // a list that stays incomplete is of no use
      reading.complete.catch((error: unknown) => this.#lost(attempt, error))
    } catch (error) {
      if (attempt !== this.#attempt) return
      this.#connecting = null
      this.#release()
      if (state === 'reconnecting') this.#retryLater(error)
      else this.#set({ ...off, state: 'failed', error: withSession(error, this.#facts.kind, this.#deps.session) })
    }
  }

  /**
   * Where a password is asked for, libvirt is to see this process alone: polkit keeps the password for one process.
   * Errors: auth-every-time where it keeps none, auth-cancelled, auth-denied; connection-gone where nobody clicked for it.
   */
  async #openProxy(clicked: boolean): Promise<void> {
    const { needs, forNow } = await this.#deps.rights(this.target.uri)
    if (!forNow && !mayAsk(needs)) return this.target.proxy.close()
    if (!forNow && !clicked) throw this.#failure('connection-gone')
    if (needs?.kind === 'not-kept') throw this.#failure('auth-every-time')
    const outcome = needs?.kind === 'password' ? await this.#deps.askForPassword() : 'given'
    if (outcome === 'dismissed') throw this.#failure('auth-cancelled')
    if (outcome === 'refused') throw this.#failure('auth-denied')
    await this.target.proxy.open() // where nobody could be asked, libvirt says so itself
  }

  #failure(code: ErrorCode): AppError {
    const { uri } = this.target
    return new AppError(code, { uri }, null, remediesFor(code, {}, uri))
  }

  #newInventory(attempt: number): Inventory {
    return new Inventory({
      target: this.target,
      reads: allowedReads(this.#deps.reads, () => this.#stillAllowed()),
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
  #lost(attempt: number, error: unknown): void {
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
      if (left === 0) return void this.#again().catch((fault: unknown) => this.#deps.onFault('connecting again', fault))
      this.#set({ ...this.#status, state: 'reconnecting', error: toWireError(error), retryInSeconds: left })
      this.#timer = setTimeout(() => countDown(left - 1), 1_000)
      this.#timer.unref()
    }
    countDown(seconds)
  }

  /** Tries again, unless that might ask for a password: nobody has clicked for it. */
  async #again(): Promise<void> {
    const attempt = this.#attempt
    const { needs } = await this.#deps.rights(this.target.uri)
    if (attempt !== this.#attempt) return
    if (mayAsk(needs)) this.#end(needs)
    else this.#connecting = this.#open('reconnecting')
  }

  /** Before libvirt is spoken to. Errors: connection-gone where a password was given and polkit no longer keeps it. */
  async #stillAllowed(): Promise<void> {
    if (!this.#forNow) return
    const attempt = this.#attempt
    const { needs } = await this.#deps.rights(this.target.uri)
    if (!mayAsk(needs)) return
    if (attempt === this.#attempt) this.#end(needs?.kind === 'password' ? { kind: 'again' } : needs)
    throw new AppError('connection-gone', { connection: this.#facts.name ?? this.#facts.uri })
  }

  /** Work that a person began goes on through the proxy: it asks once at most. */
  #end(needs: ConnectionNeed | null): void {
    this.#attempt++
    this.#connecting = null
    this.#release()
    this.#set({ ...off, needs })
  }

  #release(): void {
    this.#forNow = false
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#watch?.stop()
    this.#watch = null
    this.#inventory?.end()
    this.target.memory?.close()
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

/** The same reads, each after a look at whether it is allowed. */
function allowedReads(reads: LibvirtReads, allowed: () => Promise<void>): LibvirtReads {
  const guarded = <T>({ uuids, some, all }: KindReads<T>): KindReads<T> => ({
    uuids: (target) => allowed().then(() => uuids(target)),
    some: (target, wanted) => allowed().then(() => some(target, wanted)),
    ...(all ? { all: (target: Target, listening: Listening<T>) => allowed().then(() => all(target, listening)) } : {}),
  })
  return {
    ...reads,
    domains: guarded(reads.domains),
    networks: guarded(reads.networks),
    pools: guarded(reads.pools),
  }
}
