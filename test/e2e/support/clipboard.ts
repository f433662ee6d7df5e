import type { Page } from '@playwright/test'
import { expect } from './expect.ts'

/** What is copied by that: a button says so for two seconds only, and the clipboard may still have what was there before. */
export async function copiedBy(page: Page, copy: () => Promise<void>): Promise<string> {
  const read = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText())
  await page.evaluate(() => navigator.clipboard.writeText(''))
  await copy()
  await expect.poll(read).not.toBe('')
  return read()
}
