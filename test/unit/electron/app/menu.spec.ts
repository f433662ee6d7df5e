import { describe, expect, it, vi } from 'vitest'
import { menuTemplate } from '../../../../electron/app/menu.ts'
import { languageOf, wordsIn } from '../../../../electron/app/words.ts'
import { menuSections, type MenuAction } from '../../../../shared/model/menu.ts'

const connected = { state: 'connected', removable: false } as const

function menu(options: Partial<Parameters<typeof menuTemplate>[0]> = {}) {
  const template = menuTemplate({ t: wordsIn('es'), connection: connected, choose: () => undefined, quit: () => undefined, ...options })
  const entries = template.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
  return { template, entries, entry: (id: string) => entries.find((one) => one.id === id) ?? expect.fail(id) }
}

describe('the native menu', () => {
  it('has every entry of the app’s menu, in the language of the settings', () => {
    const { template, entry } = menu()
    expect(template.map(({ label }) => label)).toEqual(['Archivo', 'Editar', 'Vista', 'Ayuda'])
    for (const { items } of menuSections) {
      for (const item of items) if (item !== 'separator') expect(entry(item).label).toMatch(/^[A-ZÁÉÍÓÚÑ]/)
    }
    expect(menu({ t: wordsIn('en') }).template.map(({ label }) => label)).toEqual(['File', 'Edit', 'View', 'Help'])
  })

  it('leaves no key of a role or entry in English or without words', () => {
    for (const { label, type } of menu().entries) {
      if (type === 'separator') continue
      expect(label).toBeTruthy()
      expect(label).not.toMatch(/:|native/)
    }
  })

  it('shows its keys and registers none, so that they reach the guest', () => {
    const { entries, entry } = menu()
    expect(entry('new-machine').accelerator).toBe('Ctrl+N')
    for (const one of entries) if (one.accelerator || one.role) expect(one.registerAccelerator).toBe(false)
  })

  it('tells what was chosen', () => {
    const choose = vi.fn<(action: MenuAction) => void>()
    const quit = vi.fn()
    const { entry } = menu({ choose, quit })
    for (const id of ['about', 'connect', 'quit'] as const) (entry(id).click as () => void)()
    expect(choose.mock.calls).toEqual([['about'], ['connect']])
    expect(quit).toHaveBeenCalledOnce()
  })

  it.each([
    [connected, { 'new-machine': true, connect: false, disconnect: true, 'remove-connection': false }],
    [{ state: 'disconnected', removable: true }, { 'new-machine': false, connect: true, disconnect: false, 'remove-connection': true }],
    [{ state: 'failed', removable: true }, { 'new-machine': false, connect: true, disconnect: false, 'remove-connection': true }],
    [{ state: 'connecting', removable: true }, { 'new-machine': false, connect: false, disconnect: true, 'remove-connection': true }],
    [{ state: 'reconnecting', removable: false }, { 'new-machine': false, connect: true, disconnect: true, 'remove-connection': false }],
    [undefined, { 'new-machine': false, connect: false, disconnect: false, 'remove-connection': false }],
  ] as const)('has off what does not apply: %j', (connection, enabled) => {
    const { entry } = menu({ connection })
    expect(Object.fromEntries(Object.keys(enabled).map((id) => [id, entry(id).enabled]))).toEqual(enabled)
    expect(entry('settings').enabled).toBe(true)
  })
})

describe('the language of the native parts', () => {
  it('is that of the settings, else that of the system', () => {
    expect(languageOf({ language: 'en' }, { LANG: 'es_ES.UTF-8' })).toBe('en')
    expect(languageOf({ language: 'system' }, { LANG: 'es_ES.UTF-8' })).toBe('es')
    expect(languageOf({ language: 'system' }, { LANG: 'C' })).toBe('en')
  })
})
