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
}

interface Fixtures {
  readonly app: RunningApp
  /** The app's page, opened at its address. */
  readonly vivero: Page
}

interface WorkerFixtures {
  readonly alumna: User
}

/** Playwright's `test` with a fresh session of alumna's a file, and the app started anew for each test. */
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
  app: async ({ alumna, options }, use) => {
    const app = await startApp({
      user: alumna,
      settings: { language: spoken(options.language), acceleration: 'tcg', closingNoticeShown: true, ...options.settings },
      env: options.hostEnv,
    })
    await use(app)
    await app.stop()
  },
  vivero: async ({ app, page }, use) => {
    understand(page)
    await page.goto(app.url)
    await use(page)
  },
})

export { expect } from './expect.ts'
