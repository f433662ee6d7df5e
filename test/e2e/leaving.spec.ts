/** Reloading, a second page, closing: what goes on, what is asked, and what ends. */
import { readFileSync } from 'node:fs'
import { test, type Dialog, type Page } from '@playwright/test'
import { asUser, defineGuest, expectUnchanged, inventory, startApp, until, type RunningApp } from '../harness/index.ts'
import { fromMore } from './support/actions.ts'
import { expect } from './support/expect.ts'
import { expectState, forgetMachine } from './support/machines.ts'
import { spoken, understand } from './support/other-language.ts'
import { freshSession } from './support/session.ts'

const alumna = asUser('alumna')
const name = 'staying'
let app: RunningApp

test.beforeEach(async ({ page }) => {
  understand(page)
  await freshSession(alumna)
  await defineGuest(alumna, { name, memory: 32, network: null })
})
test.afterEach(() => forgetMachine(alumna, name))

async function start(settings: Readonly<Record<string, unknown>> = {}, idleSeconds = 1): Promise<void> {
  app = await startApp({
    user: alumna,
    settings: { language: spoken('en'), acceleration: 'tcg', closingNoticeShown: true, ...settings },
    args: ['--idle-seconds', String(idleSeconds)],
  })
}

/** The host has ended by itself, well. */
async function expectEnd(limit = 20_000): Promise<void> {
  expect(await until('the end of the host', limit, () => app.process.exitCode ?? undefined)).toBe(0)
}

const machine = (page: Page) => page.getByRole('link', { name, exact: true })

/** A machine whose QEMU is stopped answers nothing: saving it takes until it goes on. */
async function signalQemu(signal: 'STOP' | 'CONT'): Promise<void> {
  expect((await alumna.exec(['pkill', `-${signal}`, '-u', alumna.name, '-f', `guest=${name},`])).code).toBe(0)
}

test('a reload goes on where it was', async ({ page }) => {
  await start({}, 60)
  await page.goto(app.url)
  await machine(page).click()
  await page.getByText('Details', { exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
  expect(page.url()).not.toContain(app.token)
  const address = page.url()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
  expect(page.url()).toBe(address)
  await page.goBack()
  await expect(page.getByRole('heading', { name: 'Machines · User session' })).toBeVisible()
  await app.stop()
})

test('a part of the page that did not arrive is loaded again', async ({ page }) => {
  await start({}, 60)
  let lost = 0
  await page.route('**/assets/*.js', (route) => (lost++ === 3 ? route.abort('failed') : route.continue()))
  await page.goto(app.url)
  await expect(machine(page)).toBeVisible({ timeout: 60_000 })
  expect(lost, 'all parts, asked for once more').toBeGreaterThan(10)
  await app.stop()
})

test('a second page shows the same, and both go on when one of them closes', async ({ page, context }) => {
  await start()
  await page.goto(app.url)
  const second = await context.newPage()
  await second.goto(app.url)
  await second.getByRole('button', { name: `Start: ${name}` }).click()
  await expect(page.getByRole('button', { name: `Shut down: ${name}` })).toBeVisible()
  await second.close()
  await fromMore(page, name, 'Pause')
  await expectState(alumna, name, 'paused')
  await page.close()
  await expectEnd()
  await expectState(alumna, name, 'paused')
})

test('closing leaves machines running, and that is said once', async ({ page, context }) => {
  await start({ closingNoticeShown: false })
  await page.goto(app.url)
  const notice = 'Machines go on running when Vivero is closed'
  await expect(machine(page)).toBeVisible()
  await expect(page.getByText(notice)).toHaveCount(0)
  await page.getByRole('button', { name: `Start: ${name}` }).click()
  await expect(page.getByText(notice)).toBeVisible()
  await page.getByRole('button', { name: 'Got it' }).click()
  await expect(page.getByText(notice)).toHaveCount(0)
  await expect.poll(() => readFileSync(`${alumna.home}/.config/vivero/settings.json`, 'utf8')).toContain('"closingNoticeShown": true')
  await page.close({ runBeforeUnload: true })
  await expectEnd()
  await expectState(alumna, name, 'running')

  app = await startApp({ user: alumna, args: ['--idle-seconds', '1'] })
  const again = await context.newPage()
  await again.goto(app.url)
  await expect(again.getByRole('button', { name: `Shut down: ${name}` })).toBeVisible()
  await expect(again.getByText(notice)).toHaveCount(0)
  await again.close()
  await expectEnd()
  await expectState(alumna, name, 'running')
})

test('while work runs a page asks before it closes, and the host ends only after the work', async ({ page }) => {
  await alumna.virsh(['start', `--domain=${name}`])
  await start({}, 0)
  await page.goto(app.url)
  await expect(page.getByRole('button', { name: `Shut down: ${name}` })).toBeVisible()
  await signalQemu('STOP')
  await fromMore(page, name, 'Save state')
  await expect(page.getByRole('button', { name: /^1 job/ })).toBeVisible()
  const asked: string[] = []
  const answer = (accept: boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      page.once('dialog', (dialog: Dialog) => {
        asked.push(dialog.type())
        ;(accept ? dialog.accept() : dialog.dismiss()).then(resolve, reject)
      })
    })
  const stays = answer(false)
  await page.close({ runBeforeUnload: true })
  await stays
  await expect(page.getByRole('button', { name: /^1 job/ })).toBeVisible()
  const goes = answer(true)
  await page.close({ runBeforeUnload: true })
  await goes
  expect(asked).toEqual(['beforeunload', 'beforeunload'])
  await until('the page to be closed', 5_000, () => (page.isClosed() ? true : undefined))
  // The host would end now, and stop the work, did it not wait for it.
  expect(app.process.exitCode).toBeNull()
  await signalQemu('CONT')
  await expectEnd(60_000)
  await expectState(alumna, name, 'shut off')
  expect(await alumna.virsh(['dominfo', `--domain=${name}`])).toMatch(/Managed save: +yes/)
})

for (const way of ['a while after the last page has closed', 'by Ctrl+C'] as const) {
  test(`the host ends ${way}, and leaves no process and no file behind`, async ({ page }) => {
    await alumna.virsh(['start', `--domain=${name}`])
    // Its own folders stay: settings, the log, and the empty one of what is passed to virsh.
    const ignore = [/\/home\/alumna\/\.config(\/vivero| \(folder\))/, /\/home\/alumna\/\.local(\/state| \(folder\))/, /\/run\/user\/1000\/vivero \(folder\)$/]
    const before = await inventory(alumna, { ignore })
    await start()
    await page.goto(app.url)
    await machine(page).click()
    await page.getByTestId('display').locator('canvas').waitFor()
    await page.getByText('Serial', { exact: true }).click()
    await page.getByTestId('serial').click()
    // While the page is open there is something that could be left: the serial port's script, the event streams' virsh.
    const running = async (program: string): Promise<boolean> => (await alumna.exec(['pgrep', '-u', alumna.name, '-x', program])).code === 0
    await until('script and virsh', 20_000, async () => ((await running('script')) && (await running('virsh')) ? true : undefined))
    if (way === 'by Ctrl+C') await app.stop()
    else await page.close()
    await expectEnd()
    await expectUnchanged(before, alumna, { ignore })
    await expectState(alumna, name, 'running')
  })
}
