/** The serial port of a machine as a person uses it, and as others take it away. */
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { test } from '@playwright/test'
import { ensureGuest } from '../guest/index.ts'
import { asUser, defineGuest, machineXml, until } from '../harness/index.ts'
import { withDocument } from './support/documents.ts'
import { expect } from './support/expect.ts'
import { expectState, forgetMachine, openMachine } from './support/machines.ts'
import { watchFor } from './support/moments.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'
import { expectOpen, expectPrompt, expectTerminalLine, openSerial, terminalOf, terminalText, typeSerial } from './support/terminal.ts'

test.describe.configure({ mode: 'serial' })

const alumna = asUser('alumna')
const name = 'serial-guest'
const title = 'Serial guest'
let shared: SharedApp
let other: ChildProcess | undefined

test.beforeAll(async ({ browser }) => {
  shared = await openShared(browser)
  const { origin } = new URL(shared.app.url)
  await shared.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin })
  const { iso } = await ensureGuest()
  await defineGuest(alumna, { name, title, iso: alumna.give(iso, 'serial.iso') })
  await alumna.virsh(['start', `--domain=${name}`])
})
test.afterAll(async () => {
  other?.kill('SIGKILL')
  await forgetMachine(alumna, name)
  await forgetMachine(alumna, 'no-serial')
  await shared.close()
})

const newWord = (): string => `w${randomBytes(5).toString('hex')}`
/** Types a command that prints a new word, which the command itself does not hold, and waits for it. */
async function expectAnswer(): Promise<void> {
  const word = newWord()
  await typeSerial(shared.page, `echo ${word.slice(0, 3)}""${word.slice(3)}`)
  await expectTerminalLine(shared.page, word)
}

/** Processes through which the page has the port. */
async function consoleProcesses(): Promise<string[]> {
  const { stdout } = await alumna.exec(['pgrep', '-u', 'alumna', '-a', '-f', '^(setpriv .*sh -c exec|script |virsh .*console)'])
  return stdout.split('\n').filter((line) => line !== '')
}

test('what is typed reaches the guest and what it says is read, from its first prompt on', async () => {
  await openMachine(shared.page, title)
  await openSerial(shared.page)
  await expectPrompt(shared.page)
  await expectAnswer()
  expect(await terminalText(shared.page)).not.toMatch(/Connected to domain|Escape character/)
})

test('Ctrl+C, Tab and Escape go to the guest; Ctrl+Alt gives the keyboard back', async () => {
  const { page } = shared
  // Ctrl+C means something to the guest's terminal only once the shell has begun.
  const begun = newWord()
  await typeSerial(page, `echo ${begun.slice(0, 3)}""${begun.slice(3)}; sleep 600`)
  await expectTerminalLine(page, begun)
  await page.keyboard.press('Control+c')
  await expectAnswer()
  // The shell completes the name with Tab; Ctrl+] would make virsh itself leave.
  await page.keyboard.type('ls /etc/keym')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Control+]')
  await page.keyboard.press('Control+c')
  await expect.poll(() => terminalText(page)).toContain('ls /etc/keymaps/')
  await expectOpen(page)
  await expectAnswer()
  await page.keyboard.down('Control')
  await page.keyboard.down('Alt')
  await page.keyboard.up('Alt')
  await page.keyboard.up('Control')
  await expect(page.getByRole('radio', { name: 'Serial' })).toBeFocused()
})

test('what is selected is copied, and the clipboard is typed', async () => {
  const { page } = shared
  const word = newWord()
  await terminalOf(page).click()
  await typeSerial(page, `clear; echo ${word.slice(0, 3)}""${word.slice(3)}`)
  await expectTerminalLine(page, word)
  await page.getByRole('button', { name: 'Copy selection' }).click()
  await expect(page.getByText('Nothing is selected in the terminal.')).toBeVisible()
  const row = await terminalOf(page).locator('.xterm-rows > div').filter({ hasText: new RegExp(`^${word}`) }).boundingBox()
  await page.mouse.dblclick((row?.x ?? 0) + 20, (row?.y ?? 0) + (row?.height ?? 0) / 2)
  await page.getByRole('button', { name: 'Copy selection' }).click()
  const clipboard = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(clipboard).toBe(word)

  const pasted = newWord()
  await page.evaluate((text) => navigator.clipboard.writeText(text), `echo ${pasted.slice(0, 3)}""${pasted.slice(3)}\n`)
  await page.getByRole('button', { name: 'Paste', exact: true }).click()
  await expectTerminalLine(page, pasted)
})

test('another console that takes the port over is named, and gives it back at a click', async () => {
  const { page } = shared
  other = alumna.spawn(['script', '-qefc', `virsh -c qemu:///session console --domain=${name} --force`, '/dev/null'], { stdio: ['pipe', 'pipe', 'ignore'] })
  const ended = new Promise<true>((resolve) => other?.once('close', () => resolve(true)))
  let heard = ''
  other.stdout?.setEncoding('utf8').on('data', (text: string) => (heard += text))
  await expect(page.getByText('Another console has taken this serial port over.')).toBeVisible({ timeout: 60_000 })
  const word = newWord()
  other.stdin?.write(`\recho ${word.slice(0, 3)}""${word.slice(3)}\r`)
  await until('the other console works', 20_000, () => (heard.includes(word) ? true : undefined))
  await expect(terminalOf(page)).toHaveAttribute('data-phase', 'taken-over')

  await page.getByRole('button', { name: 'Take over' }).click()
  await expectOpen(page)
  await expect(page.getByText('Another console has taken this serial port over.')).toBeHidden()
  expect(await ended).toBe(true)
  await expectPrompt(page)
  await expectAnswer()
})

test('a machine that stops says so; started again, its serial port is back where it was', async () => {
  const { page } = shared
  await alumna.virsh(['destroy', `--domain=${name}`])
  await expect(page.getByText(`${title} is off`)).toBeVisible()
  await expect.poll(consoleProcesses).toEqual([])
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await expectState(alumna, name, 'running')
  await expectOpen(page)
  await expect(terminalOf(page)).toBeVisible()
  await expectPrompt(page)
  await expectAnswer()
})

test('libvirt’s daemon killed: the page says so and the port is back by itself', async () => {
  const { page } = shared
  const said = await watchFor(page, { selector: 'main *', text: /^(The serial port was closed\. Opening it again…|Reconnecting…)$/ })
  await alumna.exec(['pkill', '-KILL', '-u', 'alumna', '-x', 'libvirtd'])
  await said()
  await expectOpen(page, 60_000)
  await expectState(alumna, name, 'running')
  await expectPrompt(page)
  await expectAnswer()
})

test('leaving the page ends every process of its console', async () => {
  const { page } = shared
  expect((await consoleProcesses()).length).toBeGreaterThan(0)
  await page.getByRole('link', { name: 'Machines', exact: true }).first().click()
  await expect.poll(consoleProcesses).toEqual([])
  await alumna.virsh(['destroy', `--domain=${name}`])
})

test('a machine without a serial port says so, and what to do', async () => {
  const { page } = shared
  const ports = /<serial type="pty"\/><console type="pty"\/>/
  const xml = machineXml({ name: 'no-serial', network: null })
  expect(xml).toMatch(ports)
  await withDocument(alumna, ['define'], xml.replace(ports, ''))
  await alumna.virsh(['start', '--domain=no-serial'])
  await openMachine(page, 'no-serial')
  await page.getByText('Serial', { exact: true }).click()
  await expect(page.getByText('This machine has no serial port that can be opened.')).toBeVisible()
  await expect(page.getByText('A serial port can be added while the machine is off.')).toBeVisible()
  await expect(terminalOf(page)).toBeHidden()
})
