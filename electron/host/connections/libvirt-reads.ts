/** The reads of libvirt that a connection lives by, gathered so that its states can be tested without one. */
import type { ConnectionVersions, HostCapabilities } from '../../../shared/model/connection.ts'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import type { Network } from '../../../shared/model/network.ts'
import type { Pool } from '../../../shared/model/storage.ts'
import { connectFailure } from '../failures/connect.ts'
import { connectionOpen } from '../../libvirt/connection.ts'
import { domainList, domainsByUuid, domainUuids } from '../../libvirt/domain/index.ts'
import { watchEvents } from '../../libvirt/events.ts'
import { networksByUuid, networkUuids } from '../../libvirt/network/index.ts'
import { poolsByUuid, poolUuids } from '../../libvirt/pool/index.ts'
import type { Target } from '../../libvirt/target.ts'

export interface Hint {
  readonly kind: 'domain' | 'network' | 'pool'
  readonly name: string
  readonly event: string
  readonly detail: string
}

/** How the objects of one kind are read. */
export interface KindReads<T> {
  /** Those that are there, in libvirt's order. */
  uuids(target: Target): Promise<readonly string[]>
  /** The ones named; those that are not there are left out. */
  some(target: Target, uuids: readonly string[]): Promise<readonly T[]>
  /** All of them; where there are many, what is known early is told while the rest is read. */
  all?(target: Target, listening: Listening<T>): Promise<readonly T[]>
}

export interface Listening<T> {
  /** All, not complete yet. */
  onRows(rows: readonly T[]): void
  /** Some, complete. */
  onSome(some: readonly T[]): void
  /** Nobody wants the answer any more. */
  readonly signal: AbortSignal
}

export interface Watch {
  stop(): void
  /** Resolves when the streams listen, or are lost; never rejects. */
  readonly ready: Promise<void>
}

export interface LibvirtReads {
  open(target: Target): Promise<{ readonly versions: ConnectionVersions; readonly capabilities: HostCapabilities | null }>
  readonly domains: KindReads<DomainSummary>
  readonly networks: KindReads<Network>
  readonly pools: KindReads<Pool>
  watch(target: Target, listener: { onHint(hint: Hint): void; onLost(): void }): Watch
}

export const libvirtReads: LibvirtReads = {
  open: (target) => connectionOpen(target).catch(async (problem: unknown) => Promise.reject(await connectFailure(target.uri, problem))),
  domains: { uuids: domainUuids, some: domainsByUuid, all: domainList },
  networks: { uuids: networkUuids, some: networksByUuid },
  pools: { uuids: poolUuids, some: poolsByUuid },
  watch: watchEvents,
}
