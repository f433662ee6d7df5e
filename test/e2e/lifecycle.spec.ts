/** Every action of a machine's life by clicking and by keys, against `virsh domstate` and what the guest itself says. */
import { test } from '@playwright/test'
import { ensureGuest } from '../guest/index.ts'
import { asUser, defineGuest, serialPort, type SerialPort } from '../harness/index.ts'
import { expectOff, fromMore, openMore } from './support/actions.ts'
import { expect } from './support/expect.ts'
import { expectState, forgetMachine } from './support/machines.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'

test.describe.configure({ mode: 'serial' })

const alumna = asUser('alumna')
const name = 'guest-of-life'
const title = 'Guest of life'
const boot = 90_000
let shared: SharedApp
let guest: SerialPort

test.beforeAll(async ({ browser }) => {
  shared = await openShared(browser)
  const { iso } = await ensureGuest()
  await defineGuest(alumna, { name, title, iso: alumna.give(iso, 'life.iso') })
})
test.afterAll(async () => {
  await forgetMachine(alumna, name)
  await shared.close()
})

const becomes = (state: string, limit?: number): Promise<void> => expectState(alumna, name, state, limit)
const card = () => shared.page.getByRole('article').filter({ hasText: title })
const dialog = (heading: string) => shared.page.getByRole('dialog', { name: heading })
const isOff = { Pause: 'It is not running.', Resume: 'It is not running.', 'Shut down': 'It is not running.', Reboot: 'It is not running.', 'Force off': 'It is not running.', 'Force reset': 'It is not running.', 'Save state': 'It is not running.' }
const isOn = { Start: 'It is on already.', Resume: 'It is not paused.', 'Delete…': 'It is on: shut it down or force it off first.' }
const isPaused = { Start: 'It is on already.', Pause: 'It is paused: resume it first.', 'Shut down': 'It is paused: resume it first.', Reboot: 'It is paused: resume it first.', 'Delete…': 'It is on: shut it down or force it off first.' }

/** Opens the guest's serial port anew: each start of a machine has another. */
async function listen(): Promise<void> {
  guest = await serialPort(alumna, name)
}

async function expectBoot(): Promise<void> {
  await guest.expectText(/vivero-guest ready/, boot)
}

test('a machine that is off can be started and deleted, nothing else, each entry says why', async () => {
  await expect(card().getByText('Off', { exact: true }).first()).toBeVisible()
  await expectOff(shared.page, title, isOff)
})

test('start, by the button of its card', async () => {
  await shared.page.getByRole('button', { name: `Start: ${title}` }).click()
  await becomes('running')
  await listen()
  await expectBoot()
  await expectOff(shared.page, title, isOn)
})

test('a machine that is on is not deleted: the entry is reached by keys, gives its reason and does nothing', async () => {
  const entry = (await openMore(shared.page, title)).getByRole('menuitem', { name: 'Delete…' })
  await entry.focus()
  await expect(shared.page.getByRole('tooltip', { name: 'It is on: shut it down or force it off first.' })).toBeVisible()
  await shared.page.keyboard.press('Enter')
  await expect(shared.page.getByRole('dialog')).toHaveCount(0)
  await shared.page.keyboard.press('Escape')
  await becomes('running')
})

test('pause and resume, from its page', async () => {
  await card().getByRole('link', { name: title, exact: true }).click()
  await shared.page.getByRole('button', { name: 'Pause', exact: true }).click()
  await becomes('paused')
  await expect(shared.page.getByText('Paused', { exact: true }).first()).toBeVisible()
  await expectOff(shared.page, title, isPaused)
  await shared.page.getByRole('button', { name: `Resume: ${title}` }).click()
  await becomes('running')
  guest.type('echo still""there > /run/memory; cat /run/memory')
  await guest.expectText(/stillthere/)
})

test('save state: a job with its end, and the card says Saved', async () => {
  await shared.page.getByRole('link', { name: 'Machines', exact: true }).first().click()
  await fromMore(shared.page, title, 'Save state')
  await becomes('shut off', 60_000)
  expect(await alumna.virsh(['dominfo', `--domain=${name}`])).toMatch(/Managed save: +yes/)
  await expect(card().getByText('Saved: continues where it was')).toBeVisible()
  await shared.page.getByRole('button', { name: '1 finished' }).click()
  const job = shared.page.getByRole('listitem').filter({ hasText: `Save the state of ${title}` })
  await expect(job.getByText('done', { exact: true })).toBeVisible()
  await job.getByRole('button', { name: 'Remove from list' }).click()
  await expect(shared.page.getByRole('button', { name: '1 finished' })).toHaveCount(0)
  guest.close()
})

test('start goes on where it was: what was in its memory is still there', async () => {
  await shared.page.getByRole('button', { name: `Start: ${title}` }).click()
  await becomes('running', 60_000)
  await listen()
  guest.type('cat /run/memory')
  await guest.expectText(/stillthere/, boot)
  expect(await alumna.virsh(['dominfo', `--domain=${name}`])).toMatch(/Managed save: +no/)
})

test('reboot: the guest starts again', async () => {
  guest.clear()
  await shared.page.getByRole('button', { name: `Other ways to stop ${title}` }).click()
  await shared.page.getByRole('menuitem', { name: 'Reboot', exact: true }).click()
  await guest.expectText(/vivero-guest going down/)
  await expectBoot()
  await becomes('running')
  guest.type('ls /run/memory; echo looked""up')
  await guest.expectText(/lookedup/)
  expect(guest.text()).toContain('No such file')
})

test('force reset asks, and the guest starts again without having been asked', async () => {
  guest.clear()
  await fromMore(shared.page, title, 'Force reset')
  await dialog(`Force a reset of ${title}?`).getByRole('button', { name: 'Force reset' }).click()
  await expectBoot()
  expect(guest.text()).not.toContain('going down')
  await becomes('running')
})

test('a network card is taken out of the running machine, which lets go of it, and out of its next start', async () => {
  await card().getByRole('link', { name: title, exact: true }).click()
  await shared.page.getByText('Details', { exact: true }).click()
  await shared.page.getByRole('button', { name: 'Remove card 1…' }).click()
  await dialog(`Remove card 1 from ${title}?`).getByRole('button', { name: 'Remove card' }).click()
  await expect(shared.page.getByText('Network card removed')).toBeVisible({ timeout: 60_000 })
  await expect(shared.page.getByText('It has no network card.')).toBeVisible()
  for (const which of [[], ['--inactive']]) expect(await alumna.virsh(['dumpxml', `--domain=${name}`, ...which])).not.toContain('<interface')
  guest.type('ls /sys/class/net | tr "\\n" " "; echo counted""cards')
  await guest.expectText(/countedcards/)
  expect(guest.text()).not.toMatch(/eth0 +lo +counted/)
  await shared.page.getByRole('link', { name: 'Machines', exact: true }).first().click()
})

test('a shut down that is not obeyed says so after 30 seconds and offers force off', async () => {
  guest.type('touch /run/deaf; echo deaf""now')
  await guest.expectText(/deafnow/)
  await shared.page.getByRole('button', { name: `Shut down: ${title}` }).click()
  await expect(shared.page.getByRole('button', { name: `Shutting down…: ${title}` })).toBeVisible()
  await guest.expectText(/ignores the power button/)
  const notice = shared.page.getByRole('status').filter({ hasText: `${title} has not shut down after 30 seconds` })
  await expect(notice).toBeVisible({ timeout: 90_000 })
  await becomes('running')
  await notice.getByRole('button', { name: 'Force off' }).click()
  await becomes('shut off')
  await expect(notice).toBeHidden()
  guest.close()
})

test('from the keyboard: the menu of the focused machine starts it', async () => {
  await card().getByRole('link', { name: title, exact: true }).focus()
  await shared.page.keyboard.press('Shift+F10')
  const entry = shared.page.getByRole('menuitem', { name: 'Start', exact: true })
  await expect(entry).toBeVisible()
  for (let step = 0; step < 20 && !(await entry.evaluate((element) => element === document.activeElement)); step++) {
    await shared.page.keyboard.press('ArrowDown')
  }
  await shared.page.keyboard.press('Enter')
  await becomes('running')
})

test('a saved state is discarded after a question; the next start is a fresh one', async () => {
  await fromMore(shared.page, title, 'Save state')
  await becomes('shut off', 60_000)
  await expect(card().getByText('Saved: continues where it was')).toBeVisible()
  await fromMore(shared.page, title, 'Discard saved state')
  const question = dialog(`Discard the saved state of ${title}?`)
  await question.getByRole('button', { name: 'Cancel' }).click()
  expect(await alumna.virsh(['dominfo', `--domain=${name}`])).toMatch(/Managed save: +yes/)
  await fromMore(shared.page, title, 'Discard saved state')
  await question.getByRole('button', { name: 'Discard' }).click()
  await expect(card().getByText('Saved: continues where it was')).toHaveCount(0)
  expect(await alumna.virsh(['dominfo', `--domain=${name}`])).toMatch(/Managed save: +no/)
})

test('from the context menu: start; the guest obeys a shut down', async () => {
  await card().click({ button: 'right' })
  await shared.page.getByRole('menuitem', { name: 'Start', exact: true }).click()
  await becomes('running')
  await listen()
  await expectBoot()
  await card().click({ button: 'right' })
  await shared.page.getByRole('menuitem', { name: 'Shut down', exact: true }).click()
  await guest.expectText(/vivero-guest going down/)
  await becomes('shut off')
  guest.close()
})

test('force off asks: Cancel leaves it on, Force off pulls the plug', async () => {
  await shared.page.getByRole('button', { name: `Start: ${title}` }).click()
  await becomes('running')
  const question = dialog(`Force ${title} off?`)
  await fromMore(shared.page, title, 'Force off')
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await shared.page.keyboard.press('Enter')
  await expect(question).toBeHidden()
  await becomes('running')
  await fromMore(shared.page, title, 'Force off')
  await question.getByRole('button', { name: 'Force off' }).click()
  await becomes('shut off')
  await expect(card().getByText('Off', { exact: true }).first()).toBeVisible()
  await expectOff(shared.page, title, isOff)
})
