/** What the menu's entries and the shortcuts do; also called for entries of the native menu. */
import type { MenuAction } from '../../shared/model/menu.ts'
import type { Connection } from '../../shared/model/connection.ts'
import {
  isConnectionAction, whyNotConnection, whyNotNew,
  type ConnectionAction, type WhyNotConnection, type WhyNotNew,
} from '../../shared/model/connection-rules.ts'
import { preferredConnection, runConnectionAction } from '../features/connections/index.ts'
import { appStore, openDialog, type AppState } from '../stores/app-store.ts'
import { go, paths } from './paths.ts'

/** The id that the search field of the header has. */
export const searchFieldId = 'search'

/** The connection that the menu means: that of the page, else the preferred one. */
export function currentConnection(state: AppState): Connection | undefined {
  return state.connections.find((one) => one.id === state.view.connection) ?? preferredConnection(state)
}

/** Why an entry is off, as a key of `connections:why`, or null. */
export function whyNotAction(action: MenuAction, state: AppState): WhyNotConnection | WhyNotNew | null {
  const connection = currentConnection(state)
  if (isConnectionAction(action)) return whyNotConnection(action, connection)
  if (action === 'new-machine') return whyNotNew('machine', connection)
  if (action === 'new-network') return whyNotNew('network', connection)
  return null
}

const plain: { readonly [A in Exclude<MenuAction, ConnectionAction | 'new-machine' | 'new-network'>]: () => void } = {
  search: () => {
    const field = document.getElementById(searchFieldId)
    if (field instanceof HTMLInputElement) {
      field.focus()
      field.select()
    }
  },
  settings: () => go(paths.settings()),
  library: () => go(paths.library()),
  'view-grid': () => appStore.getState().setListStyle('grid'),
  'view-table': () => appStore.getState().setListStyle('table'),
  'fold-sidebar': () => appStore.setState((state) => ({ sidebarFolded: !state.sidebarFolded })),
  'show-commands': () => appStore.setState((state) => ({ commandsOpen: !state.commandsOpen })),
  'show-jobs': () => openDialog({ kind: 'jobs' }),
  shortcuts: () => openDialog({ kind: 'shortcuts' }),
  about: () => openDialog({ kind: 'about' }),
}

/** Does what an entry says; nothing where it is off. */
export function runAction(action: MenuAction): void {
  const state = appStore.getState()
  if (whyNotAction(action, state)) return
  const connection = currentConnection(state)
  if (action === 'add-connection') openDialog({ kind: action })
  else if (action === 'new-machine' || action === 'new-network') {
    if (connection) openDialog({ kind: action, connection: connection.id })
  } else if (isConnectionAction(action)) {
    if (connection) void runConnectionAction(action, connection)
  } else plain[action]()
}
