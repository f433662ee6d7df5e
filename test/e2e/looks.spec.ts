import { AxeBuilder } from '@axe-core/playwright'
import { test, type Page } from '@playwright/test'
import { furnish } from '../../scripts/lab/furnish.ts'
import { choose, openApps, type Apps } from '../../scripts/shots/apps.ts'
import { drawn, isSeldom, leave, sights, visit, type Sight } from '../../scripts/shots/visit.ts'
import { asUser } from '../harness/index.ts'
import { expect } from './support/expect.ts'
import { asWritten } from './support/other-language.ts'
import { freshSession, freshSystem } from './support/session.ts'

// A trace of every page costs more than the pages.
test.use({ trace: 'off' })

type Theme = 'light' | 'dark'
let apps: Apps | null = null

test.afterAll(async () => {
  await apps?.close()
  await freshSession(asUser('alumna'))
  await freshSystem()
})

/** What axe finds that is serious. Over a page that was looked at by itself, only the dialog is looked at. */
async function serious(page: Page, sight: Sight, theme: Theme): Promise<string[]> {
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

/** States in which a dialog has opened or turned a page and nothing was typed yet: they are asked for their focus as dialogs are. */
const opened: ReadonlySet<string> = new Set([
  'new-machine-review',
  'file-browser',
  'confirm-force-off',
  'creating',
  'creation-failed',
  'closing-working',
])

/** What is wrong with the place of the focus: it belongs on the first text field, else on what is read or harms nothing. */
async function wrongFocus(page: Page, sight: Sight): Promise<string[]> {
  if (sight.kind !== 'dialog' && !opened.has(sight.id)) return []
  const wrong = await page.evaluate(() => {
    // Which dialog lies over another one is not told by their order in the document.
    const dialogs = [...document.querySelectorAll('[role=dialog]')]
    const root = dialogs.find((one) => {
      const { left, top, width } = one.getBoundingClientRect()
      return document.elementFromPoint(left + width / 2, top + 8)?.closest('[role=dialog]') === one
    })
    const has = document.activeElement
    if (!root || !has || !root.contains(has)) return `is outside, on ${has?.outerHTML.slice(0, 120) ?? 'nothing'}`
    if (has.matches('[role=listbox]')) return null
    const fields = root.querySelectorAll<HTMLInputElement>('input:not([type]), input[type=text], input[type=search], textarea')
    const first = [...fields].find((field) => !field.readOnly && !field.disabled && field.checkVisibility())
    if (first) return has === first ? null : 'is not on the first field'
    if (has === root) return 'is on nothing in it'
    if (has.matches('.mantine-Modal-close, .mantine-CloseButton-root')) return 'is on the cross'
    return has.matches('button[data-danger], button[style*="red"]') ? 'is on what does harm' : null
  })
  return wrong === null ? [] : [`${sight.kind} ${sight.id}: the focus ${wrong}`]
}

/** The page in the other colours, as the library shows them, without a word to the host. */
const paint = (page: Page, theme: Theme): Promise<void> =>
  page.evaluate((scheme) => document.documentElement.setAttribute('data-mantine-color-scheme', scheme), theme)

/** What axe finds and finds again when all has been drawn: colours are not changed everywhere at one moment. */
async function lastingly(page: Page, sight: Sight, theme: Theme): Promise<string[]> {
  const first = await serious(page, sight, theme)
  if (first.length === 0) return first
  await drawn(page)
  return serious(page, sight, theme)
}

/** What is wrong with a page, dialog or state, light and dark. */
async function faults(sight: Sight): Promise<string[]> {
  if (!apps) throw new Error('no apps are open')
  const shown = apps.of(sight)
  const { page } = shown
  await visit(shown, sight)
  const found = await wrongFocus(page, sight)
  for (const theme of ['light', 'dark'] as const) {
    await paint(page, theme)
    found.push(...(await lastingly(page, sight, theme)))
  }
  await paint(page, 'light')
  await leave(shown, sight)
  return found
}

// every page is looked at in both languages anyway
test.beforeAll(asWritten)
test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000)
  await freshSession(asUser('alumna'))
  await freshSession(asUser('extrana'))
  await freshSystem()
  await furnish()
  apps = await openApps(browser, 1280)
  await choose(apps, 'es', 'light')
})

const all = process.env['VIVERO_LOOKS'] === 'all'
const looked = sights.filter((one) => all || !isSeldom(one))

/** Portions, so that what fails is tried again without the rest. */
const portions = Array.from({ length: Math.ceil(looked.length / 15) }, (_, index) => looked.slice(index * 15, (index + 1) * 15))

for (const portion of portions) {
  const [from, to] = [portion.at(0)?.id, portion.at(-1)?.id]
  test(`axe finds nothing serious from ${from} to ${to}, light or dark; dialogs open with a sensible focus`, async () => {
    test.setTimeout(portion.length * 60_000)
    const found: string[] = []
    for (const sight of portion) found.push(...(await faults(sight)))
    expect(found).toEqual([])
  })
}
