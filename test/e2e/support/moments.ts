/** What a page shows for a moment only, and a look now and then may miss. */
import type { Page } from '@playwright/test'
import { expect } from './expect.ts'
import { wantedPattern } from './other-language.ts'

interface Wish {
  /** A selector of CSS. */
  readonly selector: string
  /** What the element says at that moment. */
  readonly text?: RegExp
}

/** From now on the page itself looks at each of its changes. What is answered waits until such an element has been there. */
export async function watchFor(page: Page, { selector, text = /(?:)/ }: Wish): Promise<() => Promise<void>> {
  const seen = await page.evaluateHandle(
    ({ selector: wanted, source }) => {
      const pattern = new RegExp(source)
      const found = { there: false }
      const observer = new MutationObserver(() => {
        if (![...document.querySelectorAll(wanted)].some((one) => pattern.test(one.textContent ?? ''))) return
        found.there = true
        observer.disconnect()
      })
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
      return found
    },
    { selector, source: wantedPattern(text).source },
  )
  return () => expect.poll(() => seen.evaluate(({ there }) => there), { message: `${selector} ${text.source}`, timeout: 60_000 }).toBe(true)
}
