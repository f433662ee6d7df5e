import { test as base, type Page } from '@playwright/test'
import { asUser, startApp, type RunningApp, type User } from '../../harness/index.ts'
import { spoken, understand } from './other-language.ts'
import { freshSession } from './session.ts'

interface Options {
  /** That in which the file's tests are written. */
  readonly language: 'en' | 'es'
  /** What else stands in the settings file. */
  readonly settings: Readonly<Record<string, unknown>>
  /** Added to the host's environment. */
  readonly hostEnv: Readonly<Record<string, string>>
  /** The app is started anew for each test. */
  readonly appEach?: boolean
}

interface Fixtures {
  readonly app: RunningApp
  /** The app's page, opened at its address. */
  readonly vivero: Page
}

/** The app that runs, and for whom. */
interface Started {
  current: { readonly app: RunningApp; readonly key: string } | null
}

interface WorkerFixtures {
  readonly alumna: User
  readonly started: Started
}

/** Playwright's `test` for files whose tests share an app on alumna's session, each with a page of its own. */
export const test = base.extend<Fixtures & { options: Options }, WorkerFixtures>({
  options: [{ language: 'en', settings: {}, hostEnv: {} }, { option: true }],
  // Playwright wants to see the destructured first argument even where nothing is taken from it.
  alumna: [
    // eslint wants no empty pattern; Playwright wants one.
    async ({ browserName: _browser }, use) => {
      await use(await freshSession(asUser('alumna')))
    },
    { scope: 'worker' },
  ],
  started: [
    async ({ browserName: _browser }, use) => {
      const started: Started = { current: null }
      await use(started)
      await started.current?.app.stop()
    },
    { scope: 'worker' },
  ],
  app: async ({ alumna, options, started }, use, { file, testId }) => {
    const key = JSON.stringify([file, options, options.appEach === true ? testId : ''])
    const language = spoken(options.language)
    const { current } = started
    if (current && (current.key !== key || hasEnded(current.app))) {
      started.current = null
      await current.app.stop()
    }
    const settings = { language, acceleration: 'tcg', closingNoticeShown: true, ...options.settings }
    started.current ??= { key, app: await startApp({ user: alumna, settings, env: options.hostEnv }) }
    await use(started.current.app)
  },
  vivero: async ({ app, page }, use) => {
    understand(page)
    await page.goto(app.url)
    await use(page)
  },
})

/** A fresh session ends it too. */
const hasEnded = ({ process: { exitCode, signalCode } }: RunningApp): boolean => exitCode !== null || signalCode !== null

export { expect } from './expect.ts'
