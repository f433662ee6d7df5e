/** The display of a machine: seen, typed into, and opened again; proved by the guest's serial port. */
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type Locator } from '@playwright/test'
import { PNG } from 'pngjs'
import { WebSocket } from 'ws'
import { ensureGuest } from '../guest/index.ts'
import { asUser, defineGuest, serialPort, type SerialPort } from '../harness/index.ts'
import { openMore } from './support/actions.ts'
import { canvasOf, expectDisplay, focusDisplay, litPixels, typeLine } from './support/display.ts'
import { expect } from './support/expect.ts'
import { expectState, forgetMachine, openMachine } from './support/machines.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'
import { pressSpanish } from './support/spanish-keys.ts'

test.describe.configure({ mode: 'serial' })

const alumna = asUser('alumna')
const name = 'console-guest'
const title = 'Console guest'
const boot = 90_000
/** Addresses of the relay that the page has opened, in their order. */
const opened: string[] = []
let shared: SharedApp
let guest: SerialPort

test.beforeAll(async ({ browser }) => {
  shared = await openShared(browser)
  const { origin } = new URL(shared.app.url)
  await shared.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin })
  shared.page.on('websocket', (socket) => opened.push(socket.url()))
  const { iso } = await ensureGuest()
  await defineGuest(alumna, { name, title, iso: alumna.give(iso, 'console.iso') })
  await alumna.virsh(['start', `--domain=${name}`])
  guest = await serialPort(alumna, name)
  await guest.expectText(/vivero-guest ready/, boot)
})
test.afterAll(async () => {
  guest.close()
  await forgetMachine(alumna, name)
  await forgetMachine(alumna, 'spice-only')
  await shared.close()
})

const newWord = (): string => `w${randomBytes(5).toString('hex')}`
const button = (label: string): Locator => shared.page.getByRole('button', { name: label, exact: true })
const entry = (label: string): Locator => shared.page.getByRole('menuitem', { name: label, exact: true })
const toList = (): Promise<void> => shared.page.getByRole('link', { name: 'Machines', exact: true }).first().click()

/** Runs a line in the guest by its serial port and waits for its end. */
async function run(line: string): Promise<void> {
  const done = newWord()
  guest.type(`${line}; echo ${done.slice(0, 3)}""${done.slice(3)}`)
  await guest.expectText(new RegExp(done))
}

/** On the screen a program waits that writes each line typed there to the serial port. */
async function echoing(): Promise<void> {
  await focusDisplay(shared.page)
  await typeLine(shared.page, 'clear; cat > /dev/ttyS0')
  const ready = newWord()
  await typeLine(shared.page, ready)
  await guest.expectText(new RegExp(ready))
}

async function loadKeymap(layout: 'es' | 'us'): Promise<void> {
  await run(`loadkmap < /etc/keymaps/${layout}.bmap`)
}

/** Types a text by the dialog and answers when it has closed. */
async function typeText(layout: string, fill: (field: Locator) => Promise<void>): Promise<void> {
  await button('Send keys').click()
  await entry('Type text…').click()
  const dialog = shared.page.getByRole('dialog', { name: 'Type text into the machine' })
  await dialog.getByRole('combobox', { name: 'Guest’s keyboard' }).click()
  await shared.page.getByRole('option', { name: layout }).click()
  await expect(dialog.getByRole('combobox', { name: 'Guest’s keyboard' })).toHaveValue(layout)
  await fill(dialog.getByRole('textbox', { name: 'Text', exact: true }))
  await dialog.getByRole('button', { name: 'Type', exact: true }).click()
  await expect(dialog).toBeHidden({ timeout: 60_000 })
}

/** A line of the serial port is exactly this text, perhaps after the prompt of the shell that waits there. */
async function expectLine(text: string): Promise<void> {
  const lines = (): string[] => guest.text().split(/\r*\n/).map((line) => line.replace(/^vivero# /, ''))
  await expect.poll(lines, { timeout: 60_000 }).toContain(text)
}

test('a line typed into the display writes a random word to the serial port of the guest', async () => {
  await openMachine(shared.page, title)
  await expectDisplay(shared.page)
  const word = newWord()
  await focusDisplay(shared.page)
  await typeLine(shared.page, `echo ${word} > /dev/ttyS0`)
  await expectLine(word)
})

test('a word that the guest prints on its screen changes the display, and its thumbnail', async () => {
  const wipe = "printf '\\033[2J\\033[H\\033[?25l' > /dev/tty1"
  const print = (word: string): Promise<void> => run(`for i in 1 2 3 4 5 6 7 8; do echo ${word} > /dev/tty1; done`)
  const shown = async (): Promise<number> => litPixels(await canvasOf(shared.page).screenshot())
  await run(wipe)
  await expect.poll(shown).toBe(0)
  await print(newWord())
  await expect.poll(shown).toBeGreaterThan(500)

  await run(wipe)
  await toList()
  const thumbnail = shared.page.getByRole('img', { name: `Screen of ${title}` })
  const lit = async (): Promise<number> => {
    const address = (await thumbnail.getAttribute('src')) ?? ''
    return litPixels(Buffer.from(address.slice(address.indexOf(',') + 1), 'base64'))
  }
  await expect.poll(lit, { timeout: 60_000 }).toBe(0)
  await print(newWord())
  await expect.poll(lit, { timeout: 60_000 }).toBeGreaterThan(500)
  await run("printf '\\033[?25h' > /dev/tty1")
})

test('the display is scaled to the page, or shown pixel by pixel', async () => {
  await openMachine(shared.page, title)
  await expectDisplay(shared.page)
  const size = shared.page.getByTestId('display-size')
  await expect(size).toHaveText('720×400, scaled')
  const width = async (): Promise<number> => Math.round((await canvasOf(shared.page).boundingBox())?.width ?? 0)
  await expect.poll(width).toBeGreaterThan(800)
  await shared.page.getByRole('switch', { name: 'Scale' }).click()
  await expect(size).toHaveText('720×400')
  await expect.poll(width).toBe(720)
  await shared.page.getByRole('switch', { name: 'Scale' }).click()
  await expect.poll(width).toBeGreaterThan(800)
})

test('a text is typed as keys of a Spanish keyboard and arrives letter by letter', async () => {
  await echoing()
  await loadKeymap('es')
  const text = `${newWord()} ñÑ áéíóú ü @ € # [ ] { } \\ | ~ < > ' " ¿¡`
  await typeText('Spanish (Spain)', (field) => field.fill(`${text}\n`))
  await expectLine(text)
})

test('AltGr and dead keys of a Spanish keyboard reach the guest', async () => {
  await focusDisplay(shared.page)
  const at = (code: string, key: string) => ({ code, key, altGr: true })
  await pressSpanish(shared.page, [
    at('Digit2', '@'),
    at('Digit3', '#'),
    at('KeyE', '€'),
    { code: 'Quote', key: 'Dead' },
    { code: 'KeyA', key: 'á' },
    { code: 'Semicolon', key: 'ñ' },
    at('BracketRight', ']'),
    at('Backquote', '\\'),
    { code: 'Enter', key: 'Enter' },
  ])
  await expectLine('@#€áñ]\\')
})

test('the clipboard is typed as keys of a US keyboard, all of ASCII; what it does not have is named', async () => {
  await loadKeymap('us')
  const ascii = String.fromCharCode(...Array.from({ length: 94 }, (_, index) => 33 + index))
  const text = `${newWord()} ${ascii}`
  await shared.page.evaluate((copied) => navigator.clipboard.writeText(copied), `${text}ñ\n`)
  await typeText('English (US)', async (field) => {
    await button('Insert clipboard').click()
    await expect(field).toHaveValue(`${text}ñ\n`)
    await expect(shared.page.getByText('Left out, since the keyboard English (US) does not have them: ñ')).toBeVisible()
  })
  await expectLine(text)
  await focusDisplay(shared.page)
  await shared.page.keyboard.press('Control+c')
})

test('a screenshot becomes a picture in the folder for pictures', async () => {
  await button('Screenshot').click()
  await expect(shared.page.getByText('Screenshot saved')).toBeVisible()
  const folder = join(alumna.home, 'Pictures')
  const pictures = readdirSync(folder)
  expect(pictures).toEqual([expect.stringMatching(/^Console guest \d{4}-\d\d-\d\d \d\d-\d\d-\d\d\.png$/)])
  const { width, height } = PNG.sync.read(readFileSync(join(folder, pictures[0] ?? '')))
  expect([width, height]).toEqual([720, 400])
})

test('the ticket of a display is good for one time only', async () => {
  const { host, origin } = new URL(shared.app.url)
  const used = opened.filter((url) => url.startsWith(`ws://${host}/console/`))
  expect(used.length).toBeGreaterThanOrEqual(2)
  expect(new Set(used).size).toBe(used.length)
  // The same request for the other socket is taken: it is the ticket that is refused.
  expect(await upgrade(`ws://${host}/socket`, origin)).toBe(101)
  for (const url of used) expect(await upgrade(url, origin)).toBe(403)
})

test('S0.11 the console’s toolbar: back, full screen, keys, menu', async () => {
  const { page } = shared
  const isFull = (): Promise<boolean> => page.evaluate(() => document.fullscreenElement !== null)
  const screenOf = (terminal: string) => async (): Promise<boolean> => {
    guest.clear()
    await run('cat /sys/class/tty/tty0/active')
    return guest.text().split(/\r?\n/).includes(terminal)
  }
  await button('Send keys').click()
  await entry('Ctrl+Alt+F2').click()
  await expect.poll(screenOf('tty2')).toBe(true)

  await button('Full screen').click()
  await expect.poll(isFull).toBe(true)
  await expectFullCanvas()
  await page.getByRole('toolbar', { name: 'Full screen' }).getByRole('button', { name: 'Send keys' }).click()
  await entry('Ctrl+Alt+F1').click()
  await expect.poll(screenOf('tty1')).toBe(true)
  await button('Leave full screen').click()
  await expect.poll(isFull).toBe(false)

  const menu = await openMore(page, title)
  await expect(menu.getByRole('menuitem', { name: 'Force off', exact: true })).toBeVisible()
  await page.keyboard.press('Escape')

  guest.clear()
  await button('Send keys').click()
  await entry('Ctrl+Alt+Del').click()
  await guest.expectText(/vivero-guest ready/, boot)

  await page.getByRole('link', { name: 'Machines', exact: true }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: /^Machines/ })).toBeVisible()
  await expect(page.getByRole('article').filter({ hasText: title })).toBeVisible()
})

async function expectFullCanvas(): Promise<void> {
  const { page } = shared
  const room = page.viewportSize() ?? { width: 0, height: 0 }
  await expect.poll(async () => (await canvasOf(page).boundingBox())?.width ?? 0).toBeGreaterThan(room.width * 0.8)
}

test('Ctrl+Alt gives the keyboard back to the page', async () => {
  const { page } = shared
  await openMachine(page, title)
  await expectDisplay(page)
  await focusDisplay(page)
  await page.keyboard.press('Tab')
  await expect(canvasOf(page)).toBeFocused()
  await page.keyboard.down('Control')
  await page.keyboard.down('Alt')
  await page.keyboard.up('Alt')
  await page.keyboard.up('Control')
  await expect(page.getByRole('radio', { name: 'Display' })).toBeFocused()
})

test('a machine that goes off says what to do; started there, its display is back', async () => {
  const { page } = shared
  guest.close()
  await (await openMore(page, title)).getByRole('menuitem', { name: 'Force off', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Force off' }).click()
  await expect(page.getByText(`${title} is off`)).toBeVisible()
  await expect(page.getByText('Its console opens when it runs.')).toBeVisible()
  await expectState(alumna, name, 'shut off')
  await button('Start').click()
  await expectState(alumna, name, 'running')
  await expectDisplay(page)
  const first = opened.length
  // Off and on again outside the app, faster than a person would see it.
  await alumna.virsh(['destroy', `--domain=${name}`])
  await alumna.virsh(['start', `--domain=${name}`])
  await expect.poll(() => opened.length, { timeout: 60_000 }).toBeGreaterThan(first)
  await expectDisplay(page)
  await expect.poll(async () => litPixels(await canvasOf(page).screenshot()), { timeout: 60_000 }).toBeGreaterThan(0)
  await alumna.virsh(['destroy', `--domain=${name}`])
})

/** HTTP status that a WebSocket of the page's own origin is answered with; 101 where it is opened. */
function upgrade(url: string, origin: string): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, { origin })
    socket.once('open', () => {
      socket.close()
      resolve(101)
    })
    socket.on('error', () => undefined)
    socket.once('unexpected-response', (request, response) => {
      request.destroy()
      resolve(response.statusCode ?? 0)
    })
  })
}
