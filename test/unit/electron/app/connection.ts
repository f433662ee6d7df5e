import type { Connection } from '../../../../shared/model/connection.ts'

/** A connection as the host lists it. */
export function connection(change: Partial<Connection> = {}): Connection {
  return {
    id: 'session',
    uri: 'qemu:///session',
    name: null,
    kind: 'session',
    state: 'connected',
    error: null,
    retryInSeconds: null,
    autoconnect: true,
    ...{ needs: null },
    removable: false,
    needs: null,
    environmentDefault: false,
    note: null,
    versions: null,
    capabilities: null,
    ...change,
  }
}
