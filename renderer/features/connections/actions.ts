import { call } from '../../api/client.ts'
import { openDialog } from '../../stores/app-store.ts'
import { showError } from '../../ui/notices.tsx'
import type { Connection } from '../../../shared/model/connection.ts'
import type { ConnectionAction } from '../../../shared/model/connection-rules.ts'

/** Does it; what goes wrong is shown. Removing asks first. */
export async function runConnectionAction(action: ConnectionAction, connection: Connection): Promise<void> {
  switch (action) {
    case 'add-connection':
      return openDialog({ kind: action })
    case 'remove-connection':
    case 'connection-details':
      return openDialog({ kind: action, connection: connection.id })
    case 'connect':
      // A connection that fails says so in its own row, with the same words.
      return void (await call('connection.connect', { connection: connection.id }).catch(() => undefined))
    case 'disconnect':
      return void (await call('connection.disconnect', { connection: connection.id }).catch(showError))
  }
}
