/** The reads of libvirt that a connection lives by, gathered so that its states can be tested without one. */
import type { ConnectionVersions, HostCapabilities } from '../../../shared/model/connection.ts'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import type { Network } from '../../../shared/model/network.ts'
import type { Pool } from '../../../shared/model/storage.ts'
import { connectionOpen } from '../../libvirt/connection.ts'
import { domainList, domainSummary } from '../../libvirt/domain/index.ts'
import { watchEvents } from '../../libvirt/events.ts'
import { networkList } from '../../libvirt/network/index.ts'
import { poolList } from '../../libvirt/pool/index.ts'
import type { Target } from '../../libvirt/target.ts'

export interface Hint {
  readonly kind: 'domain' | 'network' | 'pool'
  readonly name: string
  readonly event: string
  readonly detail: string
}

export interface LibvirtReads {
  open(target: Target): Promise<{ readonly versions: ConnectionVersions; readonly capabilities: HostCapabilities | null }>
  domains(target: Target): Promise<readonly DomainSummary[]>
  /** Errors: not-found. */
  domain(target: Target, uuid: string): Promise<DomainSummary>
  networks(target: Target): Promise<readonly Network[]>
  pools(target: Target): Promise<readonly Pool[]>
  watch(target: Target, listener: { onHint(hint: Hint): void; onLost(): void }): { stop(): void }
}

export const libvirtReads: LibvirtReads = {
  open: connectionOpen,
  domains: domainList,
  domain: domainSummary,
  networks: networkList,
  pools: poolList,
  watch: watchEvents,
}
