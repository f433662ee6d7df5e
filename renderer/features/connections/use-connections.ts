import { useTranslation } from 'react-i18next'
import { useAppStore, useConnection } from '../../stores/app-store.ts'
import type { Data } from '../../stores/updates.ts'
import type { Connection, ConnectionId } from '../../../shared/model/connection.ts'
import { preferredOf } from '../../../shared/model/connection-rules.ts'
import { connectionName } from './words.ts'

/** The connection's name in the person's language; an empty text while it is not known. */
export function useConnectionName(id: ConnectionId | null): string {
  const { t } = useTranslation()
  const connection = useConnection(id)
  return connection ? connectionName(t, connection) : ''
}

interface Known {
  readonly connections: readonly Connection[]
  readonly settings: { readonly defaultConnection: string | null }
}

/** Whether a connection may still name machines of its own: "none" is said, and a number shown, when every one has been asked. */
export function isListing({ connections, listed }: Pick<Data, 'connections' | 'listed'>): boolean {
  return connections.some((one) => one.state === 'connecting' || (one.state === 'connected' && !listed[one.id]))
}

/** The connection that new work goes to where the page names none. */
export function preferredConnection({ connections, settings }: Known): Connection | undefined {
  return preferredOf(connections, settings.defaultConnection)
}

/** The same in a component. */
export function usePreferredConnection(): Connection | undefined {
  return useAppStore(preferredConnection)
}

/**
 * The connection whose machines the app opens with: the one of the settings, the environment's, else the first in the list that is open or
 * still connects. Waiting for it is better than opening with whichever happens to be faster.
 */
export function startConnection(known: Known): Connection | undefined {
  const { connections, settings } = known
  return (
    connections.find((one) => one.id === settings.defaultConnection) ??
    connections.find((one) => one.environmentDefault) ??
    connections.find((one) => one.state === 'connected' || one.state === 'connecting' || one.state === 'reconnecting') ??
    connections[0]
  )
}
