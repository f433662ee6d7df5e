import { describe, expect, it } from 'vitest'
import { rows } from '../../../../electron/host/connections/rows.ts'
import type { ConnectionsStore, RememberedConnection } from '../../../../electron/settings/index.ts'

const store = (connections: readonly RememberedConnection[]): ConnectionsStore => ({
  path: '',
  setAside: null,
  list: () => connections,
  put: () => Promise.resolve(),
  forget: () => Promise.resolve(),
})
const lab = { id: 'a1', uri: 'test+unix:///default', name: 'Lab', autoconnect: false }
const own = ['session qemu:///session fixed', 'system qemu:///system fixed']
const list = (asRoot: boolean, defaultUri: string | null, ...connections: RememberedConnection[]) =>
  rows({ store: store(connections), asRoot, defaultUri }).map((row) => `${row.id} ${row.uri}${row.environmentDefault ? ' default' : ''}${row.removable ? '' : ' fixed'}`)

describe('the rows of connections', () => {
  it('an ordinary user has the session and QEMU/KVM, which connect by themselves', () => {
    const common = { name: null, autoconnect: true, removable: false, environmentDefault: false, note: null }
    expect(rows({ store: store([]), asRoot: false, defaultUri: null })).toEqual([
      { ...common, id: 'session', uri: 'qemu:///session', kind: 'session' },
      { ...common, id: 'system', uri: 'qemu:///system', kind: 'system' },
    ])
  })

  it('root has the system alone, and the row says why', () => {
    expect(rows({ store: store([]), asRoot: true, defaultUri: null })).toMatchObject([
      { id: 'system', uri: 'qemu:///system', kind: 'system', autoconnect: true, removable: false, note: 'root-session-is-system' },
    ])
  })

  it('what was added follows, and can be removed', () => {
    expect(list(false, null, lab)).toEqual([...own, 'a1 test+unix:///default'])
  })

  it('what a person changed about those that are there by nature holds', () => {
    const changed = [
      { id: 'session', uri: 'qemu:///session', name: 'Mine', autoconnect: false },
      { id: 'system', uri: 'qemu:///system', name: null, autoconnect: false },
    ]
    expect(rows({ store: store(changed), asRoot: false, defaultUri: null })).toMatchObject([
      { name: 'Mine', autoconnect: false, removable: false },
      { name: null, autoconnect: false, removable: false },
    ])
    const environment = { id: 'environment', uri: 'xen:///system', name: 'Xen', autoconnect: false }
    expect(rows({ store: store([environment]), asRoot: false, defaultUri: 'xen:///system' })[2]).toMatchObject({ ...environment, removable: false })
  })

  it('LIBVIRT_DEFAULT_URI marks the row it names, or gets one for this run', () => {
    expect(list(false, 'qemu:///session', lab)).toEqual(['session qemu:///session default fixed', own[1], 'a1 test+unix:///default'])
    expect(list(false, 'qemu:///system')).toEqual([own[0], 'system qemu:///system default fixed'])
    expect(list(false, 'test+unix:///default', lab)).toEqual([...own, 'a1 test+unix:///default default'])
    expect(list(false, 'xen:///system', lab)).toEqual([...own, 'environment xen:///system default fixed', 'a1 test+unix:///default'])
    expect(list(true, 'qemu:///session')).toEqual(['system qemu:///system default fixed'])
  })

  it('a file of another user or another run adds no double', () => {
    const session = { id: 'session', uri: 'qemu:///session', name: null, autoconnect: true }
    const environment = { id: 'environment', uri: 'qemu:///system', name: null, autoconnect: true }
    expect(list(true, null, session, environment)).toEqual(['system qemu:///system fixed'])
    expect(list(true, null, { ...lab, uri: 'qemu:///system' })).toEqual(['system qemu:///system fixed'])
  })

  it('QEMU/KVM that was added by hand once is the one of the list, with its name', () => {
    const [, system, ...rest] = rows({ store: store([{ ...lab, uri: 'qemu:///system' }]), asRoot: false, defaultUri: null })
    expect(system).toMatchObject({ id: 'system', name: 'Lab', autoconnect: false, removable: false })
    expect(rest).toEqual([])
  })
})
