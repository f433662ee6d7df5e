/** A text as strokes of the guest's keyboard. */
import type { Settings } from '../../../../shared/model/settings.ts'
import { spanish } from './es.ts'
import type { Layout, Stroke } from './strokes.ts'
import { us } from './us.ts'

export type LayoutName = Settings['guestKeyboard']

const layouts: Readonly<Record<LayoutName, Layout>> = { es: spanish, us }

/** Longer texts are for a file or the network: these take a few minutes. */
export const MOST_CHARACTERS = 10_000

/** The strokes in their order, and the letters that this keyboard does not have, each once. */
export function strokesOf(text: string, layout: LayoutName): { readonly strokes: readonly Stroke[]; readonly missing: readonly string[] } {
  const strokes: Stroke[] = []
  const missing = new Set<string>()
  // Composed, since a keyboard has "á" and not "a" with an accent after it; each kind of line end is one Enter.
  for (const letter of text.normalize('NFC').replaceAll(/\r\n?/g, '\n')) {
    const found = layouts[layout].get(letter)
    if (found) strokes.push(...found)
    else missing.add(letter)
  }
  return { strokes, missing: [...missing] }
}
