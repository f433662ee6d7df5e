import type { Locator, Page } from '@playwright/test'
import { PNG } from 'pngjs'
import { expect } from './expect.ts'

/** The guest's screen on its page. */
export const canvasOf = (page: Page): Locator => page.getByTestId('display').locator('canvas')

/** Waits until the display is connected and has a size. */
export async function expectDisplay(page: Page, limit = 30_000): Promise<void> {
  await expect(page.getByTestId('display')).toHaveAttribute('data-phase', 'connected', { timeout: limit })
  await expect(page.getByTestId('display-size')).toBeVisible({ timeout: limit })
}

/** How many pixels of a PNG are bright: of a text screen, those of its letters. */
export function litPixels(png: Buffer): number {
  const { data } = PNG.sync.read(png)
  let lit = 0
  for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0) > 3 * 90) lit++
  return lit
}

/** Gives the keyboard to the guest, as a click into its screen does. */
export async function focusDisplay(page: Page): Promise<void> {
  await canvasOf(page).click()
  await expect(canvasOf(page)).toBeFocused()
}

const shifted = /[A-Z~!@#$%^&*()_{}|:"<>?]/

/** Types on the real keyboard into the display, no faster than a person, with Shift held where a US keyboard needs it. */
export async function typeLine(page: Page, line: string): Promise<void> {
  for (const sign of line) {
    const stroke = sign === ' ' ? 'Space' : sign
    await page.keyboard.press(shifted.test(sign) ? `Shift+${stroke}` : stroke, { delay: 30 })
  }
  await page.keyboard.press('Enter')
}
