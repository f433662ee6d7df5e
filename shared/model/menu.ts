/** The app's menu: the page's own in a browser, the native one in Electron. Words: `app:menu.<id>`, `app:action.<id>`. */
import type { ConnectionAction } from './connection-rules.ts'

export type MenuAction =
  | 'new-machine' | 'new-network' | ConnectionAction | 'search' | 'settings'
  | 'view-grid' | 'view-table' | 'library' | 'fold-sidebar' | 'show-commands' | 'show-jobs' | 'shortcuts' | 'about'

export interface MenuSection {
  readonly id: 'file' | 'edit' | 'view' | 'help'
  readonly items: readonly (MenuAction | 'separator')[]
}

export const menuSections: readonly MenuSection[] = [
  { id: 'file', items: ['new-machine', 'new-network', 'add-connection', 'separator', 'connect', 'disconnect', 'remove-connection'] },
  { id: 'edit', items: ['search', 'separator', 'connection-details', 'separator', 'settings'] },
  { id: 'view', items: ['view-grid', 'view-table', 'separator', 'fold-sidebar', 'show-commands', 'show-jobs', 'separator', 'library'] },
  { id: 'help', items: ['shortcuts', 'about'] },
]

/**
 * Keys of each action, the first one shown in the menu. A browser keeps Ctrl+N for itself in a tab, hence the second.
 * Written as Electron's accelerators are: https://www.electronjs.org/docs/latest/tutorial/keyboard-shortcuts
 */
export const shortcuts: Readonly<Partial<Record<MenuAction, readonly string[]>>> = {
  'new-machine': ['Ctrl+N', 'Alt+N'],
  'new-network': ['Alt+R'],
  search: ['Ctrl+F'],
  settings: ['Ctrl+,'],
  'fold-sidebar': ['F9'],
  'show-commands': ['F8'],
  shortcuts: ['F1'],
}

/** The key that opens the page's own menu. */
export const menuKey = 'F10'
