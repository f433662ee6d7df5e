/** The part of `npm run shots` that runs in the lab: FOLDER [--only ID,…] [--looks LANGUAGE-THEME-WIDTH,…] [--readme]. */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Browser } from 'playwright'
import { browserProgram } from '../../test/harness/index.ts'
import { furnish } from '../lab/furnish.ts'
import { choose, openApps } from './apps.ts'
import { leave, sights, visit, type Sight } from './visit.ts'

interface Look {
  readonly language: 'en' | 'es'
  readonly theme: 'light' | 'dark'
  readonly width: 860 | 1280
}

/** Pictures of the README: page or state -> file. */
const readmePictures: Readonly<Record<string, string>> = {
  machines: 'machines.png',
  'new-machine-review': 'new-machine.png',
  'machine-console': 'console.png',
}

const looks: readonly Look[] = (['en', 'es'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((theme) => ([860, 1280] as const).map((width) => ({ language, theme, width }))),
)
const nameOf = ({ language, theme, width }: Look): string => `${language}-${theme}-${String(width)}`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, looks: { type: 'string' }, readme: { type: 'boolean', default: false } },
})
const folder = positionals[0] ?? '.'

function chosen<T>(what: string, all: readonly T[], name: (one: T) => string, wish: string | undefined): readonly T[] {
  if (wish === undefined) return all
  const names = wish.split(',')
  const unknown = names.filter((one) => !all.some((known) => name(known) === one))
  if (unknown.length > 0) throw new Error(`no ${what} ${unknown.join(', ')}; there are ${all.map(name).join(', ')}`)
  return all.filter((one) => names.includes(name(one)))
}

const only = values.readme ? Object.keys(readmePictures).join(',') : values.only
const wantedSights = chosen('page, dialog or state', sights, ({ id }) => id, only)
const wantedLooks = chosen('look', looks, nameOf, values.readme ? 'en-light-1280' : values.looks)

const fileOf = (sight: Sight, look: Look): string =>
  values.readme ? (readmePictures[sight.id] ?? `${sight.id}.png`) : `${sight.kind}-${sight.id}-${nameOf(look)}.png`

/** All pictures of one width, in one pair of apps. */
async function takeAt(browser: Browser, width: Look['width']): Promise<string[]> {
  const failed: string[] = []
  const apps = await openApps(browser, width)
  for (const look of wantedLooks.filter((one) => one.width === width)) {
    await choose(apps, look.language, look.theme)
    let taken = 0
    for (const sight of wantedSights) {
      const shown = apps.of(sight)
    const { page } = shown
      try {
        await visit(shown, sight)
        await page.screenshot({ path: join(folder, fileOf(sight, look)) })
        taken += 1
      } catch (error) {
        failed.push(`${sight.kind} ${sight.id} ${nameOf(look)}: ${error instanceof Error ? error.message : String(error)}`)
      }
      await leave(shown, sight)
    }
    process.stdout.write(`${nameOf(look)}: ${String(taken)} pictures\n`)
  }
  await apps.close()
  return failed
}

await furnish()
const browser = await chromium.launch({ executablePath: browserProgram(), ignoreDefaultArgs: ['--hide-scrollbars'], args: ['--no-sandbox', '--disable-dev-shm-usage'] })
const failed: string[] = []
for (const width of new Set(wantedLooks.map((look) => look.width))) failed.push(...(await takeAt(browser, width)))
await browser.close()
for (const line of failed) process.stderr.write(`no picture: ${line}\n`)
process.exitCode = failed.length === 0 ? 0 : 1
