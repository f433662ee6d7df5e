import type { MenuItemConstructorOptions } from 'electron'
import type { Connection } from '../../shared/model/connection.ts'
import { isConnectionAction, whyNotConnection, whyNotNew } from '../../shared/model/connection-rules.ts'
import { menuSections, shortcuts, type MenuAction } from '../../shared/model/menu.ts'
import type { Words } from './words.ts'

export interface MenuOptions {
  readonly t: Words
  /** The connection that the menu's entries act on. */
  readonly connection: Connection | undefined
  /** Does what an entry says, in the page. */
  choose(action: MenuAction): void
  /** Closes the window, with the page's questions. */
  quit(): void
}

/**
 * The menu as Electron's template. Its keys are shown and not registered: the page acts on them itself, and leaves them
 * to the guest while its console has the keyboard.
 */
export function menuTemplate({ t, connection, choose, quit }: MenuOptions): MenuItemConstructorOptions[] {
  const entry = (action: MenuAction): MenuItemConstructorOptions => {
    const [accelerator] = shortcuts[action] ?? []
    return {
      id: action,
      label: t(`app:action.${action}`),
      enabled: applies(action, connection),
      ...(accelerator ? { accelerator, registerAccelerator: false } : {}),
      click: () => choose(action),
    }
  }
  const edit = (['cut', 'copy', 'paste', 'selectAll'] as const).map((role) => ({
    role,
    label: t(`app:native.${role}`),
    registerAccelerator: false,
  }))
  const leave = { id: 'quit', label: t('app:native.quit'), click: quit }
  return menuSections.map(({ id, items }) => ({
    label: t(`app:menu.${id}`),
    submenu: [
      ...(id === 'edit' ? [...edit, separator] : []),
      ...items.map((item) => (item === 'separator' ? separator : entry(item))),
      ...(id === 'file' ? [separator, leave] : []),
    ],
  }))
}

const separator = { type: 'separator' } as const

/** Whether an entry does anything now; the page has the same rule. */
function applies(action: MenuAction, connection: MenuOptions['connection']): boolean {
  if (isConnectionAction(action)) return whyNotConnection(action, connection) === null
  if (action === 'new-machine' || action === 'new-network') return whyNotNew(action === 'new-machine' ? 'machine' : 'network', connection) === null
  return true
}
