/** All connections of this person: those that are there by nature, LIBVIRT_DEFAULT_URI, and those that were added. */
import { randomBytes } from 'node:crypto'
import type { Connection, ConnectionId } from '../../../shared/model/connection.ts'
import { AppError, type WireError } from '../../../shared/model/error.ts'
import { checkUri } from '../../libvirt/connection.ts'
import type { Target } from '../../libvirt/target.ts'
import type { PasswordOutcome, Rights } from '../../readiness/index.ts'
import type { ConnectionsStore } from '../../settings/index.ts'
import type { Emit } from '../emit.ts'
import type { Inventory } from './inventory.ts'
import type { LibvirtReads } from './libvirt-reads.ts'
import { LiveConnection, type ConnectionFacts } from './live-connection.ts'
import { added, natural, rows, SESSION } from './rows.ts'

export interface ConnectionsDependencies {
  readonly store: ConnectionsStore
  readonly reads: LibvirtReads
  readonly emit: Emit
  readonly log: Target['log']
  onFault(what: string, error: unknown): void
  /** Whether this user may use what a URI leads to without being asked for a password. */
  rights(uri: string): Promise<Rights>
  askForPassword(): Promise<PasswordOutcome>
  /** Root's session is served by the system daemon: both URIs are the same machines. https://libvirt.org/uri.html */
  readonly asRoot: boolean
  /** LIBVIRT_DEFAULT_URI, or null. */
  readonly defaultUri: string | null
}

export class Connections {
  readonly #live = new Map<ConnectionId, LiveConnection>()
  readonly #deps: ConnectionsDependencies

  constructor(deps: ConnectionsDependencies) {
    this.#deps = deps
    for (const facts of rows(deps)) this.#put(facts)
  }

  list(): readonly Connection[] {
    return this.all().map((live) => live.view)
  }

  all(): readonly LiveConnection[] {
    return [...this.#live.values()]
  }

  /** Errors: not-found (params.connection). */
  get(id: ConnectionId): LiveConnection {
    const live = this.#live.get(id)
    if (!live) throw new AppError('not-found', { connection: id })
    return live
  }

  /** The lists of a connection that is connected, or will be in a moment. Errors: not-found, connection-gone. */
  inventory(id: ConnectionId): Promise<Inventory> {
    return this.get(id).ready()
  }

  /** Where a verb goes. Errors: not-found, connection-gone. */
  async target(id: ConnectionId): Promise<Target> {
    const live = this.get(id)
    await live.ready()
    return live.target
  }

  /** Connects whatever connects by itself and asks for no password; one that fails or is slow holds nobody up. */
  start(): void {
    for (const live of this.all()) live.start().catch((error: unknown) => this.#deps.onFault('start of a connection', error))
  }

  /** Null where a URI is fine. Errors inside: uri-invalid (params.hint), already-exists. */
  check(uri: string): WireError | null {
    const wanted = uri.trim()
    const wrong = checkUri(wanted)
    if (wrong) return wrong
    const same = this.all().find((live) => live.view.uri === natural(wanted, this.#deps.asRoot))
    return same ? { code: 'already-exists', params: { uri: wanted, connection: same.view.id }, detail: null, remedies: [] } : null
  }

  /** Remembers a URI and starts to connect. Errors: uri-invalid, already-exists, permission-denied. */
  async add(uri: string, name: string | null): Promise<Connection> {
    const wrong = this.check(uri)
    if (wrong) throw new AppError(wrong.code, wrong.params, wrong.detail, wrong.remedies)
    const remembered = { id: randomBytes(6).toString('hex'), uri: uri.trim(), name: tidy(name), autoconnect: true }
    await this.#deps.store.put(remembered)
    const live = this.#put(added(remembered, this.#deps))
    void live.connect()
    return live.view
  }

  /** Errors: not-found, unsupported (it is there by nature), permission-denied. */
  async remove(id: ConnectionId): Promise<void> {
    const live = this.get(id)
    if (!live.view.removable) throw new AppError('unsupported', { connection: id })
    await this.#deps.store.forget(id)
    live.close()
    this.#live.delete(id)
    this.#deps.emit('connection.removed', { connection: id })
  }

  /** Errors: not-found, permission-denied. */
  async update(id: ConnectionId, change: { readonly name?: string | null; readonly autoconnect?: boolean }): Promise<Connection> {
    const live = this.get(id)
    const { uri, name, autoconnect } = live.view
    const facts = { name: change.name === undefined ? name : tidy(change.name), autoconnect: change.autoconnect ?? autoconnect }
    await this.#deps.store.put({ id, uri, ...facts })
    live.change(facts)
    return live.view
  }

  close(): void {
    for (const live of this.all()) live.close()
  }

  #put(facts: ConnectionFacts): LiveConnection {
    const live = new LiveConnection(facts, { ...this.#deps, session: this.#deps.asRoot ? null : SESSION.id })
    this.#live.set(facts.id, live)
    if (!this.#deps.store.list().some((known) => known.id === facts.id)) this.#deps.emit('connection.changed', live.view)
    return live
  }
}

const tidy = (name: string | null): string | null => name?.trim() || null
