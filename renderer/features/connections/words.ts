import type { TFunction } from 'i18next'
import type { Connection, ConnectionNeed, ConnectionState } from '../../../shared/model/connection.ts'
import type { Tone } from '../../ui/StateBadge.tsx'

/** What a connection is called where nobody gave it a name: that of its kind where it is this computer's own, else its URI. */
export function ownName(t: TFunction, uri: string): string {
  if (uri === 'qemu:///session') return t('connections:name.session')
  if (uri === 'qemu:///system') return t('connections:name.system')
  return uri
}

/** What a connection is called. */
export function connectionName(t: TFunction, connection: Pick<Connection, 'name' | 'uri'>): string {
  return connection.name ?? ownName(t, connection.uri)
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

/** The sentence of what connecting needs. */
export function needText(t: TFunction, needs: ConnectionNeed): string {
  switch (needs.kind) {
    case 'group':
      return needs.group === null ? t('connections:needs.administrator') : t('connections:needs.group', { group: needs.group })
    case 'login':
      return t('connections:needs.login', { group: needs.group })
    default:
      return t(`connections:needs.${needs.kind}`)
  }
}
