import { beforeEach, describe, expect, it } from 'vitest'
import { currentConnection, runAction, whyNotAction } from '../../../../renderer/app/actions.ts'
import { appStore } from '../../../../renderer/stores/app-store.ts'
import { menuSections } from '../../../../shared/model/menu.ts'
import { exampleConnection } from '../../examples.ts'
import { answered, resetStore, withHost } from '../host.ts'

const open = exampleConnection('open')
const closed = exampleConnection('closed', { state: 'disconnected' })

const show = (connection: string | null): void =>
  appStore.setState({ connections: [open, closed], view: { page: 'machines', connection, uuid: null } })

const dialogs = () => appStore.getState().dialogs.stack

describe('the menu', () => {
  beforeEach(() => {
    resetStore()
    withHost()
  })

  it('means the connection of the page, else the preferred one', () => {
    show('closed')
    expect(currentConnection(appStore.getState())?.id).toBe('closed')
    show(null)
    expect(currentConnection(appStore.getState())?.id).toBe('open')
    appStore.setState({ connections: [] })
    expect(currentConnection(appStore.getState())).toBeUndefined()
  })

  it('says why a machine cannot be made', () => {
    show('open')
    expect(whyNotAction('new-machine', appStore.getState())).toBeNull()
    show('closed')
    expect(whyNotAction('new-machine', appStore.getState())).toBe('not-connected')
    appStore.setState({ connections: [] })
    expect(whyNotAction('new-machine', appStore.getState())).toBe('no-connection')
  })

  it('has on every entry that needs no connection nothing that forbids it', () => {
    const ofConnection = ['new-machine', 'new-network', 'connect', 'disconnect', 'remove-connection', 'connection-details']
    for (const item of menuSections.flatMap((section) => section.items)) {
      if (item !== 'separator' && !ofConnection.includes(item))
        expect(whyNotAction(item, appStore.getState()), item).toBeNull()
    }
  })

  it('opens the sheet of a new machine on the connection of the page, and nothing where that is closed', () => {
    show('closed')
    runAction('new-machine')
    expect(dialogs()).toEqual([])
    show('open')
    runAction('new-machine')
    expect(dialogs()).toEqual([{ kind: 'new-machine', connection: 'open' }])
  })

  it('opens the sheet of a new network on a connection that may have one', () => {
    const system = exampleConnection('system', { kind: 'system', uri: 'qemu:///system' })
    const session = exampleConnection('session', { kind: 'session', uri: 'qemu:///session' })
    appStore.setState({ connections: [system, session], view: { page: 'networks', connection: 'session', uuid: null } })
    runAction('new-network')
    expect(dialogs()).toEqual([])
    appStore.setState({ view: { page: 'networks', connection: 'system', uuid: null } })
    runAction('new-network')
    expect(dialogs()).toEqual([{ kind: 'new-network', connection: 'system' }])
  })

  it('connects, disconnects, and asks before it removes', async () => {
    const same = ({ connection }: { readonly connection: string }) => exampleConnection(connection)
    const host = withHost({ 'connection.connect': same, 'connection.disconnect': same })
    show('closed')
    runAction('connect')
    runAction('disconnect')
    runAction('remove-connection')
    show('open')
    runAction('connect')
    runAction('disconnect')
    await answered()
    expect(host.asked).toEqual([
      { name: 'connection.connect', input: { connection: 'closed' } },
      { name: 'connection.disconnect', input: { connection: 'open' } },
    ])
    expect(dialogs()).toEqual([{ kind: 'remove-connection', connection: 'closed' }])
  })

  it.each([
    ['add-connection', 'add-connection'],
    ['show-jobs', 'jobs'],
    ['shortcuts', 'shortcuts'],
    ['about', 'about'],
  ] as const)('opens by %s the dialog %s', (action, kind) => {
    runAction(action)
    expect(dialogs()).toEqual([{ kind }])
  })

  it('chooses how machines are listed, folds the sidebar and unfolds the commands', () => {
    runAction('view-table')
    runAction('fold-sidebar')
    runAction('show-commands')
    const { listStyle, sidebarFolded, commandsOpen } = appStore.getState()
    expect([listStyle, sidebarFolded, commandsOpen]).toEqual(['table', true, true])
    runAction('view-grid')
    runAction('fold-sidebar')
    expect([appStore.getState().listStyle, appStore.getState().sidebarFolded]).toEqual(['grid', false])
  })
})
