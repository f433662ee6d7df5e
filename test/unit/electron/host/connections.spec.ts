import { describe, expect, it } from 'vitest'
import { rows } from '../../../../electron/host/connections/connections.ts'
import type { ConnectionsStore, RememberedConnection } from '../../../../electron/settings/index.ts'

const store = (connections: readonly RememberedConnection[]): ConnectionsStore => ({
  path: '',
  setAside: null,
  list: () => connections,
  put: () => Promise.resolve(),
  forget: () => Promise.resolve(),
})
const lab = { id: 'a1', uri: 'test+unix:///default', name: 'Lab', autoconnect: false }
const list = (asRoot: boolean, defaultUri: string | null, ...connections: RememberedConnection[]) =>
  rows({ store: store(connections), asRoot, defaultUri }).map((row) => `${row.id} ${row.uri}${row.environmentDefault ? ' default' : ''}${row.removable ? '' : ' fixed'}`)

describe('the rows of connections', () => {
  it('an ordinary user has the session alone, which connects by itself', () => {
    const [session, ...rest] = rows({ store: store([]), asRoot: false, defaultUri: null })
    expect(session).toEqual({
      id: 'session',
      uri: 'qemu:///session',
      name: null,
      kind: 'session',
      autoconnect: true,
      removable: false,
      environmentDefault: false,
      note: null,
    })
    expect(rest).toEqual([])
  })

  it('root has the system alone, and the row says why', () => {
    expect(rows({ store: store([]), asRoot: true, defaultUri: null })).toMatchObject([
      { id: 'system', uri: 'qemu:///system', kind: 'system', autoconnect: true, removable: false, note: 'root-session-is-system' },
    ])
  })

  it('what was added follows, and can be removed', () => {
    expect(list(false, null, lab)).toEqual(['session qemu:///session fixed', 'a1 test+unix:///default'])
  })

  it('what a person changed about the natural one holds', () => {
    const [session] = rows({ store: store([{ id: 'session', uri: 'qemu:///session', name: 'Mine', autoconnect: false }]), asRoot: false, defaultUri: null })
    expect(session).toMatchObject({ name: 'Mine', autoconnect: false, removable: false })
  })

  it('LIBVIRT_DEFAULT_URI marks the row it names, or gets one for this run', () => {
    expect(list(false, 'qemu:///session', lab)).toEqual(['session qemu:///session default fixed', 'a1 test+unix:///default'])
    expect(list(false, 'test+unix:///default', lab)).toEqual(['session qemu:///session fixed', 'a1 test+unix:///default default'])
    expect(list(false, 'qemu:///system', lab)).toEqual([
      'session qemu:///session fixed',
      'environment qemu:///system default fixed',
      'a1 test+unix:///default',
    ])
    expect(list(true, 'qemu:///session')).toEqual(['system qemu:///system default fixed'])
  })

  it('a file of another user or another run adds no double', () => {
    const session = { id: 'session', uri: 'qemu:///session', name: null, autoconnect: true }
    const environment = { id: 'environment', uri: 'qemu:///system', name: null, autoconnect: true }
    expect(list(true, null, session, environment)).toEqual(['system qemu:///system fixed'])
    expect(list(true, null, { ...lab, uri: 'qemu:///system' })).toEqual(['system qemu:///system fixed'])
  })
})
