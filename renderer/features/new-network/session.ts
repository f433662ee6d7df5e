import type { Connection } from '../../../shared/model/connection.ts'
import { call } from '../../api/client.ts'
import { go, paths } from '../../app/paths.ts'
import { useAppStore } from '../../stores/app-store.ts'

/** The connection to the libvirt of this computer's system, where networks are made. */
export function useSystem(): Connection | undefined {
  return useAppStore((state) => state.connections.find((one) => one.kind === 'system'))
}

/** Goes to the system's networks; a connection that needs to be opened says there what it needs. */
export function openNetworksOf(system: Connection): void {
  go(paths.networks(system.id))
  if (system.state !== 'connected') void call('connection.connect', { connection: system.id }).catch(() => undefined)
}
