import { buildInstallerIso } from '../guest/index.ts'
import { asUser, serialPort } from '../harness/index.ts'
import { expect, test } from './support/app.ts'
import { giveIso } from './support/iso.ts'
import { create, expectState, forgetMachine, reviewFrom } from './support/machines.ts'
import { freshSession } from './support/session.ts'

test.beforeAll(async () => {
  await freshSession(asUser('alumna'))
})

test('an installer writes the disk and reboots into it; with its CD ejected the machine starts again', async ({ alumna, vivero: page }) => {
  test.setTimeout(420_000) // three starts of a system
  const { path, word } = await giveIso(alumna, buildInstallerIso, 'Downloads/setup.iso')
  await reviewFrom(page, path)
  await page.getByRole('textbox', { name: 'Memory', exact: true }).fill('256')
  await create(page)
  await expectState(alumna, 'setup', 'running')
  const installed = new RegExp(`disk word: ${word}`)
  const first = await serialPort(alumna, 'setup')
  await first.expectText(installed, 180_000)
  await first.expectText(/vivero-guest ready/, 60_000)
  first.close()

  await page.getByText('Details', { exact: true }).click()
  const drive = page.getByRole('listitem').filter({ hasText: 'CD drive sda' })
  await drive.getByRole('button', { name: 'Eject' }).click()
  await expect(drive.getByText('Empty')).toBeVisible()
  expect(await alumna.virsh(['domblklist', '--domain=setup'])).toMatch(/sda\s+-/)
  expect(await alumna.virsh(['domblklist', '--domain=setup', '--inactive'])).toMatch(/sda\s+-/)

  await page.getByRole('button', { name: 'Shut down: setup' }).click()
  await expectState(alumna, 'setup', 'shut off', 60_000)
  await page.getByRole('button', { name: 'Start: setup' }).click()
  await expectState(alumna, 'setup', 'running')
  const second = await serialPort(alumna, 'setup')
  await second.expectText(installed, 180_000)
  second.close()
  await forgetMachine(alumna, 'setup')
})
