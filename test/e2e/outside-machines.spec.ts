/** Machines and pools of other programs, and the commands that show the same as the page (S0.19, S0.20). */
import { existsSync, readFileSync } from 'node:fs'
import { test } from '@playwright/test'
import { asUser } from '../harness/index.ts'
import { fromMore } from './support/actions.ts'
import { withDocument, writeFor } from './support/documents.ts'
import { expect } from './support/expect.ts'
import { boxesMachine, boxesPool, virtManagerMachine } from './support/foreign-machines.ts'
import { openMachine } from './support/machines.ts'
import { freshSession } from './support/session.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'

const alumna = asUser('alumna')
const boxesDisk = `${alumna.home}/.local/share/gnome-boxes/images/debian11-2`
const opened = `${alumna.home}/opened`
let shared: SharedApp

test.beforeAll(async ({ browser }) => {
  await freshSession(alumna)
  await alumna.exec(['mkdir', '-p', `${alumna.home}/.local/share/gnome-boxes/images`, `${alumna.home}/discos`])
  await alumna.exec(['qemu-img', 'create', '-q', '-f', 'qcow2', boxesDisk, '1M'])
  await alumna.exec(['qemu-img', 'create', '-q', '-f', 'raw', `${alumna.home}/discos/fedora 36.raw`, '1M'])
  await withDocument(alumna, ['pool-define'], boxesPool(alumna.home))
  await alumna.virsh(['pool-start', '--pool=gnome-boxes'])
  await withDocument(alumna, ['define'], boxesMachine(alumna.home))
  await withDocument(alumna, ['define'], virtManagerMachine(alumna.home))
  // The desktop's own program, which a computer without a desktop lacks: keeps what it was asked to open.
  writeFor(alumna, 'bin/xdg-open', `#!/bin/sh\nfor word in "$@"; do echo "$word" >> ${opened}; done\n`)
  shared = await openShared(browser, { fresh: false, env: { PATH: `${alumna.home}/bin:${alumna.env['PATH'] ?? ''}` } })
  await shared.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(shared.app.url).origin })
})
test.afterAll(async () => {
  await shared.close()
  await freshSession(alumna)
})

const copied = (): Promise<string> => shared.page.evaluate(() => navigator.clipboard.readText())

async function showMachines(): Promise<void> {
  await shared.page.getByRole('region', { name: 'User session' }).getByRole('link', { name: /^Machines/ }).click()
}

/** Runs what was copied in a shell of the user's, as somebody does who pastes it. */
async function runCopied(): Promise<string> {
  const done = await alumna.exec(['bash', '-c', await copied()])
  expect(done.stderr).toBe('')
  expect(done.code).toBe(0)
  return done.stdout
}

for (const [title, system, path, folder] of [
  ['Debian 11 2', 'Debian 11', boxesDisk, `${alumna.home}/.local/share/gnome-boxes/images`],
  ['fedora36', 'Fedora 36', `${alumna.home}/discos/fedora 36.raw`, `${alumna.home}/discos`],
] as const) {
  test(`S0.19 the machine ${title} of another program is listed, with its disk's path to copy and its folder to open`, async () => {
    await showMachines()
    await openMachine(shared.page, title)
    await shared.page.getByText('Details', { exact: true }).click()
    await expect(shared.page.getByText(system, { exact: false }).first()).toBeVisible()
    const disk = shared.page.getByRole('listitem').filter({ has: shared.page.getByText('Disk vda', { exact: true }) })
    await expect(disk.getByText(path, { exact: true })).toBeVisible()
    await disk.getByRole('button', { name: 'Copy path' }).click()
    await expect.poll(copied).toBe(path)
    expect(existsSync(await copied())).toBe(true)
    await disk.getByRole('button', { name: 'Open folder' }).click()
    await expect.poll(() => (existsSync(opened) ? readFileSync(opened, 'utf8').trim().split('\n').at(-1) : '')).toBe(folder)
  })
}

test('S0.19 the pool of Boxes is listed with its folder, and the machine’s disk in it', async () => {
  await shared.page.getByRole('region', { name: 'User session' }).getByRole('link', { name: /^Storage/ }).click()
  await expect(shared.page.getByRole('heading', { name: 'gnome-boxes' })).toBeVisible()
  await expect(shared.page.getByText(`${alumna.home}/.local/share/gnome-boxes/images`, { exact: true })).toBeVisible()
  await expect(shared.page.getByRole('table', { name: 'Volumes' }).getByRole('cell', { name: 'debian11-2', exact: true })).toBeVisible()
  await shared.page.getByRole('button', { name: 'More for gnome-boxes' }).click()
  await shared.page.getByRole('menuitem', { name: 'Copy virsh command' }).click()
  await expect.poll(copied).toBe('virsh -c qemu:///session vol-list gnome-boxes')
  expect(await runCopied()).toContain(boxesDisk)
})

test('S0.20 the command of the list is copied, and prints the same machines in a terminal', async () => {
  await showMachines()
  await shared.page.getByRole('button', { name: 'Copy command: virsh list' }).click()
  await expect.poll(copied).toBe('virsh -c qemu:///session list --all')
  const printed = await runCopied()
  for (const name of ['debian11-2', 'fedora36']) expect(printed).toContain(name)
})

test('S0.20 so are those of the lists of pools and networks, and of the machines of every connection', async () => {
  const [session, system] = ['User session', 'QEMU/KVM'].map((name) => shared.page.getByRole('region', { name }))
  const copies = async (command: string, lines: string): Promise<void> => {
    await shared.page.getByRole('button', { name: `Copy command: virsh ${command}`, exact: true }).click()
    await expect.poll(copied).toBe(lines)
  }
  await session?.getByRole('link', { name: /^Storage/ }).click()
  await copies('pool-list', 'virsh -c qemu:///session pool-list --all')
  expect(await runCopied()).toContain('gnome-boxes')
  await system?.getByRole('link', { name: /^Networks/ }).click()
  await copies('net-list', 'virsh -c qemu:///system net-list --all')
  expect(await runCopied()).toContain('default')
  await shared.page.getByRole('link', { name: /^All machines/ }).click()
  await copies('list', 'virsh -c qemu:///session list --all\nvirsh -c qemu:///system list --all')
  expect(await runCopied()).toContain('fedora36')
})

test('S0.20 the command of a machine is copied from its menu and from its page', async () => {
  await showMachines()
  await fromMore(shared.page, 'Debian 11 2', 'Copy virsh command')
  await shared.page.getByRole('menuitem', { name: 'dominfo: facts' }).click()
  await expect.poll(copied).toBe('virsh -c qemu:///session dominfo debian11-2')
  expect(await runCopied()).toMatch(/^Name: +debian11-2$/m)
  await shared.page.keyboard.press('Escape')

  await openMachine(shared.page, 'fedora36')
  await shared.page.getByText('Details', { exact: true }).click()
  await shared.page.getByRole('button', { name: 'Copy command: domblklist' }).click()
  await expect.poll(copied).toBe('virsh -c qemu:///session domblklist fedora36')
  expect(await runCopied()).toContain(`${alumna.home}/discos/fedora 36.raw`)
})
