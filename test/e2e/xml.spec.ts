/** The XML of a machine, a network and a pool: read always, edited behind a preference, by clicks and keys (S2.15). */
import { test, type Locator } from '@playwright/test'
import { catalogues } from '../../shared/i18n/index.ts'
import type { Language } from '../../shared/model/settings.ts'
import { asUser } from '../harness/index.ts'
import { withDocument } from './support/documents.ts'
import { expect } from './support/expect.ts'
import { freshSession } from './support/session.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'
import { defineTiny } from './support/tiny-machines.ts'

const alumna = asUser('alumna')
let machine = ''
let shared: SharedApp
let words: (typeof catalogues)['en' | 'es']

const button = (name: string): Locator => shared.page.getByRole('button', { name, exact: true })
const editor = (): Locator => shared.page.getByRole('textbox', { name: words.xml.text, exact: true })
const dialog = (): Locator => shared.page.getByRole('dialog')
const side = (label: string): Locator => dialog().getByRole('textbox', { name: label, exact: true })
const stored = (...args: readonly string[]): Promise<string> => alumna.virsh([...args, '--inactive'])

/** Finds the text by the editor's own search, and puts another one in its place. */
async function replace(text: string, by: string): Promise<void> {
  const { page } = shared
  await editor().press('Control+f')
  await page.keyboard.insertText(text)
  // the search follows keys: what was put in at once is looked for after the next one
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(editor()).toBeFocused()
  await page.keyboard.insertText(by)
}

async function open(language: Language, browser: Parameters<typeof openShared>[0]): Promise<void> {
  words = catalogues[language]
  shared = await openShared(browser, { user: alumna, language, fresh: false, settings: { editXml: language === 'es' } })
}

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  await freshSession(alumna)
  machine = await defineTiny(alumna, 'editada')
  await withDocument(alumna, ['net-define'], `<network><name>aula</name><uuid>11111111-2222-4333-8444-555555555555</uuid><domain name='aula'/></network>`)
  await withDocument(alumna, ['pool-define'], `<pool type='dir'><name>isos</name><target><path>${alumna.home}/isos</path></target></pool>`)
})
test.afterEach(async ({}, { title }) => {
  if (/closes/.test(title)) await shared.close()
})

test('S2.15 the XML of a machine is read by everybody, and edited once the settings allow it', async ({ browser }) => {
  await open('en', browser)
  const { page } = shared
  await page.getByRole('link', { name: 'editada' }).first().click()
  await page.getByText(words.machine.tab.details, { exact: true }).click()
  await button(words.machine.xml.button).click()
  await expect(dialog().getByText('<name>editada</name>')).toBeVisible()
  await expect(button(words.xml.edit)).toBeHidden()
  await button(words.xml.settings).click()
  const allow = page.getByRole('switch', { name: words.settings.editXml })
  await allow.click()
  await expect(allow).toBeChecked()
  await page.goBack()
  await button(words.machine.xml.button).click()
  await button(words.xml.edit).click()
  await expect(editor()).toBeFocused()
  await expect(button(words.xml.difference)).toBeDisabled()
})

test('S2.15 a machine’s document that is broken, names another machine or was overtaken is not stored, and says why', async () => {
  const { page } = shared
  await replace('<on_crash>destroy</on_crash>', '<on_crash>restart</on_reboot>')
  await button(words.xml.difference).click()
  await expect(side(words.xml.before)).toContainText('<on_crash>destroy</on_crash>')
  await expect(side(words.xml.after)).toContainText('<on_crash>restart</on_reboot>')
  await button(words.xml.save).click()
  await expect(dialog().getByRole('alert')).toContainText(words.errors['xml-invalid'].title)
  await page.getByRole('button', { name: /^Go to line \d+$/ }).click()
  await expect(editor().locator('.cm-activeLine')).toContainText('<on_crash>restart</on_reboot>')
  await replace('restart</on_reboot>', 'restart</on_crash>')
  await replace('<name>editada</name>', '<name>otra</name>')
  await button(words.xml.difference).click()
  await button(words.xml.save).click()
  await expect(dialog().getByRole('alert')).toContainText(words.errors['xml-name'].title)
  await button(words.xml.back).click()
  await replace('<name>otra</name>', '<name>editada</name>')
  expect(await stored('dumpxml', `--domain=${machine}`)).toContain('<on_crash>destroy</on_crash>')

  await alumna.virsh(['desc', `--domain=${machine}`, '--config', '--new-desc', 'de otra persona'])
  await button(words.xml.difference).click()
  await button(words.xml.save).click()
  await expect(dialog().getByRole('alert')).toContainText(words.xml.overtaken.title)
  await expect(side(words.xml.before)).toContainText('de otra persona')
  // what the other one has done stays, and so does what is typed again
  await button(words.xml.overtaken.take).click()
  await replace('<on_crash>destroy</on_crash>', '<on_crash>restart</on_crash>')
  await button(words.xml.difference).click()
  await button(words.xml.save).click()
  await expect(page.getByRole('status').filter({ hasText: words.xml.saved })).toBeVisible()
  await expect(dialog()).toBeHidden()
  const now = await stored('dumpxml', `--domain=${machine}`)
  expect(now).toContain('<on_crash>restart</on_crash>')
  expect(now).toContain('de otra persona')
})

test('S2.15 keys alone lead out of the text, and what is typed is not lost by Escape; closes', async () => {
  const { page } = shared
  await button(words.machine.xml.button).click()
  await button(words.xml.edit).click()
  await expect(editor()).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(editor()).toBeFocused()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  await expect(editor()).not.toBeFocused()
  await expect(button(words.xml.difference)).toBeEnabled()
  await button(words.common.cancel).click()
  await expect(dialog().getByText(words.xml.discard.text)).toBeVisible()
  await button(words.xml.discard.do).click()
  await expect(dialog()).toBeHidden()
  expect(await stored('dumpxml', `--domain=${machine}`)).not.toContain('\t')
})

test('S2.15 el XML de una red y de un grupo se edita igual, y se dice lo que libvirt ha cambiado; closes', async ({ browser }) => {
  await open('es', browser)
  const { page } = shared
  const place = page.url().split('#')[0] ?? ''
  await page.goto(`${place}#/c/session/networks/11111111-2222-4333-8444-555555555555`)
  await page.getByRole('main').getByRole('button', { name: words.networks.moreActions }).click()
  await page.getByRole('menuitem', { name: words.networks.xml }).click()
  await button(words.xml.edit).click()
  await replace(`<domain name='aula'/>`, `<!-- del curso --><domain name='clase'/>`)
  await button(words.xml.difference).click()
  await button(words.xml.save).click()
  await expect(dialog().getByRole('status')).toContainText(words.xml.kept.title)
  await expect(side(words.xml.kept.asked)).toContainText('del curso')
  await expect(side(words.xml.kept.stored)).toContainText(`<domain name='clase'/>`)
  await button(words.common.close).last().click()
  await expect(dialog()).toBeHidden()
  expect(await stored('net-dumpxml', '--network=aula')).toContain(`<domain name='clase'/>`)

  await page.goto(`${place}#/c/session/storage`)
  await page.getByRole('button', { name: words.storage.moreFor.replace('{{name}}', 'isos') }).click()
  await page.getByRole('menuitem', { name: words.storage.xml }).click()
  await button(words.xml.edit).click()
  await replace(`${alumna.home}/isos`, `${alumna.home}/imágenes`)
  await button(words.xml.difference).click()
  await expect(side(words.xml.after)).toContainText('imágenes')
  await button(words.xml.save).click()
  await expect(page.getByRole('status').filter({ hasText: words.xml.saved })).toBeVisible()
  expect(await stored('pool-dumpxml', '--pool=isos')).toContain(`${alumna.home}/imágenes`)
})
