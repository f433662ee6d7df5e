/** Playwright's `expect`, which names the page's texts in the language that the run wants. */
import { expect as own, type Locator, type Page } from '@playwright/test'
import { otherLanguage, wanted, wantedPattern } from './other-language.ts'

/** The expectations that name a text of the page, and whether it is a part of the whole text. */
const named = { toHaveText: false, toContainText: true, toHaveAccessibleName: false, toHaveAccessibleDescription: false, toHaveAccessibleErrorMessage: false, toHaveTitle: false, toHaveValue: false } as const

interface Outcome {
  readonly pass: boolean
  readonly message: () => string
}

function translated(expected: unknown, part: boolean): unknown {
  if (typeof expected === 'string') return wanted(expected, part)
  if (expected instanceof RegExp) return wantedPattern(expected)
  return Array.isArray(expected) ? expected.map((one) => translated(one, part)) : expected
}

function inOtherLanguage(): typeof own {
  const matchers = Object.entries(named).map(([name, part]) => [
    name,
    async function asked(this: { readonly isNot: boolean }, received: Locator | Page, expected: unknown, options?: unknown): Promise<Outcome> {
      const expectation: object = this.isNot ? own(received).not : own(received)
      const matcher: unknown = Reflect.get(expectation, name)
      if (typeof matcher !== 'function') throw new Error(`no expectation ${name}`)
      try {
        await Reflect.apply(matcher, expectation, [translated(expected, part), options])
        return { pass: !this.isNot, message: () => '' }
      } catch (error) {
        return { pass: this.isNot, message: () => String(error) }
      }
    },
  ])
  return own.extend(Object.fromEntries(matchers))
}

/** A text of the page among other values, which Playwright compares by itself: what was copied, a row of cells. */
export function said(text: string): unknown {
  const found = wanted(text, false)
  return typeof found === 'string' ? found : own.stringMatching(found)
}

export const expect: typeof own = otherLanguage ? inOtherLanguage() : own
