import type { Page } from '@playwright/test'
import { buildLiveIso } from '../guest/index.ts'
import { asUser, serialPort, type User } from '../harness/index.ts'
import { expect, test } from './support/app.ts'
import { browseTo } from './support/choose.ts'
import { giveDataIso, giveIso, nameVolume } from './support/iso.ts'
import { create, expectState, forgetMachine, reviewFrom } from './support/machines.ts'
import { colours } from './support/png.ts'
import { freshSession } from './support/session.ts'

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  await freshSession(asUser('alumna'))
})

const MiB = 1024 ** 2

/** What the machine's first disk takes on the host, in bytes. */
async function diskSize(user: User, machine: string): Promise<number> {
  const disk = /vda\s+(\/.*)/.exec(await user.virsh(['domblklist', `--domain=${machine}`]))?.[1] ?? ''
  const { stdout } = await user.exec(['qemu-img', 'info', '-U', '--output=json', disk])
  return Number((JSON.parse(stdout) as Record<string, unknown>)['actual-size'])
}

async function giveMemory(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Memory', exact: true }).fill(text)
}

test('S0.7 S0.10 a live ISO is picked, recognised and started; its disk stays empty', async ({ alumna, vivero: page }) => {
  const { path, word } = await giveIso(alumna, buildLiveIso, 'Isos/groovy desktop.iso')
  nameVolume(path, 'Ubuntu 20.10 amd64')
  await page.getByRole('button', { name: 'New machine' }).first().click()
  await page.getByRole('button', { name: 'Image file…' }).click()
  await browseTo(page, { title: 'Choose a file', take: 'Open' }, ['Isos', 'groovy desktop.iso'])
  await expect(page.getByRole('button', { name: /^System / }).filter({ hasText: 'Ubuntu 20.10' })).toBeVisible()
  await expect(page.getByText('recognised', { exact: true })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Ubuntu 20.10')
  await giveMemory(page, '256')
  await create(page)

  await expectState(alumna, 'ubuntu20.10', 'running')
  const port = await serialPort(alumna, 'ubuntu20.10')
  expect(await alumna.virsh(['dumpxml', '--domain=ubuntu20.10', '--inactive'])).toContain('<libosinfo:os id="http://ubuntu.com/ubuntu/20.10"/>')
  // It looks for its medium by the name that it has no more: mounted by hand, it is there.
  await port.expectText(/vivero-guest ready/, 90_000)
  port.type('mount -t iso9660 -o ro /dev/sr0 /cdrom && echo "live word: $(cat /cdrom/word.txt)"')
  await port.expectText(new RegExp(`live word: ${word}`), 20_000)
  port.close()
  expect(await diskSize(alumna, 'ubuntu20.10')).toBeLessThan(1 * MiB)
  await forgetMachine(alumna, 'ubuntu20.10')
})

test('S0.10 another ISO draws its screen, and goes on drawing', async ({ alumna, vivero: page }) => {
  await reviewFrom(page, alumna.give('/usr/lib/ipxe/ipxe.iso', 'Downloads/ipxe.iso'))
  await giveMemory(page, '128')
  await create(page)
  const canvas = page.getByTestId('display').locator('canvas')
  await canvas.waitFor()
  const pictures = new Set<string>()
  await expect.poll(async () => {
    const picture = await canvas.screenshot()
    if (colours(picture) > 1) pictures.add(picture.toString('base64'))
    return pictures.size
  }, { timeout: 180_000 }).toBeGreaterThan(1)
  expect(await diskSize(alumna, 'ipxe')).toBeLessThan(1 * MiB)
  await forgetMachine(alumna, 'ipxe')
})

test('an ISO without a boot record is warned of, and can be used all the same', async ({ alumna, vivero: page }) => {
  await reviewFrom(page, giveDataIso(alumna, import.meta.filename, 'Downloads/photos.iso'))
  await expect(page.getByText('This ISO has no boot record: a machine does not start from it.')).toBeVisible()
  await giveMemory(page, '128')
  await create(page)
  await expectState(alumna, 'photos', 'running')
  await forgetMachine(alumna, 'photos')
})
