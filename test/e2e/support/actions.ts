import type { Locator, Page } from '@playwright/test'
import { expect } from './expect.ts'

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

/** The entries of a machine's "…" menu that are off, each with the reason that it gives. */
export async function entriesOff(page: Page, title: string): Promise<Record<string, string>> {
  const menu = await openMore(page, title)
  // all at once: an entry that is drawn anew meanwhile has its reason under another id
  const found = await menu.evaluate((element) => {
    const off = [...element.querySelectorAll<HTMLElement>('[role=menuitem][aria-disabled=true]')]
    const reasonOf = (entry: HTMLElement): string => document.getElementById(entry.getAttribute('aria-describedby') ?? '')?.textContent ?? ''
    return Object.fromEntries(off.map((entry) => [entry.innerText.trim(), reasonOf(entry)]))
  })
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()
  return found
}
