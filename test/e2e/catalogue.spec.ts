import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test, type Page } from '@playwright/test'
import { ensureGuest } from '../guest/index.ts'
import { openPublisher, until, type Publisher } from '../harness/index.ts'
import { expect } from './support/expect.ts'
import { create, expectState, forgetMachine } from './support/machines.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'

const image = '/cirros/0.6.3/cirros-0.6.3-x86_64-disk.img'
const file = 'cirros-0.6.3-x86_64-disk.img'
let publisher: Publisher
let shared: SharedApp
let page: Page
let disk: Buffer

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  publisher = await openPublisher()
  disk = readFileSync((await ensureGuest()).disk)
  const mirrors = [
    { from: 'https://download.cirros-cloud.net/', to: publisher.address('/cirros/') },
    { from: 'https://github.com/cirros-dev/', to: publisher.address('/github/') },
    { from: 'https://cloud.debian.org/', to: publisher.address('/debian/') },
  ]
  shared = await openShared(browser, { language: 'es', settings: { catalogue: { mirrors, entries: [] } } })
  page = shared.page
})
test.afterAll(async () => {
  await shared.close()
  await publisher.close()
})

const library = (): string => join(shared.user.home, '.local/share/vivero/images')
/** Files of the library; its unfinished ones under their own. */
const files = (folder = library()): string[] => (existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith('.')) : [])
const unfinished = (): string[] => files(join(library(), '.partial'))
const figure = () => page.getByTestId('download-figure')
const cirros = (name: string) => page.getByRole('dialog').getByRole('region', { name }).getByRole('button', { name: /^CirrOS 0\.6\.3/ })

test('S0.4 the first choice is a featured download, the download of a system, or an image file', async () => {
  await page.getByRole('button', { name: 'Nueva máquina' }).first().click()
  const sheet = page.getByRole('dialog')
  const featured = sheet.getByRole('region', { name: 'Descargas destacadas' })
  await expect(featured.getByRole('button')).toHaveText([/^CirrOS/, /^Debian/, /^Ubuntu/, /^Fedora/])
  await expect(sheet.getByRole('button', { name: 'Archivo de imagen…' })).toBeVisible()
  await sheet.getByRole('button', { name: 'Descarga de sistema operativo…' }).click()
  await expect(sheet.getByRole('heading', { name: 'Descarga de sistema operativo' })).toBeVisible()
})

test('S0.5 typing "ubuntu" leaves Ubuntu’s entries with name, variant and vendor, newest first', async () => {
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('textbox', { name: 'Buscar, p. ej. ubuntu' }).fill('ubuntu')
  const rows = sheet.getByRole('list', { name: 'Sistemas que se pueden descargar' }).getByRole('button')
  await expect.poll(async () => (await rows.allInnerTexts()).every((text) => /ubuntu/i.test(text))).toBe(true)
  const few = await rows.count()
  await expect(rows.first()).toHaveText(/Ubuntu 26\.04 LTS · Server.*(Imagen de nube|Cloud image).*Canonical Ltd/s)
  await sheet.getByRole('checkbox', { name: 'También los que ya no se mantienen' }).check()
  await expect.poll(() => rows.count()).toBeGreaterThan(few)
  await expect(rows.filter({ hasText: 'ISO en vivo' }).first()).toContainText('Canonical')
  await expect(rows.filter({ hasText: 'Server' }).nth(1)).toBeVisible()
  const dates = (await rows.allInnerTexts()).flatMap((text) => /Ubuntu (\d\d\.\d\d)/.exec(text)?.[1] ?? [])
  expect(dates.slice(1)).toEqual(dates.slice(1).toSorted().reverse())
  await sheet.getByRole('textbox', { name: 'Buscar, p. ej. ubuntu' }).fill('ningún sistema')
  await expect(sheet.getByText('Ningún sistema tiene «ningún sistema».')).toBeVisible()
  await sheet.getByRole('button', { name: 'Atrás' }).click()
})

test('S0.6 a download shows its figures, stands still and goes on, and cancelled leaves nothing', async () => {
  publisher.put(image, { content: disk, bytesPerSecond: disk.length / 60 })
  await cirros('Descargas destacadas').click()
  await expect(page.getByRole('heading', { name: 'Descargando CirrOS 0.6.3' })).toBeVisible()
  const seen = new Set<string>()
  await expect.poll(async () => seen.add(await figure().innerText()).size, { intervals: [150], timeout: 30_000 }).toBeGreaterThanOrEqual(5)
  expect([...seen].join('\n')).toMatch(/[\d,.]+\s[KM]iB (de|of) [\d,.]+\sMiB · [\d,.]+\s[KM]iB\/s · (quedan )?\d/)
  await page.getByRole('button', { name: 'Pausar' }).click()
  await expect(page.getByRole('dialog').getByText('en pausa')).toBeVisible()
  const still = await figure().innerText()
  expect(files()).toEqual([])
  expect(unfinished().some((name) => name.endsWith('.part'))).toBe(true)
  const asked = publisher.asked.length
  await page.getByRole('button', { name: 'Continuar', exact: true }).click()
  await expect.poll(() => figure().innerText()).not.toBe(still)
  await expect.poll(() => publisher.asked[asked]?.range ?? '').toMatch(/^bytes=[1-9]/)
  await page.getByRole('button', { name: 'Cancelar' }).click()
  await expect(page.getByText('La descarga se ha cancelado; no ha quedado nada.')).toBeVisible({ timeout: 20_000 })
  await until('nothing is left', 1_000, () => (files().length + unfinished().length === 0 ? true : undefined))
  await page.getByRole('button', { name: 'Cerrar' }).click()
})

test('S0.6 a file that its publisher moved: said, and a corrected address goes on in the background, with a notice at its end', async () => {
  publisher.remove(image)
  publisher.put('/new place/cirros.img', { content: disk, bytesPerSecond: disk.length / 2 })
  publisher.put('/new place/MD5SUMS', { content: 'no checksum for it\n' })
  await page.evaluate(() => {
    const told: string[] = []
    Object.assign(window, { told, Notification: Object.assign(function (title: string, { body }: { body: string }) {
      told.push(`${title}: ${body}`)
    }, { permission: 'granted' }) }) // prettier-ignore
    document.hasFocus = () => false
  })
  await page.getByRole('button', { name: 'Nueva máquina' }).first().click()
  await cirros('Descargas destacadas').click()
  await expect(page.getByRole('heading', { name: 'CirrOS 0.6.3 no se ha descargado' })).toBeVisible()
  await expect(page.getByRole('alert')).toContainText(`Quien lo publica lo ha movido: ya no hay nada en ${publisher.address(image)}.`)
  await expect(page.getByRole('button', { name: 'Usar un archivo…' })).toBeVisible()
  const popup = page.waitForEvent('popup')
  await page.getByRole('button', { name: 'Mirar en la carpeta superior' }).click()
  expect((await popup).url()).toBe(publisher.address('/cirros/0.6.3/'))
  await (await popup).close()
  await page.getByRole('textbox', { name: 'Dirección corregida' }).fill(publisher.address('/new%20place/cirros.img'))
  await page.getByRole('button', { name: 'Descargar de ahí' }).click()
  await page.getByRole('button', { name: 'Seguir en segundo plano' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  const notice = page.getByRole('status').filter({ hasText: 'CirrOS 0.6.3 se ha descargado' })
  await expect(notice).toContainText('No se ha publicado ninguna suma con que comprobarla.', { timeout: 60_000 })
  expect(files()).toEqual(['cirros.img'])
  expect(statSync(join(library(), 'cirros.img')).uid).toBe(shared.user.uid)
  expect(await page.evaluate(() => (window as unknown as { told: string[] }).told.at(-1))).toMatch(/^(Descargar CirrOS 0\.6\.3: terminada|Download CirrOS 0\.6\.3: done)$/)
  await notice.getByRole('button', { name: 'Crear una máquina con ella' }).click()
  await expect(page.getByRole('heading', { name: 'Revisar y crear' })).toBeVisible()
  await expect(page.getByRole('radio', { name: 'Usar como base' })).toBeChecked()
  await page.getByRole('button', { name: 'Cerrar' }).click()
})

test('the library shows what was fetched and gives it up when asked', async () => {
  await page.getByRole('link', { name: 'Biblioteca de imágenes' }).click()
  await expect(page.getByRole('list', { name: 'Imágenes de la biblioteca' }).getByRole('listitem')).toHaveText([/CirrOS 0\.6\.3.*cirros\.img.*sin suma publicada/s])
  await page.getByRole('button', { name: 'Quitar…' }).click()
  await expect(page.getByRole('dialog', { name: '¿Quitar CirrOS 0.6.3?' })).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Quitar', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Aún no se ha descargado nada' })).toBeVisible()
  expect(files()).toEqual([])
})

test('an image of one’s own is added in the preferences, comes first among the downloads, and is removed', async () => {
  await page.getByRole('link', { name: 'Preferencias' }).click()
  await page.getByRole('button', { name: 'Añadir imagen…' }).click()
  const sheet = page.getByRole('dialog', { name: 'Añadir una imagen a las descargas' })
  await sheet.getByRole('textbox', { name: 'Nombre' }).fill('Imagen del curso «A»')
  await sheet.getByRole('textbox', { name: 'Dirección' }).fill('ftp://aula/imagen.img')
  await expect(sheet.getByText('Escriba una dirección que empiece por http:// o https://.')).toBeVisible()
  await expect(sheet.getByRole('button', { name: 'Añadir imagen' })).toBeDisabled()
  await sheet.getByRole('textbox', { name: 'Dirección' }).fill(publisher.address('/imagen.img'))
  await sheet.getByRole('textbox', { name: 'Suma de comprobación (opcional)' }).fill('a'.repeat(64))
  await sheet.getByRole('button', { name: 'Añadir imagen' }).click()
  await expect(sheet).toBeHidden()
  await page.getByRole('button', { name: 'Nueva máquina' }).first().click()
  const featured = page.getByRole('dialog').getByRole('region', { name: 'Descargas destacadas' })
  await expect(featured.getByRole('button').first()).toContainText('Imagen del curso «A»')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Quitar Imagen del curso «A» de las descargas' }).click()
  await expect(page.getByText('Imagen del curso «A»')).toHaveCount(0)
})

test('S0.4 S0.6 three clicks make a running CirrOS: "+", CirrOS, Create, its disk on the library’s image, which then stays', async () => {
  await page.getByRole('link', { name: 'Preferencias' }).click()
  await page.getByText('English', { exact: true }).click()
  publisher.put(image, { content: disk, bytesPerSecond: disk.length / 2 })
  publisher.put('/cirros/0.6.3/MD5SUMS', { content: `${createHash('md5').update(disk).digest('hex')}  ${file}\n` })
  await page.goto(shared.app.url)

  await page.getByRole('button', { name: 'New machine' }).first().click()
  await cirros('Featured downloads').click()
  await expect(page.getByRole('heading', { name: 'Review and create' })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText('Checked against the publisher’s md5 checksum.')).toBeVisible()
  await create(page)

  const name = 'cirros0.6.3'
  await expectState(shared.user, name, 'running')
  const overlay = join(shared.user.home, `.local/share/libvirt/images/${name}.qcow2`)
  expect(await shared.user.virsh(['domblklist', `--domain=${name}`])).toContain(overlay)
  const info = await shared.user.exec(['qemu-img', 'info', '-U', '--output=json', overlay])
  expect(JSON.parse(info.stdout)).toMatchObject({ format: 'qcow2', 'full-backing-filename': join(library(), file), 'backing-filename-format': 'qcow2' })
  expect(readFileSync(join(library(), file)).equals(disk)).toBe(true)

  await page.getByRole('link', { name: 'Image library' }).click()
  await expect(page.getByText('Needed by CirrOS 0.6.3')).toBeVisible()
  await page.getByRole('button', { name: 'Empty…' }).click()
  await expect(page.getByRole('dialog')).toContainText('CirrOS 0.6.3: CirrOS 0.6.3')
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true })).toBeDisabled()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  expect(files()).toEqual([file])
  await forgetMachine(shared.user, name)
})
