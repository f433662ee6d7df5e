/** What a machine's state says of things that went wrong. */
import type { ConnectionId } from '../../../shared/model/connection.ts'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import { useConnection } from '../../stores/app-store.ts'

/**
 * disk: paused by QEMU at a disk error; panicked: the guest's system has crashed and is kept as it is; crashed: its QEMU
 * ended by itself; failed: its last start ended so.
 */
export type Trouble = 'disk' | 'panicked' | 'crashed' | 'failed'

export function troubleOf({ state, reason }: Pick<DomainSummary, 'state' | 'reason'>): Trouble | null {
  switch (state) {
    case 'paused':
      return reason === 'I/O error' ? 'disk' : null
    case 'crashed':
      return 'panicked'
    case 'shutoff':
      return reason === 'crashed' || reason === 'failed' ? reason : null
    default:
      return null
  }
}

/** Whether QEMU's log lies on this host. */
export function useHasLog(connection: ConnectionId): boolean {
  const kind = useConnection(connection)?.kind
  return kind === 'session' || kind === 'system'
}
