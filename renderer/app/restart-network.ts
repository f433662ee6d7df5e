import i18next from 'i18next'
import type { Network } from '../../shared/model/network.ts'
import { call } from '../api/client.ts'
import { showDone, showNotice } from '../ui/notices.tsx'

/** Restarts a network, and says which of its running machines libvirt could not plug in again. Errors: those of network.restart. */
export async function restartNetwork({ connection, uuid, name }: Pick<Network, 'connection' | 'uuid' | 'name'>): Promise<void> {
  const { notReconnected } = await call('network.restart', { connection, uuid })
  const done = i18next.t('networks:restarted', { name })
  if (notReconnected.length === 0) return showDone(done)
  const names = notReconnected.join(', ')
  showNotice(done, i18next.t('networks:notReconnected', { names }), { stay: true })
}
