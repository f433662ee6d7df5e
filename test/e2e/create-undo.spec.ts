import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { asUser, held, holdable, startApp, until, type User } from '../harness/index.ts'
import { expect, test } from './support/app.ts'
import { browseTo, select } from './support/choose.ts'
import { denseImage, expectFailure, expectNothingLeft, settled } from './support/creation-faults.ts'
import { downloadGuest, reviewFrom } from './support/machines.ts'
import { freshSession } from './support/session.ts'

test.use({ options: { language: 'en', settings: {}, hostEnv: holdable(asUser('alumna')) } })
test.beforeAll(async () => {
  await freshSession(asUser('alumna'))
})

const pools = join(asUser('alumna').home, '.local/share/libvirt')

/** From "+" to the review page of the small ISO. */
async function reviewIso(page: Page, alumna: User): Promise<void> {
  await reviewFrom(page, alumna.give('/usr/lib/ipxe/ipxe.iso', 'Downloads/ipxe.iso'))
  await page.getByRole('textbox', { name: 'Memory', exact: true }).fill('128')
}

test('a pool whose folder cannot be made is taken back', async ({ app, alumna, vivero: page }) => {
  await reviewIso(page, alumna)
  // Writable, as the check sees, and yet without room for one more folder.
  const full = () => execFileSync('mount', ['-t', 'tmpfs', '-o', `nr_inodes=1,uid=${alumna.uid},gid=${alumna.uid}`, 'tmpfs', pools])
  await alumna.exec(['mkdir', '-p', pools])
  await expectFailure({ app, alumna, page, says: 'There is no room left on the disk.', mend: () => execFileSync('umount', [pools]) }, full)
  expect((await alumna.virsh(['pool-list', '--all'])).trim()).toBe('')
})

test('a folder that nobody may write in is said, and nothing is made', async ({ app, alumna, vivero: page }) => {
  await reviewIso(page, alumna)
  await alumna.exec(['mkdir', '-p', pools])
  const close = (): void => {
    chownSync(pools, 0, 0)
    chmodSync(pools, 0o755)
  }
  await expectFailure({ app, alumna, page, says: `this user may not write in ${pools}`, mend: () => chownSync(pools, alumna.uid, alumna.uid) }, close)
})

test('a name that somebody else takes meanwhile is refused, and theirs stays', async ({ app, alumna, vivero: page }) => {
  await reviewIso(page, alumna)
  const theirs = '/tmp/theirs.xml'
  writeFileSync(theirs, "<domain type='qemu'><name>ipxe</name><memory unit='MiB'>64</memory><os><type arch='x86_64'>hvm</type></os></domain>")
  await expectFailure({ app, alumna, page, says: 'There already is a machine named “ipxe”.', mend: () => alumna.virsh(['undefine', '--domain=ipxe']) }, async () => {
    await alumna.virsh(['define', `--file=${theirs}`])
  })
  rmSync(theirs)
})

test('a disk that has no room is removed again', async ({ app, alumna, vivero: page }) => {
  const folder = join(alumna.home, 'Lleno')
  mkdirSync(folder)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=2m,uid=${alumna.uid},gid=${alumna.uid}`, 'tmpfs', folder])
  try {
    const image = denseImage(alumna, 8)
    await reviewFrom(page, image)
    await select(page, 'Stored in', 'Another folder…')
    await browseTo(page, { title: 'Choose a folder', take: 'Use this folder' }, ['Lleno'])
    await expectFailure({ app, alumna, page, says: 'There is no room left on the disk.' }, () => undefined)
  } finally {
    execFileSync('umount', [folder])
  }
})

test('an image that may no longer be read leaves nothing', async ({ app, alumna, vivero: page }) => {
  const image = await downloadGuest(alumna)
  await reviewFrom(page, image)
  const mode = statSync(image).mode
  await expectFailure({ app, alumna, page, says: `This user may not read ${image}.`, mend: () => chmodSync(image, mode) }, () => {
    chmodSync(image, 0)
  })
})

test('a machine that does not start is taken back with its disk and its pool', async ({ app, alumna, vivero: page }) => {
  await reviewIso(page, alumna)
  const iso = join(alumna.home, 'Downloads/ipxe.iso')
  // libvirt's sockets and images lie in this folder: QEMU cannot make its own where it belongs to somebody else.
  const sockets = join(alumna.home, '.config/libvirt/qemu/lib')
  await alumna.virsh(['uri'])
  await until('the folder of sockets', 10_000, () => existsSync(sockets) || undefined)
  await expectFailure({ app, alumna, page, says: /./, mend: () => chownSync(sockets, alumna.uid, alumna.uid) }, () => {
    chownSync(sockets, 0, 0)
    chmodSync(sockets, 0o755)
  })
  expect(existsSync(iso)).toBe(true)
})

test('a copy that is cancelled in the middle ends at once and leaves nothing', async ({ app, alumna, vivero: page }) => {
  const image = denseImage(alumna, 64)
  await reviewFrom(page, image)
  const before = await settled(alumna, app)
  const convert = held('qemu-img', ' convert ')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  const copy = await convert
  await copy.until(join(pools, 'images/dense.qcow2'), 4 * 1024 ** 2)
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(/^Copying /)).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  copy.release()
  await expect(dialog.getByText('The creation was cancelled; nothing was left behind.')).toBeVisible({ timeout: 60_000 })
  expect((await alumna.exec(['pgrep', '-x', 'qemu-img'])).code).toBe(1)
  await page.getByRole('button', { name: 'Back', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Review and create' })).toBeVisible()
  await expectNothingLeft(before, alumna, app)
  rmSync(image)
})

test('what the app’s own death leaves is told at its next start, and taken back by a click', async ({ app, alumna, vivero: page }) => {
  const image = denseImage(alumna, 8)
  await reviewFrom(page, image)
  const before = await settled(alumna, app)
  const convert = held('qemu-img', ' convert ')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  const copy = await convert
  const disk = join(pools, 'images/dense.qcow2')
  app.process.kill('SIGKILL')
  await until('the end of the app', 10_000, () => app.process.signalCode ?? undefined)
  copy.release()
  await until('the end of the copy', 30_000, async () => ((await alumna.exec(['pgrep', '-x', 'qemu-img'])).code === 1 ? true : undefined))
  const next = await startApp({ user: alumna })
  try {
    await page.goto(next.url)
    await page.getByRole('button', { name: '1 failed' }).click()
    const job = page.locator('li[data-job]')
    await expect(job).toContainText('Create dense')
    await expect(job).toContainText('Vivero ended in the middle of this.')
    await expect(job).toContainText(`rm -f ${disk}`)
    expect(existsSync(disk), 'nothing is removed without a click').toBe(true)
    await job.getByRole('button', { name: 'Take back what is left' }).click()
    await expect(job).toHaveAttribute('data-state', 'cancelled')
    await job.getByRole('button', { name: 'Remove from list' }).click()
    await expect(job).toHaveCount(0)
    await expectNothingLeft(before, alumna, next)
  } finally {
    await next.stop()
  }
  rmSync(image)
})
