/** What each event does to the store's data; pure, so that it can be tested without a page. */
import type { EventEnvelope, EventName, Events } from '../../shared/contract/index.ts'
import type { LoggedCommand } from '../../shared/model/command.ts'
import type { Connection, ConnectionId } from '../../shared/model/connection.ts'
import type { DomainSummary } from '../../shared/model/domain.ts'
import type { Job } from '../../shared/model/job.ts'
import type { Network } from '../../shared/model/network.ts'
import { defaultSettings, type Settings } from '../../shared/model/settings.ts'
import type { Pool } from '../../shared/model/storage.ts'

/** Key of a machine: `${connection}|${uuid}`. */
export type DomainKey = `${ConnectionId}|${string}`

export interface Data {
  readonly settings: Settings
  readonly connections: readonly Connection[]
  readonly domains: Readonly<Record<string, DomainSummary>>
  /** By connection; a connection that was not listed yet has no entry. */
  readonly networks: Readonly<Record<ConnectionId, readonly Network[]>>
  readonly pools: Readonly<Record<ConnectionId, readonly Pool[]>>
  /** Connections whose machines have been listed, so that "none" is not shown before they are. */
  readonly listed: Readonly<Record<ConnectionId, boolean>>
  /** Number of the last event of each connection. */
  readonly sequences: Readonly<Record<ConnectionId, number>>
  /** Newest first. */
  readonly jobs: readonly Job[]
  /** Oldest first, as they ran. */
  readonly commands: readonly LoggedCommand[]
}

export const emptyData: Data = {
  settings: defaultSettings,
  connections: [],
  domains: {},
  networks: {},
  pools: {},
  listed: {},
  sequences: {},
  jobs: [],
  commands: [],
}

/** Commands that are kept on the page; the host keeps its own number. */
const commandLimit = 5_000

export function domainKey(connection: ConnectionId, uuid: string): DomainKey {
  return `${connection}|${uuid}`
}

/** The value in the list with the same id replaced, or added at the end (or start). */
function placed<T extends { readonly id: string | number }>(list: readonly T[], value: T, end: 'first' | 'last'): readonly T[] {
  const at = list.findIndex((one) => one.id === value.id)
  if (at >= 0) return list.with(at, value)
  return end === 'first' ? [value, ...list] : [...list, value]
}

function without<V>(record: Readonly<Record<string, V>>, keep: (key: string) => boolean): Readonly<Record<string, V>> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => keep(key)))
}

/** All machines of a connection replaced. */
export function withDomains(data: Data, connection: ConnectionId, domains: readonly DomainSummary[]): Partial<Data> {
  const others = without(data.domains, (key) => data.domains[key]?.connection !== connection)
  const fresh = Object.fromEntries(domains.map((domain) => [domainKey(connection, domain.uuid), domain]))
  return { domains: { ...others, ...fresh }, listed: { ...data.listed, [connection]: true } }
}

/** A connection that went, with all that was known of it. */
function withoutConnection(data: Data, connection: ConnectionId): Partial<Data> {
  const other = (key: string): boolean => key !== connection
  return {
    connections: data.connections.filter((one) => one.id !== connection),
    domains: without(data.domains, (key) => data.domains[key]?.connection !== connection),
    networks: without(data.networks, other),
    pools: without(data.pools, other),
    listed: without(data.listed, other),
    sequences: without(data.sequences, other),
  }
}

/** A connection's new state; what was listed stays while it reconnects, and goes when it is closed. */
export function withConnection(data: Data, connection: Connection): Partial<Data> {
  const connections = placed(data.connections, connection, 'last')
  if (connection.state !== 'disconnected' && connection.state !== 'failed') return { connections }
  return { ...withoutConnection(data, connection.id), connections }
}

type Apply<N extends EventName> = (data: Data, payload: Events[N]) => Partial<Data>

/** Events that change no data of the store are absent. */
const updates: { readonly [N in EventName]?: Apply<N> } = {
  'connection.changed': withConnection,
  'connection.removed': (data, { connection }) => withoutConnection(data, connection),
  'domain.listed': (data, { connection, domains }) => withDomains(data, connection, domains),
  'domain.several': (data, { connection, domains }) => ({
    domains: { ...data.domains, ...Object.fromEntries(domains.map((domain) => [domainKey(connection, domain.uuid), domain])) },
  }),
  'domain.changed': (data, { connection, domain }) => ({
    domains: { ...data.domains, [domainKey(connection, domain.uuid)]: domain },
  }),
  'domain.removed': (data, { connection, uuid }) => ({
    domains: without(data.domains, (key) => key !== domainKey(connection, uuid)),
  }),
  'network.listed': (data, { connection, networks }) => ({ networks: { ...data.networks, [connection]: networks } }),
  'pool.listed': (data, { connection, pools }) => ({ pools: { ...data.pools, [connection]: pools } }),
  'job.changed': (data, job) => ({ jobs: placed(data.jobs, job, 'first') }),
  'job.removed': (data, { job }) => ({ jobs: data.jobs.filter((one) => one.id !== job) }),
  'command.logged': (data, command) => ({ commands: placed(data.commands, command, 'last').slice(-commandLimit) }),
  'command.cleared': () => ({ commands: [] }),
  'settings.changed': (_data, settings) => ({ settings }),
}

export interface Update {
  readonly patch: Partial<Data>
  /** A connection of which an event was missed: its lists are asked for again. */
  readonly missed: ConnectionId | null
}

/** What an event changes. */
export function applyEvent<N extends EventName>(data: Data, envelope: EventEnvelope<N>): Update {
  const payload: Events[N] = envelope.payload
  const patch = updates[envelope.event]?.(data, payload) ?? {}
  if (!('seq' in payload)) return { patch, missed: null }
  const { connection, seq } = payload
  const last = data.sequences[connection]
  return {
    patch: { ...patch, sequences: { ...data.sequences, [connection]: seq } },
    missed: last !== undefined && seq !== last + 1 ? connection : null,
  }
}
