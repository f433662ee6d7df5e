import type { Page } from '@playwright/test'

/** Away from the app to another tab, and back. */
export interface Tabs {
  leave(): Promise<void>
  comeBack(): Promise<void>
}

/** A second tab beside the app's. Playwright makes each page believe that it has the focus always; that is turned off. */
export async function besideAnotherTab(page: Page): Promise<Tabs> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: false })
  const other = await page.context().newPage()
  await page.bringToFront()
  return {
    leave: () => other.bringToFront(),
    comeBack: () => page.bringToFront(),
  }
}
