/** A keyboard as a guest sees it: keys by their places, what is printed on them, and accents that wait for a letter. */
import type { LayoutName } from '../../../../renderer/features/console/keyboard/layouts.ts'
import type { SendKey } from '../../../../renderer/features/console/keyboard/type-strokes.ts'

/** Places row by row, as an ISO keyboard has them. */
const rows = [
  'Backquote Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0 Minus Equal',
  'KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP BracketLeft BracketRight',
  'KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Semicolon Quote Backslash',
  'IntlBackslash KeyZ KeyX KeyC KeyV KeyB KeyN KeyM Comma Period Slash',
].map((row) => row.split(' '))

/** Dead keys, by the combining accents that they put on a letter; and a key that gives nothing. */
const grave = '\u0300'
const acute = '\u0301'
const circumflex = '\u0302'
const diaeresis = '\u0308'
const nothing = '\u0000'

interface Print {
  readonly plain: readonly string[]
  readonly shifted: readonly string[]
  readonly altGr: readonly string[]
}

/** What is printed on the keys, row by row. */
const prints: Readonly<Record<LayoutName, Print>> = {
  us: {
    plain: ['`1234567890-=', 'qwertyuiop[]', 'asdfghjkl;\'\\', '<zxcvbnm,./'],
    shifted: ['~!@#$%^&*()_+', 'QWERTYUIOP{}', 'ASDFGHJKL:"|', '>ZXCVBNM<>?'],
    altGr: ['', '', '', ''],
  },
  es: {
    plain: ['º1234567890\'¡', `qwertyuiop${grave}+`, `asdfghjklñ${acute}ç`, '<zxcvbnm,.-'],
    shifted: ['ª!"·$%&/()=?¿', `QWERTYUIOP${circumflex}*`, `ASDFGHJKLÑ${diaeresis}Ç`, '>ZXCVBNM;:_'],
    altGr: [`\\|@#~${nothing}¬`, `${nothing}${nothing}€${nothing.repeat(7)}[]`, `${nothing.repeat(10)}{}`, ''],
  },
}

/** Accents by themselves, as a blank after the dead key or the dead key pressed once more gives them. */
const alone: Readonly<Record<string, string>> = { [grave]: '`', [acute]: '´', [circumflex]: '^', [diaeresis]: '¨' }

export class GuestKeyboard {
  /** What has been typed. */
  text = ''
  /** Places of the keys that are down. */
  readonly held = new Set<string>()
  #accent = ''
  readonly #print: Print

  constructor(layout: LayoutName) {
    this.#print = prints[layout]
  }

  readonly send: SendKey = (_keysym, code, down) => {
    if (!down) {
      if (!this.held.delete(code)) throw new Error(`${code} is released and was not down`)
      return
    }
    if (this.held.has(code)) throw new Error(`${code} is pressed and was down`)
    this.held.add(code)
    if (code !== 'ShiftLeft' && code !== 'AltRight') this.#give(this.#letterAt(code))
  }

  #letterAt(code: string): string {
    if (code === 'Space') return ' '
    if (code === 'Enter') return '\n'
    if (code === 'Tab') return '\t'
    const { plain, shifted, altGr } = this.#print
    const print = this.held.has('AltRight') ? altGr : this.held.has('ShiftLeft') ? shifted : plain
    const row = rows.findIndex((places) => places.includes(code))
    const letter = [...(print[row] ?? '')][rows[row]?.indexOf(code) ?? -1] ?? nothing
    if (letter === nothing) throw new Error(`${code} gives nothing with ${[...this.held].join('+')}`)
    return letter
  }

  #give(letter: string): void {
    const accent = this.#accent
    this.#accent = ''
    if (accent === '') {
      if (letter in alone) this.#accent = letter
      else this.text += letter
    } else if (letter === ' ' || letter === accent) this.text += alone[accent] ?? ''
    else {
      const composed = (letter + accent).normalize('NFC')
      if ([...composed].length !== 1) throw new Error(`no key gives ${letter} with an accent`)
      this.text += composed
    }
  }
}
