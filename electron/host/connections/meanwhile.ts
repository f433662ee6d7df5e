/** Who may not use the system's libvirt can use the session's in the meantime. */
import type { ConnectionId, ConnectionKind } from '../../../shared/model/connection.ts'
import { toWireError, type ErrorCode, type WireError } from '../../../shared/model/error.ts'

const closedToUser: ReadonlySet<ErrorCode> = new Set(['auth-denied', 'auth-cancelled', 'auth-every-time', 'bus-down', 'polkit-down', 'daemon-down'])

/** The error of a connection that failed, with the way to the session where that helps. `session`: null where there is none. */
export function withSession(thrown: unknown, kind: ConnectionKind, session: ConnectionId | null): WireError {
  const error = toWireError(thrown)
  if (session === null || kind !== 'system' || !closedToUser.has(error.code)) return error
  return { ...error, remedies: [...error.remedies, { name: 'use-session', open: { what: 'connection', connection: session } }] }
}
