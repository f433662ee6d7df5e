/** libvirtd is killed at a random moment in the middle of something: the app says so, comes back, and has lost nothing. */
import { setTimeout as pause } from 'node:timers/promises'
import { test, type Locator } from '@playwright/test'
import { asUser, defineGuest, seededRandom, sessionDaemon, systemDaemon, type Daemon } from '../harness/index.ts'
import { expectNothingLeft, settled, type Beside } from './support/creation-faults.ts'
import { expect } from './support/expect.ts'
import { forgetMachine, openMachine, reviewFrom } from './support/machines.ts'
import { watchFor } from './support/moments.ts'
import { freshSession } from './support/session.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'
import { defineTiny } from './support/tiny-machines.ts'

test.describe.configure({ mode: 'serial' })

const alumna = asUser('alumna')
const session = sessionDaemon(alumna)
const system = systemDaemon()
const beside: Beside = { connections: ['qemu:///session', 'qemu:///system'], folders: ['/var/lib/libvirt/images', '/etc/libvirt/qemu'] }
const random = seededRandom()
let shared: SharedApp

test.beforeAll(async ({ browser }) => {
  console.log(`daemon-kills: VIVERO_SEED=${random.seed}`)
  await freshSession(alumna)
  await defineTiny(alumna, 'steady')
  await alumna.virsh(['start', '--domain=steady'])
  await defineGuest(system.user, { name: 'of-all', connection: system.uri, network: null, memory: 32 })
  await system.user.virsh(['-c', system.uri, 'start', '--domain=of-all'])
  shared = await openShared(browser, { fresh: false })
  for (const name of ['User session', 'QEMU/KVM']) await expect(row(name)).toHaveAttribute('data-state', 'connected', { timeout: 60_000 })
})
test.afterAll(async () => {
  await shared.close()
  await forgetMachine(alumna, 'steady')
  for (const verb of ['destroy', 'undefine']) await system.user.exec(['virsh', '-q', '-c', system.uri, verb, '--domain=of-all'])
})

const row = (name: string): Locator => shared.page.getByRole('region', { name, exact: true })
const button = (name: string): Locator => shared.page.getByRole('button', { name, exact: true })

/** Kills the daemon within so many milliseconds, and starts it again: meanwhile the row counts the seconds to the next try. */
async function killWithin(daemon: Daemon, name: string, milliseconds: number): Promise<void> {
  const told = await watchFor(shared.page, { selector: `section[data-connection=${daemon.uri.replace('qemu:///', '')}][data-state=reconnecting] [role=status]`, text: /Reconnecting… \d+ s/ })
  await pause(Math.floor(random.next() * milliseconds))
  daemon.kill()
  await told()
  await daemon.start()
  await expect(row(name)).toHaveAttribute('data-state', 'connected', { timeout: 90_000 })
}

async function states(daemon: Daemon): Promise<string> {
  return (await daemon.user.virsh(['-c', daemon.uri, 'list', '--all', '--state-running', '--name'])).trim()
}

test('the session’s, while a machine’s power is switched and its serial port is open', async () => {
  const { page, app } = shared
  const before = await settled(alumna, app, beside)
  await row('User session').getByRole('link', { name: /^Machines/ }).click()
  await openMachine(page, 'steady')
  await page.getByText('Serial', { exact: true }).click()
  await expect(page.locator('[data-testid=serial][data-phase=connected]')).toBeVisible()
  const killed = killWithin(session, 'User session', 400)
  await button('Pause').click()
  await killed
  // whether it was paused before libvirtd died or not: the page says what virsh says
  const paused = (await alumna.virsh(['domstate', '--domain=steady'])).trim() === 'paused'
  await expect(page.getByText(paused ? 'Paused' : 'Running', { exact: true }).first()).toBeVisible()
  if (paused) await alumna.virsh(['resume', '--domain=steady'])
  await expect(page.locator('[data-testid=serial][data-phase=connected]')).toBeVisible({ timeout: 60_000 })
  await alumna.virsh(['reset', '--domain=steady'])
  await expect(page.getByTestId('serial')).toContainText('Machine UUID', { timeout: 60_000 })
  await page.getByRole('link', { name: 'Machines', exact: true }).first().click()
  await expectNothingLeft(before, alumna, app, beside)
})

test('the session’s, while a machine is made: it is there whole, or nothing of it is', async () => {
  const { page, app } = shared
  await row('User session').getByRole('link', { name: /^Machines/ }).click()
  await reviewFrom(page, alumna.give('/usr/lib/ipxe/ipxe.iso', 'Downloads/ipxe.iso'))
  await page.getByRole('textbox', { name: 'Memory', exact: true }).fill('64')
  await page.getByRole('checkbox', { name: 'Open the console when it is made' }).uncheck()
  const before = await settled(alumna, app, beside)
  const killed = killWithin(session, 'User session', 1_500)
  await button('Create').click()
  await killed
  const dialog = page.getByRole('dialog')
  const failed = (): Promise<boolean> => dialog.getByRole('alert').isVisible()
  await expect.poll(async () => (await failed()) || (await states(session)).includes('ipxe'), { timeout: 180_000 }).toBe(true)
  if (await failed()) {
    await expect(dialog.getByRole('alert')).toContainText(/The connection to libvirt was lost|libvirt does not answer/)
    await button('Back').click()
    await expectNothingLeft(before, alumna, app, beside)
    const question = page.getByRole('dialog', { name: 'Close without creating?' })
    // a creation that did not even begin leads back to the sources, which close unasked; and the sheet may be drawn anew
    // at that very moment, as the connection comes back
    await expect(async () => {
      if (await question.isVisible()) await question.getByRole('button', { name: 'Close', exact: true }).last().click({ timeout: 2_000 })
      else if ((await dialog.count()) > 0) await page.keyboard.press('Escape')
      await expect(dialog).toHaveCount(0, { timeout: 2_000 })
    }).toPass({ timeout: 60_000 })
  } else {
    expect(await states(session)).toContain('ipxe')
    await forgetMachine(alumna, 'ipxe')
  }
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('the system’s, while a machine is forced off and its display is open', async () => {
  const { page, app } = shared
  const before = await settled(alumna, app, beside)
  await row('QEMU/KVM').getByRole('link', { name: /^Machines/ }).click()
  await openMachine(page, 'of-all')
  const display = page.locator('[data-testid=display][data-phase=connected]')
  await expect(display).toBeVisible({ timeout: 60_000 })
  await button('Other ways to stop of-all').click()
  await page.getByRole('menuitem', { name: 'Force off', exact: true }).click()
  const killed = killWithin(system, 'QEMU/KVM', 400)
  await page.getByRole('dialog').getByRole('button', { name: 'Force off' }).click()
  await killed
  if ((await states(system)) === '') {
    await expect(page.getByText('Off', { exact: true }).first()).toBeVisible()
    await system.user.virsh(['-c', system.uri, 'start', '--domain=of-all'])
  }
  await expect(page.getByText('Running', { exact: true }).first()).toBeVisible()
  await expect(display).toBeVisible({ timeout: 60_000 })
  await page.getByRole('link', { name: 'Machines', exact: true }).first().click()
  await expectNothingLeft(before, alumna, app, beside)
})
