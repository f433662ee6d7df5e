import { describe, expect, it } from 'vitest'
import { MOST_CHARACTERS, strokesOf, type LayoutName } from '../../../../renderer/features/console/keyboard/layouts.ts'
import { keysymOf } from '../../../../renderer/features/console/keyboard/strokes.ts'
import { eventsOf } from '../../../../renderer/features/console/keyboard/type-strokes.ts'
import { GuestKeyboard } from './guest-keyboard.ts'

const ascii = String.fromCharCode(...Array.from({ length: 94 }, (_, index) => 33 + index))

/** What a guest with that keyboard reads. */
function arrives(text: string, layout: LayoutName): string {
  const keyboard = new GuestKeyboard(layout)
  for (const stroke of strokesOf(text, layout).strokes) for (const event of eventsOf(stroke)) keyboard.send(...event)
  expect([...keyboard.held]).toEqual([])
  return keyboard.text
}

const codes = (text: string, layout: LayoutName): string[] =>
  strokesOf(text, layout).strokes.map(({ code, shift, altGr }) => `${shift ? 'Shift+' : ''}${altGr ? 'AltGr+' : ''}${code}`)

describe('a text as strokes of a US keyboard', () => {
  it('all of ASCII arrives', () => {
    expect(strokesOf(ascii, 'us').missing).toEqual([])
    expect(arrives(`${ascii} and\ta tab\n`, 'us')).toBe(`${ascii} and\ta tab\n`)
  })

  it('Shift is held where the sign is on top of the key', () => {
    expect(codes('aA1!', 'us')).toEqual(['KeyA', 'Shift+KeyA', 'Digit1', 'Shift+Digit1'])
  })

  it('needs no AltGr', () => {
    expect(strokesOf(ascii, 'us').strokes.filter((stroke) => stroke.altGr)).toEqual([])
  })

  it('letters that it lacks are left out, each named once', () => {
    const { missing } = strokesOf('año, ñandú: 5 €€', 'us')
    expect(missing).toEqual(['ñ', 'ú', '€'])
    expect(arrives('año', 'us')).toBe('ao')
  })
})

describe('a text as strokes of a Spanish keyboard', () => {
  it('all of ASCII arrives', () => {
    expect(strokesOf(ascii, 'es').missing).toEqual([])
    expect(arrives(ascii, 'es')).toBe(ascii)
  })

  it('the letters of Spanish and what else is printed on its keys arrive', () => {
    const text = 'áéíóúüñçÁÉÍÓÚÜÑÇ ¿¡ ºª·¬€ àèìòùâêîôûäëïöüÿý ÀÈÌÒÙÂÊÎÔÛÄËÏÖÜÝ'
    expect(strokesOf(text, 'es').missing).toEqual([])
    expect(arrives(text, 'es')).toBe(text)
  })

  it('AltGr gives the third sign of a key', () => {
    expect(codes('@#€[]{}\\|~¬', 'es')).toEqual([
      'AltGr+Digit2',
      'AltGr+Digit3',
      'AltGr+KeyE',
      'AltGr+BracketLeft',
      'AltGr+BracketRight',
      'AltGr+Quote',
      'AltGr+Backslash',
      'AltGr+Backquote',
      'AltGr+Digit1',
      'AltGr+Digit4',
      'AltGr+Digit6',
    ])
  })

  it('an accent is a dead key and its letter', () => {
    expect(codes('áÀüÊ', 'es')).toEqual([
      'Quote',
      'KeyA',
      'BracketLeft',
      'Shift+KeyA',
      'Shift+Quote',
      'KeyU',
      'Shift+BracketLeft',
      'Shift+KeyE',
    ])
  })

  it('an accent by itself is a dead key and a blank, or the key twice', () => {
    expect(codes('`^´¨', 'es')).toEqual([
      'BracketLeft',
      'Space',
      'Shift+BracketLeft',
      'Space',
      'Quote',
      'Quote',
      'Shift+Quote',
      'Shift+Quote',
    ])
    expect(arrives('`a ^a ´´ ¨', 'es')).toBe('`a ^a ´´ ¨')
  })

  it('e stays one key though the euro is on it too', () => {
    expect(codes('eE', 'es')).toEqual(['KeyE', 'Shift+KeyE'])
  })

  it('letters that it lacks are left out, each named once', () => {
    expect(strokesOf('日本 😀 日 ő', 'es').missing).toEqual(['日', '本', '😀', 'ő'])
  })
})

describe('a text of any origin', () => {
  it.each([
    ['\r\n', 'of Windows'],
    ['\n', 'of Unix'],
    ['\r', 'of a terminal'],
  ])('line end %j %s is one Enter', (end) => {
    expect(arrives(`a${end}b${end}${end}`, 'us')).toBe('a\nb\n\n')
  })

  it('accents that stand after their letters are put on them', () => {
    expect(arrives('cami\u006e\u0303o\u0301n'.normalize('NFD'), 'es')).toBe('camiñón')
  })

  it('a text as long as the dialog takes has its strokes', () => {
    expect(strokesOf('a'.repeat(MOST_CHARACTERS), 'es').strokes).toHaveLength(MOST_CHARACTERS)
  })
})

it.each([
  ['a', 0x61],
  ['ñ', 0xf1],
  ['€', 0x10020ac],
])('the keysym of %s is that of X11', (letter, keysym) => expect(keysymOf(letter)).toBe(keysym))
