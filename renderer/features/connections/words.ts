import type { TFunction } from 'i18next'
import type { Connection, ConnectionState } from '../../../shared/model/connection.ts'
import type { Tone } from '../../ui/StateBadge.tsx'

/** What a connection is called: the name that the person gave it, else that of its kind where it is this computer's own, else its URI. */
export function connectionName(t: TFunction, connection: Pick<Connection, 'name' | 'uri'>): string {
  if (connection.name) return connection.name
  if (connection.uri === 'qemu:///session') return t('connections:name.session')
  if (connection.uri === 'qemu:///system') return t('connections:name.system')
  return connection.uri
}

/** The dot beside a connection's name; its word is connectionState's. */
export function connectionTone(state: ConnectionState): Tone {
  const tones = { connected: 'good', connecting: 'busy', reconnecting: 'warn', failed: 'bad', disconnected: 'off' } as const
  return tones[state]
}

/** The state in words, with the seconds to the next try. */
export function connectionStateText(t: TFunction, connection: Pick<Connection, 'state' | 'retryInSeconds'>): string {
  if (connection.state === 'reconnecting' && connection.retryInSeconds !== null) {
    return t('connections:state.reconnectingIn', { seconds: connection.retryInSeconds })
  }
  return t(`connections:state.${connection.state}`)
}
