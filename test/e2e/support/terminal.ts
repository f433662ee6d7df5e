import type { Locator, Page } from '@playwright/test'
import { expect } from './expect.ts'

/** The serial port on its page. */
export const terminalOf = (page: Page): Locator => page.getByTestId('serial')

/** What the terminal shows, line by line. */
export async function terminalText(page: Page): Promise<string> {
  return (await terminalOf(page).locator('.xterm-accessibility').innerText()).replaceAll('\u00a0', ' ')
}

/** Chooses the serial port and waits until it is open. */
export async function openSerial(page: Page, limit = 20_000): Promise<void> {
  await page.getByText('Serial', { exact: true }).click()
  await expectOpen(page, limit)
}

export async function expectOpen(page: Page, limit = 20_000): Promise<void> {
  await expect(terminalOf(page)).toHaveAttribute('data-phase', 'connected', { timeout: limit })
}

/** Presses Enter until the guest's shell answers with its prompt on the last line. */
export async function expectPrompt(page: Page, limit = 90_000): Promise<void> {
  await terminalOf(page).click()
  await expect
    .poll(
      async () => {
        await page.keyboard.press('Enter')
        return (await terminalText(page)).trimEnd()
      },
      { timeout: limit, intervals: [500, 1000] },
    )
    .toMatch(/vivero#$/)
}

/** Types a line into the terminal. */
export async function typeSerial(page: Page, line: string): Promise<void> {
  await page.keyboard.type(line)
  await page.keyboard.press('Enter')
}

/** The terminal shows this text as a whole line. */
export async function expectTerminalLine(page: Page, line: string, limit = 20_000): Promise<void> {
  await expect.poll(async () => (await terminalText(page)).split('\n').map((one) => one.trimEnd()), { timeout: limit }).toContain(line)
}
