/** A computer on which libvirt is not installed: what is missing, and the line that installs it. */
import { renameSync } from 'node:fs'
import { test, type Locator } from '@playwright/test'
import { asUser, hidePrograms } from '../harness/index.ts'
import { expect } from './support/expect.ts'
import { freshSession } from './support/session.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'

const alumna = asUser('alumna')
const socket = '/run/libvirt/libvirt-sock'
const daemons = ['libvirtd', 'virtqemud']
const both = ['User session', 'QEMU/KVM']
let shared: SharedApp | undefined
/** What puts the computer back as it was. */
const mend: (() => void)[] = []

const row = (name: string): Locator => {
  if (!shared) throw new Error('no app')
  return shared.page.getByRole('region', { name, exact: true })
}

test.afterAll(async () => {
  await shared?.close()
  for (const one of mend.splice(0)) one()
})

/** The row says so, and what to do holds the line; nothing of the system's own words is to be seen. */
async function expectInstall(name: string, sentence: string, packages: RegExp): Promise<void> {
  await expect(row(name)).toHaveAttribute('data-state', 'failed', { timeout: 60_000 })
  await expect(row(name).getByRole('alert')).toContainText(sentence)
  await row(name).getByRole('button', { name: 'What to do' }).click()
  const line = row(name).locator('code').filter({ hasText: /^sudo (apt-get|dnf|pacman|zypper) / })
  await expect(line).toBeVisible()
  await expect(line).toHaveText(packages)
  await expect(row(name).getByText(/ENOENT|spawn|exec/).filter({ visible: true })).toHaveCount(0)
}

test('without libvirt both rows say what is missing and how it is installed, and connect once it is there', async ({ browser }) => {
  await freshSession(alumna)
  mend.push(hidePrograms(['virsh', ...daemons]))
  renameSync(socket, `${socket}-aside`)
  mend.push(() => renameSync(`${socket}-aside`, socket))
  shared = await openShared(browser, { fresh: false })
  for (const name of both) await expectInstall(name, 'The program virsh is not installed, so Vivero cannot talk to libvirt.', /libvirt-daemon.*libvirt-client/)

  // virsh alone does not help
  mend.shift()?.()
  mend.unshift(hidePrograms(daemons))
  for (const name of both) {
    await row(name).getByRole('button', { name: 'Retry', exact: true }).first().click()
    await expect(row(name).getByRole('alert')).toContainText('libvirt is not installed on this computer')
    await expect(row(name).locator('code').filter({ hasText: /^sudo / })).toHaveText(/libvirt-daemon/)
  }

  for (const one of mend.splice(0)) one()
  for (const name of both) {
    await row(name).getByRole('button', { name: 'Retry', exact: true }).first().click()
    await expect(row(name)).toHaveAttribute('data-state', 'connected', { timeout: 60_000 })
  }
})
