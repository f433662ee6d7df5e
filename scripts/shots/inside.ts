/** The part of `npm run shots` that runs in the lab: FOLDER [--only ID,…] [--looks LANGUAGE-THEME-WIDTH,…] [--to FOLDER] [--readme]. */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Browser } from 'playwright'
import { browserProgram } from '../../test/harness/index.ts'
import { furnish } from '../lab/furnish.ts'
import { choose, openApps, type Apps } from './apps.ts'
import { drawn, leave, sights, visit, type Sight } from './visit.ts'

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
  'network-nat': 'network.png',
  'new-network': 'new-network.png',
}

const looks: readonly Look[] = (['en', 'es'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((theme) => ([860, 1280] as const).map((width) => ({ language, theme, width }))),
)
const nameOf = ({ language, theme, width }: Look): string => `${language}-${theme}-${String(width)}`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, looks: { type: 'string' }, to: { type: 'string' }, readme: { type: 'boolean', default: false } },
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
  const apps = await openApps(browser, width)
  const failed: string[] = []
  for (const language of ['en', 'es'] as const) {
    const same = wantedLooks.filter((look) => look.width === width && look.language === language)
    if (same.length === 0) continue
    for (const sight of wantedSights) failed.push(...(await takeOne(apps, sight, same)))
    process.stdout.write(`${same.map(nameOf).join(', ')}: taken\n`)
  }
  await apps.close()
  return failed
}

/** One sight in looks of the same language and width: it is made ready once, and its colours are changed. */
async function takeOne(apps: Apps, sight: Sight, looksOfIt: readonly Look[]): Promise<string[]> {
  const shown = apps.of(sight)
  const [first] = looksOfIt
  if (!first) return []
  try {
    await choose(apps, first.language, first.theme)
    await visit(shown, sight)
    for (const look of looksOfIt) {
      await choose(apps, look.language, look.theme)
      await drawn(shown.page)
      await shown.page.screenshot({ path: join(folder, fileOf(sight, look)) })
    }
    return []
  } catch (error) {
    return [`${sight.kind} ${sight.id} ${nameOf(first)}: ${error instanceof Error ? error.message : String(error)}`]
  } finally {
    await leave(shown, sight)
  }
}

await furnish()
const browser = await chromium.launch({ executablePath: browserProgram(), ignoreDefaultArgs: ['--hide-scrollbars'], args: ['--no-sandbox', '--disable-dev-shm-usage'] })
const failed: string[] = []
for (const width of new Set(wantedLooks.map((look) => look.width))) failed.push(...(await takeAt(browser, width)))
await browser.close()
for (const line of failed) process.stderr.write(`no picture: ${line}\n`)
process.exitCode = failed.length === 0 ? 0 : 1
