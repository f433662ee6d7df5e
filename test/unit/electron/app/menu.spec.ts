import { describe, expect, it, vi } from 'vitest'
import { menuTemplate } from '../../../../electron/app/menu.ts'
import { wordsIn } from '../../../../electron/app/words.ts'
import { menuSections, shortcuts, type MenuAction } from '../../../../shared/model/menu.ts'
import type { ConnectionState } from '../../../../shared/model/connection.ts'
import { connection } from './connection.ts'

type Shown = Parameters<typeof menuTemplate>[0]['connection']

function menu(shown: Shown = undefined, language: 'en' | 'es' = 'en') {
  const choose = vi.fn<(action: MenuAction) => void>()
  const quit = vi.fn<() => void>()
  const sections = menuTemplate({ t: wordsIn(language), connection: shown, choose, quit })
  const entries = sections.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
  const entry = (id: string) => {
    const found = entries.find((one) => one.id === id)
    if (!found) throw new Error(`no entry ${id}`)
    return found
  }
  /** As Electron calls it; the arguments are of no use here. */
  const click = (id: string): unknown => Reflect.apply(entry(id).click ?? (() => undefined), undefined, [])
  return { sections, entries, entry, click, choose, quit }
}

describe('the native menu', () => {
  it('has the sections and entries of the page’s own, in its order', () => {
    const { sections } = menu()
    expect(sections.map(({ label }) => label)).toEqual(['File', 'Edit', 'View', 'Help'])
    const own = sections.map(({ submenu }) => (Array.isArray(submenu) ? submenu : []).map(({ id, type }) => id ?? type))
    const wanted = menuSections.map(({ items }) => items)
    expect(own[0]).toEqual([...(wanted[0] ?? []), 'separator', 'quit'])
    expect(own[1]).toEqual([undefined, undefined, undefined, undefined, 'separator', ...(wanted[1] ?? [])])
    expect(own.slice(2)).toEqual(wanted.slice(2))
  })

  it('speaks both languages, the roles of editing too', () => {
    const spanish = menu(undefined, 'es')
    expect(spanish.sections.map(({ label }) => label)).toEqual(['Archivo', 'Editar', 'Vista', 'Ayuda'])
    expect(spanish.entry('quit').label).toBe('Salir')
    const roles = spanish.entries.filter(({ role }) => role !== undefined)
    expect(roles.map(({ role, label }) => [role, label])).toEqual([
      ['cut', 'Cortar'],
      ['copy', 'Copiar'],
      ['paste', 'Pegar'],
      ['selectAll', 'Seleccionar todo'],
    ])
  })

  it('shows keys and takes none: the console leaves them to the guest', () => {
    const { entries, entry } = menu()
    for (const [action, [key]] of Object.entries(shortcuts)) expect(entry(action).accelerator).toBe(key)
    for (const { type, registerAccelerator, accelerator, role } of entries) {
      if (type !== 'separator' && (accelerator || role)) expect(registerAccelerator).toBe(false)
    }
  })

  it('says which entry was chosen, and quits as the window closes', () => {
    const { click, choose, quit } = menu(connection({ state: 'connected' }))
    for (const { items } of menuSections) {
      for (const item of items) if (item !== 'separator') click(item)
    }
    const actions = menuSections.flatMap(({ items }) => items.filter((item) => item !== 'separator'))
    expect(choose.mock.calls.flat()).toEqual(actions)
    expect(quit).not.toHaveBeenCalled()
    click('quit')
    expect(quit).toHaveBeenCalledOnce()
  })

  const states: readonly (readonly [ConnectionState | null, Partial<Record<MenuAction, boolean>>])[] = [
    [null, { 'new-machine': false, 'new-network': false, connect: false, disconnect: false, 'remove-connection': false }],
    ['connected', { 'new-machine': true, connect: false, disconnect: true }],
    ['connecting', { 'new-machine': false, connect: false, disconnect: true }],
    ['reconnecting', { 'new-machine': false, connect: true, disconnect: true }],
    ['disconnected', { 'new-machine': false, connect: true, disconnect: false }],
    ['failed', { 'new-machine': false, connect: true, disconnect: false }],
  ]
  it.each(states)('enables what applies to a connection that is %s', (state, enabled) => {
    const { entry } = menu(state === null ? undefined : connection({ state }))
    for (const [action, on] of Object.entries(enabled)) expect(entry(action).enabled, action).toBe(on)
    for (const action of ['add-connection', 'search', 'settings', 'about']) expect(entry(action).enabled).toBe(true)
  })

  it('makes networks where it may', () => {
    expect(menu(connection({ state: 'connected', kind: 'system', uri: 'qemu:///system' })).entry('new-network').enabled).toBe(true)
    expect(menu(connection({ state: 'connected', kind: 'session', uri: 'qemu:///session' })).entry('new-network').enabled).toBe(false)
  })

  it('removes only what can be removed', () => {
    expect(menu(connection({ state: 'disconnected', removable: true })).entry('remove-connection').enabled).toBe(true)
    expect(menu(connection({ state: 'disconnected', removable: false })).entry('remove-connection').enabled).toBe(false)
  })
})
