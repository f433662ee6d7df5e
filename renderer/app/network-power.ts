import i18next from 'i18next'
import type { Network } from '../../shared/model/network.ts'
import { call, callByName } from '../api/client.ts'
import { appStore } from '../stores/app-store.ts'
import { showDone, showNotice } from '../ui/notices.tsx'

/** Restarts a network, and says which of its running machines libvirt could not plug in again. Errors: those of network.restart. */
export async function restartNetwork({ connection, uuid, name }: Pick<Network, 'connection' | 'uuid' | 'name'>): Promise<void> {
  const { notReconnected } = await call('network.restart', { connection, uuid })
  const done = i18next.t('networks:restarted', { name })
  if (notReconnected.length === 0) showDone(done)
  else tellUnplugged(done, notReconnected)
}

/** Starts a network; machines that ran on it before, and cannot be plugged in again, are named. Errors: those of network.start. */
export async function startNetwork({ connection, uuid }: Pick<Network, 'connection' | 'uuid'>): Promise<void> {
  const { notReconnected } = await call('network.start', { connection, uuid })
  const name = appStore.getState().networks[connection]?.find((one) => one.uuid === uuid)?.name ?? uuid
  if (notReconnected.length > 0) tellUnplugged(i18next.t('networks:started', { name }), notReconnected)
}

function tellUnplugged(done: string, names: readonly string[]): void {
  showNotice(done, i18next.t('networks:notReconnected', { names: names.join(', ') }), { stay: true })
}

/** A request that came as data; a network is started as everywhere. */
export async function runRequest(name: string, input: unknown): Promise<unknown> {
  return name === 'network.start' && isRef(input) ? startNetwork(input) : callByName(name, input)
}

const isRef = (input: unknown): input is Pick<Network, 'connection' | 'uuid'> =>
  typeof input === 'object' && input !== null && 'connection' in input && 'uuid' in input && typeof input.connection === 'string' && typeof input.uuid === 'string'
