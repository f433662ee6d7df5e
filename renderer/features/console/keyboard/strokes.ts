/** Which keys of a keyboard make a letter: the language in which a layout is written. */

/** Keysyms of X11 that no letter stands for. https://www.x.org/releases/X11R7.7/doc/xproto/x11protocol.html#keysym_encoding */
export const keysyms = {
  Tab: 0xff09,
  Return: 0xff0d,
  Shift: 0xffe1,
  AltGr: 0xfe03,
  deadGrave: 0xfe50,
  deadAcute: 0xfe51,
  deadCircumflex: 0xfe52,
  deadDiaeresis: 0xfe57,
} as const

/** One key pressed and released. The guest goes by `code`, the place of the key; `keysym` is for a server that knows no places. */
export interface Stroke {
  /** Place of the key, as KeyboardEvent.code names it. */
  readonly code: string
  readonly shift: boolean
  readonly altGr: boolean
  readonly keysym: number
}

/** A key: its place and what it gives alone, with Shift and with AltGr; an empty text where it gives nothing that stands alone. */
export type Key = readonly [code: string, plain: string, shifted: string, altGr?: string]

/** A key that waits for a letter to put its accent on. */
export interface DeadKey {
  readonly stroke: Stroke
  /** Letter with the accent, and the letter that is typed after the key. */
  readonly letters: Readonly<Record<string, string>>
  /** The accent by itself comes from a blank after the key, or from the key once more. */
  readonly alone: { readonly sign: string; readonly then: 'space' | 'again' }
}

/** Strokes of each letter that a keyboard has. */
export type Layout = ReadonlyMap<string, readonly Stroke[]>

/** Latin-1 is its own keysym; all else is Unicode with a bit set. */
export function keysymOf(letter: string): number {
  const point = letter.codePointAt(0) ?? 0
  return point < 0x100 ? point : 0x1000000 | point
}

const stroke = (code: string, keysym: number, shift = false, altGr = false): Stroke => ({ code, shift, altGr, keysym })

const space = stroke('Space', 0x20)

/** Builds a layout. Where two keys give the same letter, the first one is pressed. */
export function layoutOf(keys: readonly Key[], deadKeys: readonly DeadKey[] = []): Layout {
  const strokes = new Map<string, readonly Stroke[]>()
  const add = (letter: string | undefined, typed: readonly Stroke[]): void => {
    if (letter && !strokes.has(letter)) strokes.set(letter, typed)
  }
  add(' ', [space])
  add('\n', [stroke('Enter', keysyms.Return)])
  add('\t', [stroke('Tab', keysyms.Tab)])
  for (const [code, plain, shifted, altGr] of keys) {
    add(plain, [stroke(code, keysymOf(plain))])
    add(shifted, [stroke(code, keysymOf(shifted), true)])
    add(altGr, [stroke(code, keysymOf(altGr ?? ''), false, true)])
  }
  for (const { stroke: dead, letters, alone } of deadKeys) {
    add(alone.sign, [dead, alone.then === 'space' ? space : dead])
    for (const [letter, base] of Object.entries(letters)) add(letter, [dead, ...(strokes.get(base) ?? [])])
  }
  return strokes
}

/** The letters from A to Z, which both layouts have in the same places. */
export const letterKeys: readonly Key[] = [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => [`Key${letter.toUpperCase()}`, letter, letter.toUpperCase()])
