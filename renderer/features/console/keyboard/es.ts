/** The keyboard of Spain. https://en.wikipedia.org/wiki/QWERTY#Spanish */
import { keysyms, layoutOf, letterKeys, type DeadKey, type Key } from './strokes.ts'

const keys: readonly Key[] = [
  ['Backquote', 'º', 'ª', '\\'],
  ['Digit1', '1', '!', '|'],
  ['Digit2', '2', '"', '@'],
  ['Digit3', '3', '·', '#'],
  ['Digit4', '4', '$', '~'],
  ['Digit5', '5', '%'],
  ['Digit6', '6', '&', '¬'],
  ['Digit7', '7', '/'],
  ['Digit8', '8', '('],
  ['Digit9', '9', ')'],
  ['Digit0', '0', '='],
  ['Minus', '\'', '?'],
  ['Equal', '¡', '¿'],
  ['BracketLeft', '', '', '['],
  ['BracketRight', '+', '*', ']'],
  ['Semicolon', 'ñ', 'Ñ'],
  ['Quote', '', '', '{'],
  ['Backslash', 'ç', 'Ç', '}'],
  ['IntlBackslash', '<', '>'],
  ['Comma', ',', ';'],
  ['Period', '.', ':'],
  ['Slash', '-', '_'],
  ['KeyE', 'e', 'E', '€'],
]

/** Pairs letter by letter: "áé" with "ae". */
const pairs = (accented: string, base: string): Record<string, string> =>
  Object.fromEntries([...accented].map((letter, index) => [letter, base[index] ?? '']))

const deadKeys: readonly DeadKey[] = [
  {
    stroke: { code: 'BracketLeft', shift: false, altGr: false, keysym: keysyms.deadGrave },
    letters: pairs('àèìòùÀÈÌÒÙ', 'aeiouAEIOU'),
    alone: { sign: '`', then: 'space' },
  },
  {
    stroke: { code: 'BracketLeft', shift: true, altGr: false, keysym: keysyms.deadCircumflex },
    letters: pairs('âêîôûÂÊÎÔÛ', 'aeiouAEIOU'),
    alone: { sign: '^', then: 'space' },
  },
  {
    stroke: { code: 'Quote', shift: false, altGr: false, keysym: keysyms.deadAcute },
    letters: pairs('áéíóúýÁÉÍÓÚÝ', 'aeiouyAEIOUY'),
    alone: { sign: '´', then: 'again' },
  },
  {
    stroke: { code: 'Quote', shift: true, altGr: false, keysym: keysyms.deadDiaeresis },
    letters: pairs('äëïöüÿÄËÏÖÜ', 'aeiouyAEIOU'),
    alone: { sign: '¨', then: 'again' },
  },
]

export const spanish = layoutOf([...letterKeys, ...keys], deadKeys)
