/** What can be done with a connection, and which one is meant: one rule for the page, its menu and the native one. */
import type { Connection } from './connection.ts'

export const connectionActions = ['add-connection', 'connect', 'disconnect', 'remove-connection', 'connection-details'] as const
export type ConnectionAction = (typeof connectionActions)[number]

/** Whether an action of a menu is about one connection, or the list of them. */
export const isConnectionAction = (action: string): action is ConnectionAction => connectionActions.some((one) => one === action)

export type WhyNotConnection =
  | 'no-connection'
  | 'already-connected'
  | 'not-connected'
  | 'not-removable'
  | 'disconnect-first'

type Facts = Pick<Connection, 'state' | 'removable'>

/** Why an action cannot be done now (`connections:why.<reason>`), or null where it can. */
export function whyNotConnection(action: ConnectionAction, connection: Facts | undefined): WhyNotConnection | null {
  if (action === 'add-connection') return null
  if (!connection) return 'no-connection'
  const closed = connection.state === 'disconnected' || connection.state === 'failed'
  switch (action) {
    case 'connect':
      return closed || connection.state === 'reconnecting' ? null : 'already-connected'
    case 'disconnect':
      return closed ? 'not-connected' : null
    case 'remove-connection':
      if (!connection.removable) return 'not-removable'
      return closed ? null : 'disconnect-first'
    case 'connection-details':
      return null
  }
}

export type WhyNotNew = 'no-connection' | 'not-connected' | 'session-network'

/** Why nothing new can be made on a connection now (`connections:why.<reason>`), or null where it can. Networks need rights over the whole computer, which a session has not. */
export function whyNotNew(what: 'machine' | 'network', connection: Pick<Connection, 'state' | 'kind' | 'uri'> | undefined): WhyNotNew | null {
  if (!connection) return 'no-connection'
  if (what === 'network' && isSession(connection)) return 'session-network'
  return connection.state === 'connected' ? null : 'not-connected'
}

/** Whether a connection, remote ones too, is to a user's own libvirt. https://libvirt.org/uri.html */
export const isSession = ({ kind, uri }: Pick<Connection, 'kind' | 'uri'>): boolean => kind === 'session' || /^[^?#]*\/session(?:[?#]|$)/.test(uri)

type Place = Pick<Connection, 'id' | 'state' | 'environmentDefault'>

/**
 * The connection that new work goes to where the page names none: of those that are connected the one of the settings,
 * else the environment's; else the first in the list that is connected or will be in a moment, so that it does not
 * depend on which is faster.
 */
export function preferredOf<C extends Place>(connections: readonly C[], defaultConnection: string | null): C | undefined {
  const open = connections.filter((one) => one.state === 'connected')
  return (
    open.find((one) => one.id === defaultConnection) ??
    open.find((one) => one.environmentDefault) ??
    connections.find((one) => one.state === 'connected' || one.state === 'connecting') ??
    connections[0]
  )
}
