/** Preferences hold at once, are kept in a file, and a broken file is no end; Spanish is complete. */
import { existsSync, readFileSync } from 'node:fs'
import { test, type Locator, type Page } from '@playwright/test'
import { asUser, defineGuest, startApp, type RunningApp } from '../harness/index.ts'
import { writeFor } from './support/documents.ts'
import { expect } from './support/expect.ts'
import { downloadGuest, expectState, forgetMachine } from './support/machines.ts'
import { asWritten } from './support/other-language.ts'
import { freshSession } from './support/session.ts'
import { strayWords } from './support/stray-words.ts'

const alumna = asUser('alumna')
const file = `${alumna.home}/.config/vivero/settings.json`
let app: RunningApp | null = null

// it is about the languages themselves
test.beforeAll(asWritten)
test.beforeEach(() => freshSession(alumna))
test.afterEach(async () => {
  await app?.stop()
  app = null
})

/** Starts the app again with the settings that are there. */
async function restart(page: Page, env: Readonly<Record<string, string>> = {}): Promise<void> {
  await app?.stop()
  app = await startApp({ user: alumna, env })
  await page.goto('about:blank')
  await page.goto(app.url)
}

const choose = (page: Page, group: string, word: string): Promise<void> =>
  page.getByRole('radiogroup', { name: group }).getByText(word, { exact: true }).click()
const chosen = (page: Page, group: string, word: string): Locator =>
  page.getByRole('radiogroup', { name: group }).getByRole('radio', { name: word, exact: true })

test('an address that asks for a dialog leads to its page, also where that is drawn before the browser tells of the address', async ({ page }) => {
  await page.addInitScript(() => addEventListener('hashchange', (event) => sessionStorage.getItem('held') && event.stopImmediatePropagation(), true))
  await restart(page)
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
  await page.evaluate(() => {
    sessionStorage.setItem('held', 'yes')
    location.hash = '/machines?dialog=about'
  })
  await choose(page, 'Theme', 'Dark') // draws everything anew
  await expect(page.getByRole('heading', { name: 'All machines', level: 1 })).toBeVisible()
  await page.evaluate(() => {
    sessionStorage.removeItem('held')
    dispatchEvent(new HashChangeEvent('hashchange'))
  })
  await expect(page.getByRole('dialog', { name: 'About Vivero' })).toBeVisible()
  expect(new URL(page.url()).hash).toBe('#/machines')
})

test('language, theme, confirmations and acceleration hold at once and after a restart', async ({ page }) => {
  const image = await downloadGuest(alumna)
  await defineGuest(alumna, { name: 'asked', memory: 32, network: null })
  await restart(page)
  await page.getByRole('link', { name: 'Settings' }).click()
  await choose(page, 'Language', 'Español')
  await expect(page.getByRole('heading', { name: 'Preferencias', level: 1 })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'es')
  await choose(page, 'Tema', 'Oscuro')
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await choose(page, 'Aceleración de las máquinas nuevas', 'Software')
  await page.getByRole('switch', { name: 'Apagar una máquina' }).click()
  await page.getByRole('switch', { name: 'Forzar el apagado de una máquina' }).click()
  await expect(page.getByRole('switch', { name: 'Apagar una máquina' })).toBeChecked()
  await expect.poll(() => JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    language: 'es',
    theme: 'dark',
    acceleration: 'tcg',
    confirm: { shutdown: true, forceOff: false, forceReset: true },
  })

  await restart(page)
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await page.getByRole('link', { name: 'Preferencias' }).click()
  await expect(chosen(page, 'Idioma', 'Español')).toBeChecked()
  await expect(chosen(page, 'Tema', 'Oscuro')).toBeChecked()
  await expect(chosen(page, 'Aceleración de las máquinas nuevas', 'Software')).toBeChecked()
  await expect(page.getByRole('switch', { name: 'Forzar el apagado de una máquina' })).not.toBeChecked()

  // They do what they say: a shut down asks now, force off does not, and a new machine is proposed in software.
  await page.getByRole('region', { name: 'Sesión de usuario' }).getByRole('link', { name: /^Máquinas/ }).click()
  await page.getByRole('button', { name: 'Ejecutar: asked' }).click()
  await expectState(alumna, 'asked', 'running')
  await page.getByRole('button', { name: 'Apagar: asked' }).click()
  const question = page.getByRole('dialog', { name: /asked/ })
  await expect(question).toBeVisible()
  await question.getByRole('button', { name: 'Cancelar' }).click()
  await page.getByRole('button', { name: 'Más para asked' }).click()
  await page.getByRole('menuitem', { name: 'Forzar apagado', exact: true }).click()
  await expectState(alumna, 'asked', 'shut off')
  await page.getByRole('button', { name: 'Nueva máquina' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: image.split('/').at(-1) ?? '' }).click()
  await expect(page.getByRole('dialog').getByRole('combobox', { name: 'Aceleración' })).toHaveValue(/^Por software/)
  await forgetMachine(alumna, 'asked')
})

test('the language is that of the system until another is chosen', async ({ page }) => {
  await restart(page, { LC_ALL: 'es_ES.UTF-8' })
  await expect(page.getByRole('heading', { name: 'Aún no hay máquinas' })).toBeVisible()
  await restart(page, { LC_ALL: 'en_GB.UTF-8' })
  await expect(page.getByRole('heading', { name: 'No machines yet' })).toBeVisible()
})

test('a broken settings file is set aside with a message, and the app works', async ({ page }) => {
  writeFor(alumna, '.config/vivero/settings.json', '{ "language": "es", broken')
  await restart(page)
  await expect(page.getByRole('heading', { name: 'No machines yet' })).toBeVisible()
  const message = page.getByText(/It was kept as .*settings\.broken-.*\.json, and the settings start anew\./)
  await expect(message).toBeVisible()
  const aside = /\/\S+\.json/.exec(await message.innerText())?.[0] ?? ''
  expect(readFileSync(aside, 'utf8')).toBe('{ "language": "es", broken')
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(page.getByRole('main').getByText('The settings file could not be read')).toBeVisible()
  await choose(page, 'Theme', 'Dark')
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8')).toContain('"theme": "dark"')
  await restart(page)
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await expect(page.getByText('The settings file could not be read')).toHaveCount(0)
})

test('Spanish is complete: no page and no dialog says a word of English', async ({ page }) => {
  await downloadGuest(alumna)
  await defineGuest(alumna, { name: 'uno', memory: 32 })
  await defineGuest(alumna, { name: 'dos', memory: 32, network: null })
  await alumna.virsh(['start', '--domain=uno'])
  writeFor(alumna, '.config/vivero/settings.json', JSON.stringify({ language: 'es' }))
  await restart(page)
  const stray: Record<string, string[]> = {}
  const look = async (place: string): Promise<void> => {
    const words = await strayWords(page)
    if (words.length > 0) stray[place] = words
  }
  const session = page.getByRole('region', { name: 'Sesión de usuario' })
  await page.getByRole('button', { name: 'Apagar: uno' }).waitFor()
  await look('machines, with the notice of leaving')
  await page.getByRole('button', { name: 'Más para uno' }).click()
  await page.getByRole('menuitem', { name: 'Abrir', exact: true }).waitFor()
  await look('menu of a machine')
  await page.keyboard.press('Escape')
  await page.getByText('Tabla', { exact: true }).click()
  await look('table')
  await page.getByRole('link', { name: 'dos', exact: true }).click()
  await page.getByRole('button', { name: 'Ejecutar: dos' }).waitFor()
  await look('console of a machine that is off')
  await page.getByText('Detalles', { exact: true }).click()
  await page.getByRole('heading', { name: 'Resumen' }).waitFor()
  await look('details')
  await session.getByRole('link', { name: /^Redes/ }).click()
  await page.getByRole('heading', { name: 'Redes', level: 1 }).waitFor()
  await look('networks')
  await session.getByRole('link', { name: /^Almacenamiento/ }).click()
  await page.getByRole('heading', { name: 'Almacenamiento', level: 1 }).waitFor()
  await look('storage')
  await page.getByRole('link', { name: 'Preferencias' }).click()
  await look('settings')
  await page.getByRole('button', { name: 'Añadir conexión…' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'URI' }).fill('qemu:///sesion')
  await page.getByRole('dialog').getByRole('button', { name: 'qemu:///session' }).last().waitFor()
  await look('new connection')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Nueva máquina' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'cirros-0.3.5.qcow2' }).waitFor()
  await look('sources')
  await page.getByRole('dialog').getByRole('button', { name: 'cirros-0.3.5.qcow2' }).click()
  await page.getByRole('heading', { name: 'Revisar y crear' }).waitFor()
  await look('review')
  await page.keyboard.press('Escape')
  await page.keyboard.press('F1')
  await page.getByRole('dialog', { name: 'Atajos de teclado' }).waitFor()
  await look('shortcuts')
  expect(stray).toEqual({})
  await forgetMachine(alumna, 'uno')
  await forgetMachine(alumna, 'dos')
})
