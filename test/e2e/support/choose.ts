import type { Locator, Page } from '@playwright/test'
import { expect } from './expect.ts'
import { named } from './other-language.ts'

interface BrowserWords {
  readonly title: string | RegExp
  readonly take: string | RegExp
}

/** In the app's own file browser, open under this title: goes down the folders, marks the last name and takes it. */
export async function browseTo(page: Page, words: BrowserWords, names: readonly string[]): Promise<void> {
  const browser = page.getByRole('dialog', { name: words.title })
  const entry = (name: string): Locator => browser.getByRole('option').filter({ has: page.getByText(named(name)) })
  for (const folder of names.slice(0, -1)) await entry(folder).dblclick()
  await entry(names.at(-1) ?? '').click()
  await browser.getByRole('button', { name: words.take, exact: true }).click()
  await expect(browser).toBeHidden()
}

/** Opens a choice of the review page and takes the option of that text. */
export async function select(page: Page, field: string | RegExp, option: string | RegExp): Promise<void> {
  await page.getByRole('dialog').getByRole('combobox', { name: field, exact: true }).click()
  await page.getByRole('option', { name: option, exact: typeof option === 'string' }).click()
}
