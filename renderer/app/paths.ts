/** Addresses of the app's pages, without the leading `#`. */
import type { ConnectionId } from '../../shared/model/connection.ts'

const of = (connection: ConnectionId): string => `/c/${encodeURIComponent(connection)}`

export const paths = {
  allMachines: () => '/machines',
  machines: (connection: ConnectionId) => `${of(connection)}/machines`,
  machine: (connection: ConnectionId, uuid: string, tab: 'console' | 'details' = 'console') =>
    `${of(connection)}/machines/${uuid}/${tab}`,
  networks: (connection: ConnectionId) => `${of(connection)}/networks`,
  network: (connection: ConnectionId, uuid: string) => `${of(connection)}/networks/${uuid}`,
  storage: (connection: ConnectionId) => `${of(connection)}/storage`,
  pool: (connection: ConnectionId, uuid: string) => `${of(connection)}/storage/${uuid}`,
  library: () => '/library',
  settings: () => '/settings',
} as const

/** The same as a link's href. */
export function href(path: string): string {
  return `#${path}`
}

/** Goes to a page, from outside React too. */
export function go(path: string, options: { readonly replace?: boolean } = {}): void {
  if (options.replace) {
    window.history.replaceState(null, '', href(path))
    window.dispatchEvent(new HashChangeEvent('hashchange'))
    return
  }
  window.location.hash = path
}
