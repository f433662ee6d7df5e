import { call } from '../../api/client.ts'
import { openDialog } from '../../stores/app-store.ts'
import { showError } from '../../ui/notices.tsx'
import type { Connection } from '../../../shared/model/connection.ts'

export type ConnectionAction = 'connect' | 'disconnect' | 'remove-connection'

/** Why an action cannot be done now (`connections:why.<reason>`), or null where it can. */
export function whyNotConnection(
  action: ConnectionAction,
  connection: Pick<Connection, 'state' | 'removable'> | undefined,
): 'no-connection' | 'already-connected' | 'not-connected' | 'not-removable' | null {
  if (!connection) return 'no-connection'
  const open = connection.state === 'connected' || connection.state === 'connecting'
  switch (action) {
    case 'connect':
      return open ? 'already-connected' : null
    case 'disconnect':
      return connection.state === 'disconnected' || connection.state === 'failed' ? 'not-connected' : null
    case 'remove-connection':
      return connection.removable ? null : 'not-removable'
  }
}

/** Does it; what goes wrong is shown. Removing asks first. */
export async function runConnectionAction(action: ConnectionAction, connection: Connection): Promise<void> {
  if (action === 'remove-connection') {
    openDialog({ kind: 'remove-connection', connection: connection.id })
    return
  }
  try {
    await call(action === 'connect' ? 'connection.connect' : 'connection.disconnect', { connection: connection.id })
  } catch (error) {
    // A connection that fails says so in its own row, with the same words.
    if (action === 'disconnect') showError(error)
  }
}
