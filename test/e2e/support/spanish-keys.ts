import type { Page } from '@playwright/test'

/** A key of a Spanish keyboard as its browser tells it: its place, and what it gives there ("Dead" for an accent). */
export interface SpanishKey {
  readonly code: string
  readonly key: string
  readonly altGr?: boolean
}

/** Ctrl and Alt together, by which a browser knows AltGr; Playwright's own keyboard is a US one without it. */
const altGrModifiers = 2 | 1
const altGr = { code: 'AltRight', key: 'AltGraph', location: 2, windowsVirtualKeyCode: 225 } as const

/** Presses keys one after the other as events of the browser, not of the page. `pause`: ms between keys. */
export async function pressSpanish(page: Page, keys: readonly SpanishKey[], pause = 80): Promise<void> {
  const session = await page.context().newCDPSession(page)
  for (const { code, key, altGr: withAltGr = false } of keys) {
    if (withAltGr) await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...altGr, modifiers: altGrModifiers })
    const modifiers = withAltGr ? altGrModifiers : 0
    await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', code, key, modifiers })
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', code, key, modifiers })
    if (withAltGr) await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...altGr })
    await page.waitForTimeout(pause)
  }
  await session.detach()
}
