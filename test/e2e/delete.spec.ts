import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { asUser, difference, inventory, until, type User } from '../harness/index.ts'
import { expect, test } from './support/app.ts'
import { downloadGuest, expectState, forgetMachine } from './support/machines.ts'
import { freshSession } from './support/session.ts'

test.describe.configure({ mode: 'serial' })
test.use({ options: { language: 'es', settings: {}, hostEnv: {} } })
test.beforeAll(async () => {
  await freshSession(asUser('alumna'))
})

const images = join(asUser('alumna').home, '.local/share/libvirt/images')

/** Makes a machine of a file in the download folder, without its console. */
async function make(page: Page, file: string, edit: () => Promise<void> = async () => undefined): Promise<void> {
  await page.getByRole('button', { name: 'Nueva máquina' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: file }).click()
  await expect(page.getByRole('heading', { name: 'Revisar y crear' })).toBeVisible({ timeout: 60_000 })
  await page.getByRole('textbox', { name: 'Memoria' }).fill('128')
  await page.getByRole('checkbox', { name: 'Abrir la consola al terminar' }).uncheck()
  await edit()
  await page.getByRole('button', { name: 'Crear', exact: true }).click()
  await expect(page.getByRole('dialog')).toBeHidden({ timeout: 180_000 })
}

/** Opens the question of deletion from the machine's card. */
async function askDelete(page: Page, title: string): Promise<Locator> {
  await page.getByRole('button', { name: `Más para ${title}` }).click()
  await page.getByRole('menuitem', { name: 'Eliminar…' }).click()
  const dialog = page.getByRole('dialog', { name: `¿Eliminar ${title}?` })
  await expect(dialog).toBeVisible()
  return dialog
}

/** All but the app's own readings, which live for a moment. */
const looked = async (user: User): Promise<string[]> => (await inventory(user)).filter((line) => !line.includes('; echo vivero-'))
/** The same at two looks. */
function lasting(user: User): Promise<string[]> {
  let last = ''
  return until('an app at rest', 20_000, async () => {
    const now = await looked(user)
    const before = last
    last = now.join('\n')
    return last === before ? now : undefined
  })
}

const fileRow = (dialog: Locator, path: string): Locator => dialog.getByRole('listitem').filter({ hasText: path })

test('deletion ticks what was made for the machine alone, never its ISO, and removes exactly what is ticked', async ({ alumna, vivero: page }) => {
  const iso = alumna.give('/usr/lib/ipxe/ipxe.iso', 'Downloads/ipxe.iso')
  // A first machine makes the pool, which stays.
  await make(page, 'ipxe.iso')
  await expectState(alumna, 'ipxe', 'running')
  const before = await lasting(alumna)
  await make(page, 'ipxe.iso')
  await expectState(alumna, 'ipxe-2', 'running')
  await alumna.virsh(['destroy', '--domain=ipxe-2'])
  await expect(page.locator('article').filter({ hasText: 'ipxe 2' }).getByText('Apagada').first()).toBeVisible()

  const dialog = await askDelete(page, 'ipxe 2')
  const disk = fileRow(dialog, join(images, 'ipxe-2.qcow2'))
  await expect(disk.getByRole('checkbox')).toBeChecked()
  await expect(disk).toContainText(/\d+([.,]\d+)?\s(KiB|kB|kB) · Creado por Vivero para esta máquina; nada más lo usa\./)
  const cd = fileRow(dialog, iso)
  await expect(cd.getByRole('checkbox')).not.toBeChecked()
  await expect(cd).toContainText(/[\d.,]+\s(MiB|MB|KiB|kB)/)
  await expect(cd).toContainText('Lo usa ipxe.')
  await expect(cd.getByRole('checkbox')).toBeDisabled()
  await dialog.getByRole('button', { name: /^Eliminar máquina y 1 archivo/ }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('ipxe 2 se ha eliminado, con 1 archivo')).toBeVisible()
  await expect.poll(async () => difference(before, await looked(alumna))).toEqual([])

  // The last machine with this ISO: it may go, but only where somebody ticks it.
  await alumna.virsh(['destroy', '--domain=ipxe'])
  await expect(page.locator('article').getByText('Apagada').first()).toBeVisible()
  const full = await lasting(alumna)
  const last = await askDelete(page, 'ipxe')
  await expect(fileRow(last, iso).getByRole('checkbox')).toBeEnabled()
  await expect(fileRow(last, iso).getByRole('checkbox')).not.toBeChecked()
  await last.getByRole('button', { name: /^Eliminar máquina y 1 archivo/ }).click()
  await expect(last).toBeHidden()
  const size = statSync(iso).size
  expect(size).toBeGreaterThan(0)
  const lost = difference(full, await lasting(alumna))
  expect(lost.filter((line) => line.startsWith('+'))).toEqual([])
  expect(lost.filter((line) => !/\.config\/libvirt\/qemu\/ipxe\.xml|\.cache\//.test(line))).toEqual([
    expect.stringContaining(`- file ${join(images, 'ipxe.qcow2')} `),
    '- machine qemu:///session ipxe',
    expect.stringMatching(/^- volume qemu:\/\/\/session default: ipxe\.qcow2 /),
  ])
})

test('a disk that another stands on cannot be ticked, and the dialog says whose', async ({ alumna, vivero: page }) => {
  await downloadGuest(alumna)
  await make(page, 'cirros-0.3.5.qcow2')
  await alumna.virsh(['destroy', '--domain=cirros0.3.5'])
  const base = join(images, 'cirros0.3.5.qcow2')
  const overlay = join(images, 'encima.qcow2')
  expect((await alumna.exec(['qemu-img', 'create', '-q', '-f', 'qcow2', '-b', base, '-F', 'qcow2', overlay])).code).toBe(0)
  await alumna.virsh(['pool-refresh', '--pool=default'])
  await expect(page.locator('article').getByText('Apagada').first()).toBeVisible()

  const dialog = await askDelete(page, 'CirrOS 0.3.5')
  await expect(fileRow(dialog, base).getByRole('checkbox')).toBeDisabled()
  await expect(fileRow(dialog, base).getByRole('checkbox')).not.toBeChecked()
  await expect(fileRow(dialog, base)).toContainText('Es la base de encima.qcow2.')
  await dialog.getByRole('button', { name: 'Eliminar máquina', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('heading', { name: 'Aún no hay máquinas' })).toBeVisible()
  expect(existsSync(base)).toBe(true)
  expect((await alumna.virsh(['list', '--all'])).trim()).toBe('')
})

test('a ticked disk is kept where the tick is taken away; a running machine is forced off first', async ({ alumna, vivero: page }) => {
  alumna.give('/usr/lib/ipxe/ipxe.iso', 'Downloads/ipxe.iso')
  await make(page, 'ipxe.iso')
  const disk = join(images, 'ipxe.qcow2')
  await page.locator('article').filter({ hasText: 'ipxe' }).click({ button: 'right' })
  const entry = page.getByRole('menuitem', { name: 'Eliminar…' })
  await expect(entry).toHaveAttribute('aria-disabled', 'true')
  await expect(entry).toHaveAccessibleDescription('Está encendida: hay que apagarla o forzar su apagado antes.')
  await page.getByRole('menuitem', { name: 'Forzar apagado' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Forzar apagado' }).click()
  await expectState(alumna, 'ipxe', 'shut off')
  await expect(page.locator('article').getByText('Apagada').first()).toBeVisible()
  const dialog = await askDelete(page, 'ipxe')
  await fileRow(dialog, disk).getByRole('checkbox').uncheck()
  await dialog.getByRole('button', { name: 'Eliminar máquina', exact: true }).click()
  await expect(dialog).toBeHidden()
  expect((await alumna.virsh(['list', '--all'])).trim()).toBe('')
  expect(existsSync(disk)).toBe(true)
  await forgetMachine(alumna, 'ipxe')
})
