import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { furnish } from '../../scripts/lab/furnish.ts'
import { choose, openApps, type Apps } from '../../scripts/shots/apps.ts'
import { leave, sights, visit, type Sight } from '../../scripts/shots/visit.ts'
import { asUser } from '../harness/index.ts'
import { freshSession } from './support/session.ts'

// A trace of every page costs more than the pages; a lab is furnished once.
test.use({ trace: 'off' })
test.describe.configure({ retries: 0 })

let apps: Apps | null = null

test.afterAll(() => apps?.close())

/** What axe finds that is serious. Over a page that was looked at by itself, only the dialog is looked at. */
async function serious(page: Page, sight: Sight, theme: 'light' | 'dark'): Promise<string[]> {
  const builder = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  const dialog = (await page.locator('[role=dialog]:visible').count()) > 0
  if (dialog) builder.include('[role=dialog]')
  // A dark page differs from a light one in its colours alone.
  if (theme === 'dark') builder.withRules(['color-contrast'])
  const { violations } = await builder.analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${theme} ${sight.kind} ${sight.id}: ${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
    )
}

/** The page in the other colours, as the library shows them, without a word to the host. */
const paint = (page: Page, theme: 'light' | 'dark'): Promise<void> =>
  page.evaluate((scheme) => document.documentElement.setAttribute('data-mantine-color-scheme', scheme), theme)

test('axe finds nothing serious on any page, dialog or state, light or dark', async ({ browser }) => {
  test.setTimeout(240_000)
  await freshSession(asUser('alumna'))
  await freshSession(asUser('extrana'))
  await furnish()
  apps = await openApps(browser, 1280)
  await choose(apps, 'es', 'light')
  const found: string[] = []
  for (const sight of sights) {
    const { page, origin, subject } = apps.of(sight)
    await visit(page, origin, sight, subject)
    for (const theme of ['light', 'dark'] as const) {
      await paint(page, theme)
      found.push(...(await serious(page, sight, theme)))
    }
    await paint(page, 'light')
    await leave(page, sight)
  }
  expect(found).toEqual([])
})
