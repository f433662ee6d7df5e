import type { Browser, BrowserContext, Page } from '@playwright/test'
import { asUser, startApp, type AppOptions, type RunningApp, type User } from '../../harness/index.ts'
import { spoken, understand } from './other-language.ts'
import { freshSession } from './session.ts'

export interface SharedApp {
  readonly user: User
  readonly app: RunningApp
  readonly context: BrowserContext
  readonly page: Page
  close(): Promise<void>
}

interface Wish extends Partial<Omit<AppOptions, 'user'>> {
  readonly user?: User
  /** False keeps the session as it is, with the machines that a file has prepared in it. */
  readonly fresh?: boolean
  /** That in which the file's tests are written. */
  readonly language?: 'en' | 'es'
}

/** One host and one page for all tests of a file, on a fresh session: for tests that would spend their time on starting. */
export async function openShared(browser: Browser, wish: Wish = {}): Promise<SharedApp> {
  const { user = asUser('alumna'), fresh = true, language = 'en', settings, ...options } = wish
  if (fresh) await freshSession(user)
  const own = typeof settings === 'object' && settings !== null ? settings : {}
  const app = await startApp({
    user,
    settings: { language: spoken(language), acceleration: 'tcg', closingNoticeShown: true, ...own },
    ...options,
  })
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' })
  const page = await context.newPage()
  understand(page)
  await page.goto(app.url)
  return {
    user,
    app,
    context,
    page,
    close: async () => {
      await context.close()
      await app.stop()
    },
  }
}
