/** What goes wrong with a machine that runs: its disk is full, its QEMU is killed, its system crashes, it is deleted. */
import { chownSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type Page } from '@playwright/test'
import { hostClient } from '../../scripts/shots/host-client.ts'
import { asUser, until } from '../harness/index.ts'
import { writingSector, panickingSector } from './support/boot-sector.ts'
import { expect } from './support/expect.ts'
import { expectState } from './support/machines.ts'
import { freshSession } from './support/session.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'
import { defineTiny, tinyDisk } from './support/tiny-machines.ts'

const alumna = asUser('alumna')
const root = asUser('root')
/** A file system of its own: what fills is this one. */
const small = '/tmp/failures-small'
let shared: SharedApp | undefined

const open = (): SharedApp => {
  if (!shared) throw new Error('no app')
  return shared
}

async function asRoot(...words: readonly string[]): Promise<void> {
  const done = await root.exec([...words])
  expect(done.code, done.stderr).toBe(0)
}

test.beforeAll(async ({ browser }) => {
  await freshSession(alumna)
  mkdirSync(small, { recursive: true })
  await asRoot('mount', '-t', 'tmpfs', '-o', `size=8m,mode=0755,uid=${alumna.uid}`, 'small', small)
  shared = await openShared(browser, { fresh: false })
  await expect(shared.page.getByRole('button', { name: 'New machine' }).first()).toBeVisible()
})
test.afterAll(async () => {
  await shared?.close()
  await freshSession(alumna)
  await asRoot('umount', small)
})

/** A raw disk, all holes after its first sector. */
function disk(path: string, bootSector: Buffer): string {
  writeFileSync(path, bootSector)
  truncateSync(path, 64 * 1024 * 1024)
  chownSync(path, alumna.uid, alumna.uid)
  return path
}

async function visit(page: Page, name: string): Promise<void> {
  await page.evaluate(() => (window.location.hash = '/machines'))
  await page.getByRole('link', { name: `Open ${name}`, exact: true }).first().click()
}

/** Waits until the app has run such a command to its end. */
async function noted(words: string): Promise<void> {
  const host = await hostClient(open().app.url)
  await until(`a command with “${words}”`, 20_000, async () =>
    (await host.call('command.list', {})).some(({ line }) => line.includes(words)) ? true : undefined,
  )
  host.close()
}

test('a machine that its full disk has paused says so, and goes on once there is room', async () => {
  const { page } = open()
  const path = disk(join(small, 'lleno.raw'), writingSector())
  await defineTiny(alumna, 'full', undefined, { devices: { disk: tinyDisk(path, 'raw') } })
  await alumna.virsh(['start', '--domain=full'])
  await visit(page, 'full')
  const said = page.getByRole('alert').filter({ hasText: 'Paused: the machine cannot write to its disk' })
  await expect(said).toBeVisible({ timeout: 60_000 })
  await expect(said.getByText(`There was no room left for the disk vda, “${path}”.`)).toBeVisible()
  await expect(said.getByText('Free there now: 0 B')).toBeVisible()
  // without room it goes on for a moment and stops again
  await said.getByRole('button', { name: 'Resume' }).click()
  await noted(' resume ')
  await expectState(alumna, 'full', 'paused')
  await asRoot('mount', '-o', 'remount,size=96m', small)
  // the notice is drawn anew as the machine stops again: a press that fell into that moment is repeated
  await expect(async () => {
    if (await said.isVisible()) await said.getByRole('button', { name: 'Resume' }).click({ timeout: 2_000 })
    await expectState(alumna, 'full', 'running', 3_000)
  }).toPass({ timeout: 90_000 })
  await expect(said).toBeHidden()
  await alumna.virsh(['destroy', '--domain=full'])
})

test('a machine whose QEMU was killed says so, and shows its last words', async () => {
  const { page } = open()
  await defineTiny(alumna, 'killed')
  await alumna.virsh(['start', '--domain=killed'])
  await visit(page, 'killed')
  process.kill(Number(readFileSync(`/run/user/${String(alumna.uid)}/libvirt/qemu/run/killed.pid`, 'utf8')), 'SIGKILL')
  const said = page.getByRole('alert').filter({ hasText: 'The machine ended by itself' })
  await expect(said).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('heading', { name: 'killed has crashed' })).toBeVisible()
  await said.getByRole('button', { name: 'QEMU’s log' }).click()
  await expect(page.getByRole('dialog').getByText('reason=crashed')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('main').getByRole('button', { name: 'Start', exact: true }).click()
  await expectState(alumna, 'killed', 'running')
  await expect(said).toBeHidden()
  await alumna.virsh(['destroy', '--domain=killed'])
})

test('a machine whose system has crashed is still on, and can be forced off', async () => {
  const { page } = open()
  const path = disk(join(small, 'panico.raw'), panickingSector())
  const devices = { disk: tinyDisk(path, 'raw'), panic: { '@model': 'isa' } }
  await defineTiny(alumna, 'panic', undefined, { devices, onCrash: 'preserve' })
  await alumna.virsh(['start', '--domain=panic'])
  await visit(page, 'panic')
  const said = page.getByRole('alert').filter({ hasText: 'The system in the machine has crashed' })
  await expect(said).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText('Crashed', { exact: true })).toBeVisible()
  await said.getByRole('button', { name: 'Force off' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Force off' }).click()
  await expectState(alumna, 'panic', 'shut off')
  await expect(said).toBeHidden()
})

test('a network card that the guest does not let go of: said, asked for again, and gone once the machine is off', async () => {
  const { page } = open()
  const mac = '52:54:00:aa:bb:0c'
  const devices = { interface: { '@type': 'user', mac: { '@address': mac }, model: { '@type': 'virtio' } } }
  await defineTiny(alumna, 'holds', undefined, { devices })
  await alumna.virsh(['start', '--domain=holds'])
  await visit(page, 'holds')
  await page.getByText('Details', { exact: true }).click()
  await page.getByRole('button', { name: 'Remove card 1…' }).click()
  await page.getByRole('dialog', { name: 'Remove card 1 from holds?' }).getByRole('button', { name: 'Remove card' }).click()
  // its firmware does not answer
  const kept = page.getByRole('dialog', { name: 'The guest has not let go of the card' })
  await expect(kept).toContainText('at its next start it is gone.', { timeout: 60_000 })
  expect(await alumna.virsh(['dumpxml', '--domain=holds'])).toContain(mac)
  expect(await alumna.virsh(['dumpxml', '--domain=holds', '--inactive'])).not.toContain(mac)
  await kept.getByRole('button', { name: 'Retry' }).click()
  await expect(kept).toBeHidden()
  await expect(kept).toBeVisible({ timeout: 60_000 })
  await expect(page.locator(`[data-mac="${mac}"]`).getByText('gone at the next start')).toBeVisible()
  await kept.getByRole('button', { name: 'Force off' }).click()
  await page.getByRole('dialog', { name: 'Force holds off?' }).getByRole('button', { name: 'Force off' }).click()
  await expectState(alumna, 'holds', 'shut off')
  await expect(page.getByText('It has no network card.')).toBeVisible()
})

test('a machine that was deleted elsewhere while its page is open', async () => {
  const { page } = open()
  const uuid = await defineTiny(alumna, 'gone')
  await visit(page, 'gone')
  await alumna.virsh(['undefine', `--domain=${uuid}`])
  await expect(page.getByRole('heading', { name: 'This machine is not there any more' })).toBeVisible({ timeout: 60_000 })
  await page.getByRole('link', { name: 'Show machines' }).click()
  await expect(page).toHaveURL(/\/machines$/)
  await expect(page.getByRole('link', { name: 'Open gone', exact: true })).toBeHidden()
})
