/** All connections of this person: those that are there by nature, LIBVIRT_DEFAULT_URI, and those that were added. */
import { randomBytes } from 'node:crypto'
import type { Connection, ConnectionId } from '../../../shared/model/connection.ts'
import { AppError, type WireError } from '../../../shared/model/error.ts'
import { checkUri, connectionKind } from '../../libvirt/connection.ts'
import type { Target } from '../../libvirt/target.ts'
import type { ConnectionsStore, RememberedConnection } from '../../settings/index.ts'
import type { Emit } from '../emit.ts'
import type { Inventory } from './inventory.ts'
import type { LibvirtReads } from './libvirt-reads.ts'
import { LiveConnection, type ConnectionFacts } from './live-connection.ts'

export const SESSION_URI = 'qemu:///session'
export const SYSTEM_URI = 'qemu:///system'

export interface ConnectionsDependencies {
  readonly store: ConnectionsStore
  readonly reads: LibvirtReads
  readonly emit: Emit
  readonly log: Target['log']
  onFault(what: string, error: unknown): void
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

  /** Connects whatever connects by itself; one that fails or is slow holds nobody up. */
  start(): void {
    for (const live of this.all()) if (live.view.autoconnect || live.view.environmentDefault) void live.connect()
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
    live.disconnect()
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
    for (const live of this.all()) live.disconnect()
  }

  #put(facts: ConnectionFacts): LiveConnection {
    const live = new LiveConnection(facts, this.#deps)
    this.#live.set(facts.id, live)
    if (!this.#deps.store.list().some((known) => known.id === facts.id)) this.#deps.emit('connection.changed', live.view)
    return live
  }
}

const tidy = (name: string | null): string | null => name?.trim() || null

/** The URI by which this person's row of the same machines is listed. */
const natural = (uri: string, asRoot: boolean): string => (asRoot && uri === SESSION_URI ? SYSTEM_URI : uri)

function added(remembered: RememberedConnection, deps: Pick<ConnectionsDependencies, 'asRoot' | 'defaultUri'>): ConnectionFacts {
  const { id, uri, name, autoconnect } = remembered
  const kind = connectionKind(uri)
  const environmentDefault = deps.defaultUri !== null && natural(deps.defaultUri, deps.asRoot) === uri
  return { id, uri, name, kind, autoconnect, removable: true, environmentDefault, note: null }
}

/** The rows at the start: the natural one, the one of the environment where it is not among the others, the added ones. */
export function rows(deps: Pick<ConnectionsDependencies, 'store' | 'asRoot' | 'defaultUri'>): readonly ConnectionFacts[] {
  const own = deps.asRoot ? { id: 'system', uri: SYSTEM_URI } : { id: 'session', uri: SESSION_URI }
  const remembered = deps.store.list()
  const first = remembered.find((entry) => entry.id === own.id) ?? { ...own, name: null, autoconnect: true }
  const others = remembered.filter((entry) => entry.id !== 'system' && entry.id !== 'session' && entry.uri !== own.uri)
  const list: ConnectionFacts[] = [
    { ...added({ ...first, ...own }, deps), removable: false, note: deps.asRoot ? 'root-session-is-system' : null },
  ]
  const uri = deps.defaultUri === null ? null : natural(deps.defaultUri, deps.asRoot)
  if (uri !== null && !list.concat(others.map((entry) => added(entry, deps))).some((facts) => facts.uri === uri)) {
    list.push({ ...added({ id: 'environment', uri, name: null, autoconnect: true }, deps), removable: false })
  }
  return [...list, ...others.filter((entry) => entry.id !== 'environment').map((entry) => added(entry, deps))]
}
