import { afterEach, describe, expect, it, vi } from 'vitest'
import { actionOfKeys, belongsToGuest, written } from '../../../../renderer/app/shortcuts.ts'
import { menuKey, menuSections, shortcuts } from '../../../../shared/model/menu.ts'

const none = { ctrlKey: false, altKey: false, shiftKey: false, metaKey: false }

/** The event of keys as they are written. */
function pressed(keys: string) {
  const parts = keys.split('+')
  const key = parts.at(-1) ?? ''
  return {
    ...none,
    key: key.toLowerCase().length === 1 ? key.toLowerCase() : key,
    ctrlKey: parts.includes('Ctrl'),
    altKey: parts.includes('Alt'),
  }
}

afterEach(() => void vi.unstubAllGlobals())

describe('keys', () => {
  it('are written as the menu shows them', () => {
    expect(written({ ...none, key: 'n', ctrlKey: true })).toBe('Ctrl+N')
    expect(written({ ...none, key: 'F9', shiftKey: true })).toBe('Shift+F9')
    expect(written({ ...none, key: ',', ctrlKey: true, altKey: true, metaKey: true })).toBe('Ctrl+Alt+Meta+,')
  })

  it('leave Shift out where the sign shows it already', () => {
    expect(written({ ...none, key: '?', shiftKey: true })).toBe('?')
  })

  it.each(Object.entries(shortcuts).flatMap(([action, all]) => all.map((keys) => [keys, action] as const)))(
    '%s stand for %s',
    (keys, action) => expect(actionOfKeys(pressed(keys))).toBe(action),
  )

  it('open the menu', () => expect(actionOfKeys(pressed(menuKey))).toBe('menu'))

  it.each(['n', 'F', 'Escape', 'Ctrl+Alt+N', 'Ctrl+C'])('%s are nobody’s', (keys) => {
    expect(actionOfKeys(pressed(keys))).toBeNull()
  })

  it('stand for actions of the menu, each for one', () => {
    const items = new Set(menuSections.flatMap((section) => section.items))
    expect(Object.keys(shortcuts).filter((action) => !items.has(action as never))).toEqual([])
    const all = [...Object.values(shortcuts).flat(), menuKey]
    expect(new Set(all).size).toBe(all.length)
  })

  it('typed into a machine belong to the machine', () => {
    class Part extends EventTarget {
      constructor(readonly ofGuest: boolean) {
        super()
      }
      closest = (selector: string) => (this.ofGuest && selector === '[data-guest-keys]' ? this : null)
    }
    vi.stubGlobal('Element', Part)
    expect([new Part(true), new Part(false), new EventTarget(), null].map(belongsToGuest)).toEqual([
      true,
      false,
      false,
      false,
    ])
  })
})
