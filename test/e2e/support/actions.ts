import type { Locator, Page } from '@playwright/test'
import { expect, said } from './expect.ts'

/** Opens the "…" menu of a machine. */
export async function openMore(page: Page, title: string): Promise<Locator> {
  await page.getByRole('button', { name: `More for ${title}`, exact: true }).click()
  const menu = page.getByRole('menu').filter({ has: page.getByRole('menuitem', { name: 'Details' }) })
  await expect(menu).toBeVisible()
  return menu
}

/** Does what an entry of a machine's "…" menu says. */
export async function fromMore(page: Page, title: string, entry: string): Promise<void> {
  await (await openMore(page, title)).getByRole('menuitem', { name: entry, exact: true }).click()
}

/** These entries of a machine's "…" menu are off and no others, each with the reason that it gives. */
export async function expectOff(page: Page, title: string, reasons: Readonly<Record<string, string>>): Promise<void> {
  const menu = await openMore(page, title)
  // all at once: an entry that is drawn anew meanwhile has its reason under another id
  const found = (): Promise<string[][]> =>
    menu.evaluate((element) => {
      const off = [...element.querySelectorAll<HTMLElement>('[role=menuitem][aria-disabled=true]')]
      const reasonOf = (entry: HTMLElement): string => document.getElementById(entry.getAttribute('aria-describedby') ?? '')?.textContent ?? ''
      return off.map((entry) => [entry.innerText.trim(), reasonOf(entry)])
    })
  const wanted = Object.entries(reasons).map((pair) => pair.map(said))
  // what has just ended may still hold an entry
  await expect(async () => {
    const now = await found()
    expect(now).toHaveLength(wanted.length)
    expect(now).toEqual(expect.arrayContaining(wanted))
  }).toPass({ timeout: 30_000 })
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()
}
