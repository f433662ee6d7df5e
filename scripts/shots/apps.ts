import type { Browser } from 'playwright'
import { asUser, startApp } from '../../test/harness/index.ts'
import { hostClient } from './host-client.ts'
import type { Shown } from './shown.ts'
import { findFreshSubject, findSubject, isFresh, makeHistory, type Sight } from './visit.ts'

export interface Apps {
  /** The app in which a sight can be seen. */
  of(sight: Sight): Shown
  readonly all: readonly Shown[]
  close(): Promise<void>
}

type Owner = 'alumna' | 'extrana'
/** A connection that the person added: it can be removed, and extrana's fails. */
const added = { alumna: 'test:///default', extrana: 'qemu+unix:///system?socket=/nowhere/libvirt-sock' } as const
const settings = { language: 'en', theme: 'light', acceleration: 'tcg' }

/**
 * Two apps in a lab that `furnish()` has filled: alumna's with machines, and that of extrana, who has nothing and may not
 * use the system's libvirt. `width` of both pages, in pixels.
 */
export async function openApps(browser: Browser, width: number): Promise<Apps> {
  const open = async (name: Owner): Promise<Shown & { stop(): Promise<void> }> => {
    const full = { ...settings, closingNoticeShown: true }
    const app = await startApp({ user: asUser(name), connections: [added[name]], settings: full })
    const host = await hostClient(app.url)
    const subject = await (name === 'alumna' ? findSubject(host) : findFreshSubject(host))
    if (name === 'alumna') await makeHistory(host, subject)
    const page = await browser.newPage({ reducedMotion: 'reduce', viewport: { width, height: 800 } })
    await page.goto(app.url)
    return { url: app.url, origin: new URL(app.url).origin, page, host, subject, stop: () => app.stop() }
  }
  const furnished = await open('alumna')
  const fresh = await open('extrana')
  const all = [furnished, fresh]
  return {
    of: (sight) => (isFresh(sight) ? fresh : furnished),
    all,
    close: async () => {
      for (const one of all) {
        await one.page.close()
        one.host.close()
        await one.stop()
      }
    },
  }
}

/** Chooses language and theme in every app, and waits until they are shown. */
export async function choose(apps: Apps, language: 'en' | 'es', theme: 'light' | 'dark'): Promise<void> {
  for (const { host, page } of apps.all) {
    await host.call('settings.update', { language, theme })
    await page.locator(`html[lang=${language}][data-mantine-color-scheme=${theme}]`).waitFor({ timeout: 10_000 })
  }
}
