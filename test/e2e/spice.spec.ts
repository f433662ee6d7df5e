/** Machines whose only display is SPICE, as virt-manager and Boxes make them. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@playwright/test'
import { asUser, until } from '../harness/index.ts'
import { withDocument } from './support/documents.ts'
import { expect } from './support/expect.ts'
import { expectState, openMachine } from './support/machines.ts'
import { freshSession } from './support/session.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'

const alumna = asUser('alumna')
const name = 'debian12'
let shared: SharedApp | undefined
let seen = ''

const open = (): SharedApp => {
  if (!shared) throw new Error('no app')
  return shared
}
const displays = async (): Promise<string[]> =>
  [...(await alumna.virsh(['dumpxml', `--domain=${name}`, '--inactive'])).matchAll(/<graphics type='(\w+)'/g)].map(([, type = '']) => type)

test.beforeAll(async ({ browser }) => {
  await freshSession(alumna)
  const words = ['--name', name, '--memory', '64', '--vcpus', '1', '--virt-type', 'qemu', '--osinfo', 'debian11', '--disk', 'none', '--import']
  const made = await alumna.exec(['virt-install', '--connect', 'qemu:///session', ...words, '--graphics', 'spice', '--noautoconsole', '--print-xml', '1'])
  expect(made.code, made.stderr).toBe(0)
  await withDocument(alumna, ['define'], made.stdout)
  // a viewer of the person's: it notes what it was asked to open, and goes on like one whose window is open
  const programs = join(alumna.home, 'bin')
  seen = join(alumna.home, 'viewer-asked')
  mkdirSync(programs, { recursive: true })
  shared = await openShared(browser, { fresh: false, env: { PATH: `${programs}:${process.env['PATH'] ?? ''}` } })
})
test.afterAll(() => shared?.close())

test('a machine with SPICE alone offers the package of a viewer, then the viewer itself', async () => {
  const { page } = open()
  const viewer = join(alumna.home, 'bin', 'virt-viewer')
  await alumna.virsh(['start', `--domain=${name}`])
  const uuid = (await alumna.virsh(['domuuid', `--domain=${name}`])).trim()
  await openMachine(page, name)
  await expect(page.getByRole('heading', { name: 'This machine has no VNC display' })).toBeVisible()
  await expect(page.getByText('Install the package virt-viewer, then run:')).toBeVisible()
  await expect(page.getByText(`virt-viewer -c qemu:///session --attach --uuid -- ${uuid}`)).toBeVisible()
  writeFileSync(viewer, `#!/bin/sh\nprintf '%s\\n' "$@" > '${seen}'\nexec sleep 30\n`)
  chmodSync(viewer, 0o755)
  await page.getByRole('button', { name: 'Retry' }).click()
  await page.getByRole('button', { name: 'Open in Virt Viewer' }).click()
  await expect(page.getByText('Virt Viewer was opened')).toBeVisible()
  await expect.poll(() => existsSync(seen) && readFileSync(seen, 'utf8').trim().split('\n')).toEqual(['-c', 'qemu:///session', '--attach', '--uuid', '--', uuid])
  writeFileSync(viewer, "#!/bin/sh\necho 'cannot open display:' >&2\nexit 1\n")
  await page.getByRole('button', { name: 'Open in Virt Viewer' }).click()
  const failure = page.getByRole('alert').filter({ hasText: 'virt-viewer could not show the machine.' })
  await failure.getByRole('button', { name: 'Show details' }).click()
  await expect(failure.getByText('cannot open display:')).toBeVisible()
  await failure.getByRole('button', { name: 'Close' }).click()
})

test('a VNC display is added beside SPICE from the next start, undone by one click, and shows the console here', async () => {
  const { page } = open()
  const before = await alumna.virsh(['dumpxml', `--domain=${name}`, '--inactive'])
  await page.getByRole('button', { name: 'Add a VNC display beside it' }).click()
  await expect(page.getByText('shut the machine down and start it again. The SPICE display stays as it is.')).toBeVisible()
  expect(await displays()).toEqual(['spice', 'vnc'])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('button', { name: 'Add a VNC display beside it' })).toBeVisible()
  expect(await alumna.virsh(['dumpxml', `--domain=${name}`, '--inactive'])).toBe(before)
  await page.getByRole('button', { name: 'Add a VNC display beside it' }).click()
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  await alumna.virsh(['destroy', `--domain=${name}`])
  await page.getByRole('main').getByRole('button', { name: 'Start', exact: true }).click()
  await expect(page.locator('[data-testid=display][data-phase=connected]')).toBeVisible({ timeout: 60_000 })
  const live = await alumna.virsh(['domdisplay', `--domain=${name}`, '--all'])
  expect(live).toContain('spice://127.0.0.1:')
  expect(live).toContain('vnc+unix://')
})

test('VNC is taken away again on the page of details, and added to a machine that is off', async () => {
  const { page } = open()
  await page.getByText('Details', { exact: true }).click()
  await page.getByRole('button', { name: 'Remove the VNC display' }).click()
  await until('SPICE alone', 10_000, async () => ((await displays()).join() === 'spice' ? true : undefined))
  await expect(page.getByRole('button', { name: 'Remove the VNC display' })).toBeHidden()
  await page.getByText('Console', { exact: true }).click()
  await alumna.virsh(['destroy', `--domain=${name}`])
  await expectState(alumna, name, 'shut off')
  await expect(page.getByText('Its display is SPICE, which Vivero does not show.')).toBeVisible()
  await page.getByRole('button', { name: 'Add a VNC display beside it' }).click()
  await expect(page.getByText('The next start adds a VNC display.')).toBeVisible()
  expect(await displays()).toEqual(['spice', 'vnc'])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Its display is SPICE, which Vivero does not show.')).toBeVisible()
  expect(await displays()).toEqual(['spice'])
})
