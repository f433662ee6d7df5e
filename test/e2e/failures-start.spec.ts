/** Machines that do not start: the sentence, the cause, and the way out, which is pressed where it is a button. */
import { chmodSync, chownSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type Locator, type Page } from '@playwright/test'
import { asUser, defineGuest } from '../harness/index.ts'
import { copiedBy } from './support/clipboard.ts'
import { expect } from './support/expect.ts'
import { expectState } from './support/machines.ts'
import { watchFor } from './support/moments.ts'
import { freshSession } from './support/session.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'
import { defineTiny, tinyDisk } from './support/tiny-machines.ts'

const alumna = asUser('alumna')
const folder = join(alumna.home, 'discos ñ')
let shared: SharedApp | undefined

const open = (): SharedApp => {
  if (!shared) throw new Error('no app')
  return shared
}

test.beforeAll(async ({ browser }) => {
  await freshSession(alumna)
  mkdirSync(folder)
  chownSync(folder, alumna.uid, alumna.uid)
  shared = await openShared(browser, { fresh: false })
  await expect(shared.page.getByRole('button', { name: 'New machine' }).first()).toBeVisible()
})
test.afterAll(() => shared?.close())

async function image(name: string, format: 'raw' | 'qcow2' = 'qcow2'): Promise<string> {
  const path = join(folder, name)
  const made = await alumna.exec(['qemu-img', 'create', '-q', '-f', format, path, '1M'])
  expect(made.code, made.stderr).toBe(0)
  return path
}

/** Opens the machine's page by the list, and starts it there. */
async function start(page: Page, name: string): Promise<void> {
  await page.evaluate(() => (window.location.hash = '/machines'))
  await page.getByRole('link', { name: `Open ${name}`, exact: true }).first().click()
  await startAgain(page)
}

const startAgain = (page: Page): Promise<void> => page.getByRole('main').getByRole('button', { name: 'Start', exact: true }).click()
const notice = (page: Page, sentence: string): Locator => page.getByRole('alert').filter({ hasText: sentence })
const close = (said: Locator): Promise<void> => said.getByRole('button', { name: 'Close' }).click()

test('S1.10 a disk of root’s: whose it is, and the exact command that gives it over', async () => {
  const { page } = open()
  const path = await image('de root.qcow2')
  chownSync(path, 0, 0)
  await defineTiny(alumna, 'rooted', undefined, { devices: { disk: tinyDisk(path, 'qcow2') } })
  const said = notice(page, `The file “${path}” belongs to root, and the machine runs as alumna, who may not open it.`)
  // one that alumna may read is refused by QEMU, another by libvirt itself
  chmodSync(path, 0o644)
  await start(page, 'rooted')
  await expect(said).toBeVisible()
  await close(said)
  chmodSync(path, 0o600)
  await startAgain(page)
  await expect(said).toBeVisible()
  const command = `sudo chown alumna: '${path}'`
  await expect(said.getByText(command, { exact: true })).toBeVisible()
  await said.getByRole('button', { name: 'Copy command' }).click()
  // root runs what was copied, without the sudo
  expect((await asUser('root').exec(['sh', '-c', command.replace('sudo ', '')])).code).toBe(0)
  await said.getByRole('button', { name: 'Retry' }).click()
  await expectState(alumna, 'rooted', 'running')
  await expect(said).toBeHidden()
  await alumna.virsh(['destroy', '--domain=rooted'])
})

test('a disk that is closed to its own user, and one behind a closed folder', async () => {
  const { page } = open()
  const path = await image('cerrado.qcow2')
  chmodSync(path, 0)
  await defineTiny(alumna, 'closed', undefined, { devices: { disk: tinyDisk(path, 'qcow2') } })
  await start(page, 'closed')
  const said = notice(page, `The file “${path}” may not be opened by the machine.`)
  await expect(said.getByText(`chmod u+rw '${path}'`, { exact: true })).toBeVisible()
  await said.getByRole('button', { name: 'Fix the permission' }).click()
  await expect(said).toBeHidden()
  expect(statSync(path).mode & 0o777).toBe(0o600)
  await startAgain(page)
  await expectState(alumna, 'closed', 'running')
  await alumna.virsh(['destroy', '--domain=closed'])
  const behind = join(folder, 'dentro')
  mkdirSync(behind, { mode: 0o700 })
  await defineTiny(alumna, 'behind', undefined, { devices: { disk: tinyDisk(join(behind, 'x.qcow2'), 'qcow2') } })
  await start(page, 'behind')
  const blocked = notice(page, `alumna may not enter the folder “${behind}”.`)
  await expect(blocked.getByText(`sudo setfacl -m u:alumna:x '${behind}'`, { exact: true })).toBeVisible()
  await expect(blocked.getByRole('button', { name: 'Fix the permission' })).toHaveCount(0)
  await close(blocked)
})

test('a disk that is gone, and a CD that is gone, whose drive is emptied', async () => {
  const { page } = open()
  const disk = join(folder, 'perdido.qcow2')
  await defineTiny(alumna, 'lost', undefined, { devices: { disk: tinyDisk(disk, 'qcow2') } })
  await start(page, 'lost')
  const said = notice(page, `The file “${disk}” does not exist.`)
  await expect(said).toBeVisible()
  await expect(said.getByRole('button', { name: 'Empty the drive' })).toBeHidden()
  await close(said)
  const cd = join(folder, 'perdido.iso')
  await defineTiny(alumna, 'cd', undefined, { devices: { disk: tinyDisk(cd, 'raw', 'cdrom') } })
  await start(page, 'cd')
  const empty = notice(page, `The file “${cd}” does not exist.`)
  await empty.getByRole('button', { name: 'Empty the drive' }).click()
  await expect(empty).toBeHidden()
  expect(await alumna.virsh(['dumpxml', '--domain=cd', '--inactive'])).not.toContain('perdido.iso')
  await startAgain(page)
  await expectState(alumna, 'cd', 'running')
  await alumna.virsh(['destroy', '--domain=cd'])
})

test('a disk that another machine has: whose it is, and the way to that machine', async () => {
  const { page } = open()
  const path = await image('uno.qcow2')
  await defineTiny(alumna, 'first', 'La primera', { devices: { disk: tinyDisk(path, 'qcow2') } })
  await defineTiny(alumna, 'second', undefined, { devices: { disk: tinyDisk(path, 'qcow2') } })
  await alumna.virsh(['start', '--domain=first'])
  await start(page, 'second')
  const said = notice(page, `The disk “${path}” is in use by the running machine La primera.`)
  await said.getByRole('button', { name: 'Show that machine' }).click()
  await expect(page.getByRole('heading', { name: 'La primera', level: 1 })).toBeVisible()
  await expect(said).toBeHidden()
  await alumna.virsh(['destroy', '--domain=first'])
})

test('a disk that is no image, and one that is a folder', async () => {
  const { page } = open()
  const path = join(folder, 'carta.qcow2')
  writeFileSync(path, 'Querida Ana:\n'.repeat(200))
  chownSync(path, alumna.uid, alumna.uid)
  await defineTiny(alumna, 'letter', undefined, { devices: { disk: tinyDisk(path, 'qcow2') } })
  await start(page, 'letter')
  const said = notice(page, `“${path}” is no disk image in qcow2 format.`)
  await expect(said).toBeVisible()
  await close(said)
  rmSync(path)
  mkdirSync(path)
  await startAgain(page)
  await expect(said).toBeVisible()
  await said.getByRole('button', { name: 'Show details' }).click()
  await expect(said.getByText('Is a directory')).toBeVisible()
  await close(said)
})

test('a QEMU that does not come up: its log, the last lines and the whole file', async () => {
  const { page } = open()
  const uuid = await defineTiny(alumna, 'broken', undefined, { arguments: ['-vivero-no-such-option'] })
  await start(page, 'broken')
  const said = notice(page, 'The machine could not be started: QEMU ended at once.')
  await said.getByRole('button', { name: 'Show QEMU’s log' }).click()
  const log = page.getByRole('dialog', { name: 'QEMU’s log of broken' })
  await expect(log.getByText(/-vivero-no-such-option: invalid option/)).toBeVisible()
  const path = join(alumna.home, '.cache/libvirt/qemu/log/broken.log')
  await expect(log.getByText(path, { exact: true })).toBeVisible()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await log.getByText('Whole file', { exact: true }).click()
  await expect(log.getByText(`-uuid ${uuid}`)).toBeVisible()
  const told = await watchFor(page, { selector: '[role=dialog] button', text: /Copied/ })
  expect(await copiedBy(page, () => log.getByRole('button', { name: 'Copy', exact: true }).click())).toContain(`-uuid ${uuid}`)
  await told()
  await page.keyboard.press('Escape')
  await expect(said).toBeHidden()
  await expect(page.getByRole('alert').filter({ hasText: 'The last start of the machine failed' })).toBeVisible()
})

test.describe('on QEMU/KVM', () => {
  const root = asUser('root')
  const system = ['-c', 'qemu:///system']
  const systemState = (name: string, state: string): Promise<void> =>
    expect.poll(async () => (await root.virsh([...system, 'domstate', `--domain=${name}`])).trim(), { timeout: 60_000 }).toBe(state)

  test('a disk behind a folder that QEMU may not enter: which folder, and its owner lets QEMU in', async () => {
    const { page } = open()
    const closed = join(alumna.home, 'Privado')
    mkdirSync(closed, { mode: 0o700 })
    chownSync(closed, alumna.uid, alumna.uid)
    const path = join(closed, 'mío.qcow2')
    expect((await alumna.exec(['qemu-img', 'create', '-q', '-f', 'qcow2', path, '1M'])).code).toBe(0)
    await defineGuest(root, { name: 'encerrada', connection: 'qemu:///system', disk: path, network: null })
    try {
      await start(page, 'encerrada')
      const said = notice(page, `The machine cannot get to “${path}”: libvirt-qemu may not enter the folder “${closed}”.`)
      await expect(said).toBeVisible()
      await expect(said.locator('code').filter({ hasText: closed })).toHaveText(/^(setfacl -m u:libvirt-qemu:x|chmod o\+x) /)
      await said.getByRole('button', { name: 'Fix the permission' }).click()
      await expect(said).toBeHidden()
      expect((await root.exec(['runuser', '-u', 'libvirt-qemu', '--', 'ls', closed])).code, 'it may pass, and not look around').not.toBe(0)
      await startAgain(page)
      await systemState('encerrada', 'running')
    } finally {
      await root.exec(['virsh', '-q', ...system, 'destroy', '--domain=encerrada'])
      await root.exec(['virsh', '-q', ...system, 'undefine', '--domain=encerrada'])
    }
    expect(statSync(path).uid).toBe(alumna.uid)
  })

  test('a network that is off: started by the button, then the machine starts', async () => {
    const { page } = open()
    await defineGuest(root, { name: 'enredada', connection: 'qemu:///system', network: 'default' })
    try {
      await start(page, 'enredada')
      const said = notice(page, 'The network “default”, which the machine is connected to, is stopped.')
      await said.getByRole('button', { name: 'Start the network' }).click()
      await expect(said).toBeHidden()
      expect((await root.virsh([...system, 'net-list', '--name'])).trim()).toBe('default')
      await startAgain(page)
      await systemState('enredada', 'running')
    } finally {
      await root.exec(['virsh', '-q', ...system, 'destroy', '--domain=enredada'])
      await root.exec(['virsh', '-q', ...system, 'undefine', '--domain=enredada'])
      await root.exec(['virsh', '-q', ...system, 'net-destroy', '--network=default'])
    }
  })
})

test('the log of a machine of the system is root’s: the command that shows it', async () => {
  const { page } = open()
  const root = asUser('root')
  const connection = 'qemu:///system'
  await defineGuest(root, { name: 'de-sistema', connection, network: null })
  try {
    await page.evaluate(() => (window.location.hash = '/machines'))
    await page.getByRole('link', { name: 'Open de-sistema', exact: true }).first().click()
    await root.virsh(['-c', connection, 'start', '--domain=de-sistema'])
    await page.getByText('Details', { exact: true }).click()
    await page.getByRole('button', { name: 'QEMU’s log' }).click()
    const log = page.getByRole('dialog', { name: 'QEMU’s log of de-sistema' })
    const path = '/var/log/libvirt/qemu/de-sistema.log'
    await expect(log.getByText(`The log “${path}” may only be read by root.`)).toBeVisible()
    const command = `sudo tail -n 25 -- ${path}`
    await expect(log.getByText(command, { exact: true })).toBeVisible()
    expect((await root.exec(['sh', '-c', command.replace('sudo ', '')])).stdout).toContain('charserial0')
    await page.keyboard.press('Escape')
  } finally {
    await root.exec(['virsh', '-q', '-c', connection, 'destroy', '--domain=de-sistema'])
    await root.exec(['virsh', '-q', '-c', connection, 'undefine', '--domain=de-sistema'])
  }
})
