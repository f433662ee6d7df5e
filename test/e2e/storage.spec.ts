/** Storage pools and their volumes, made, filled, emptied and deleted by clicks, and seen by virsh. */
import { readFileSync, statSync } from 'node:fs'
import { test, type Locator } from '@playwright/test'
import { ensureGuest } from '../guest/index.ts'
import { asUser, inventory, openPublisher } from '../harness/index.ts'
import { browseTo } from './support/choose.ts'
import { expect } from './support/expect.ts'
import { forgetMachine } from './support/machines.ts'
import { inBoth } from './support/other-language.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'
import { defineTiny, tinyDisk } from './support/tiny-machines.ts'

test.describe.configure({ mode: 'serial' })

const alumna = asUser('alumna')
const root = asUser('root')
const uri = 'qemu:///system'
const system = (...args: readonly string[]): Promise<string> => alumna.virsh(['-c', uri, ...args])
const images = `${alumna.home}/.local/share/libvirt/images`
let shared: SharedApp

test.beforeAll(async ({ browser }) => {
  shared = await openShared(browser, { connections: [uri] })
})
test.afterAll(async () => {
  await shared.close()
  await forgetMachine(alumna, 'user-of-it')
  for (const pool of ['default', 'isos']) for (const verb of ['pool-destroy', 'pool-undefine']) await root.exec(['virsh', '-c', uri, verb, `--pool=${pool}`])
})

async function show(connection: string): Promise<void> {
  await shared.page.getByRole('region', { name: connection }).getByRole('link', { name: /^Storage/ }).click()
  await expect(shared.page.getByRole('heading', { name: 'Storage', level: 1 })).toBeVisible()
}

const button = (name: string): Locator => shared.page.getByRole('button', { name, exact: true })
const dialog = (name: string): Locator => shared.page.getByRole('dialog', { name })
const fact = (label: string): Locator => shared.page.locator('dl > div').filter({ has: shared.page.getByText(label, { exact: true }) }).locator('dd')
const entry = (name: string): Locator => shared.page.getByRole('navigation', { name: 'Storage' }).getByRole('link', { name: new RegExp(name) })
const volume = (name: string): Locator =>
  shared.page.getByRole('table', { name: 'Volumes' }).getByRole('row').filter({ has: shared.page.getByRole('cell', { name, exact: true }) })
const mine = (path: string): { owner: number; mode: string } => ({ owner: statSync(path).uid, mode: (statSync(path).mode & 0o777).toString(8) })

/** Name and folder typed into the sheet. */
async function newPool(name: string, folder: string): Promise<Locator> {
  await button('New pool').click()
  const sheet = dialog('New storage pool')
  await sheet.getByRole('textbox', { name: 'Name' }).fill(name)
  await sheet.getByRole('textbox', { name: 'Folder' }).fill(folder)
  return sheet
}

/** The rows of `pool-info`: `State: running` and the like. */
async function info(args: readonly string[]): Promise<Record<string, string>> {
  const lines = (await alumna.virsh(args)).split('\n')
  return Object.fromEntries(lines.flatMap((line) => [/^(\S+):\s+(.*)$/.exec(line)?.slice(1) ?? []]).filter((pair) => pair.length === 2))
}
const volumes = async (pool: string, ...on: readonly string[]): Promise<string[]> =>
  (await alumna.virsh([...on, 'vol-list', `--pool=${pool}`])).split('\n').flatMap((line) => line.trim().split(/\s+/)[0] || [])

test('S1.4 S1.6 a fresh session has no pools; one click defines, builds and starts the default one, with autostart', async () => {
  expect((await alumna.virsh(['pool-list', '--all', '--name'])).trim()).toBe('')
  await show('User session')
  await expect(shared.page.getByRole('heading', { name: 'No storage pools' })).toBeVisible()
  expect((await alumna.virsh(['pool-list', '--all', '--name'])).trim()).toBe('')
  await button('Create the default pool').click()
  await expect(shared.page.getByRole('heading', { name: 'default', level: 2 })).toBeVisible()
  await expect.poll(() => alumna.virsh(['pool-list', '--all', '--details'])).toMatch(/^\s*default\s+running\s+yes\s+yes\s/m)
  const xml = await alumna.virsh(['pool-dumpxml', '--pool=default'])
  expect(xml).toContain("<pool type='dir'>")
  expect(xml).toContain(`<path>${images}</path>`)
  expect(mine(images)).toEqual({ owner: alumna.uid, mode: '711' })
  await expect(fact('Location')).toHaveText(images)
  await expect(shared.page.getByRole('switch', { name: 'Starts with the session’s libvirt' })).toBeChecked()
})

test('S1.7 S2.16 a pool is defined, built, started, given its autostart, stopped and deleted one by one; its files stay', async () => {
  const sheet = await newPool('pasos', '~/pasos')
  await expect(sheet.getByText(`${alumna.home}/pasos`, { exact: true })).toBeVisible()
  await sheet.getByRole('radio', { name: 'Define it only' }).check()
  await sheet.getByRole('button', { name: 'Create pool' }).click()
  await expect(shared.page.getByRole('heading', { name: 'pasos', level: 2 })).toBeVisible()
  const pool = ['pool-info', '--pool=pasos']
  expect(await info(pool)).toMatchObject({ State: 'inactive', Persistent: 'yes', Autostart: 'no' })
  await button('Start pool').click()
  const missing = shared.page.getByRole('alert').filter({ hasText: `The folder “${alumna.home}/pasos” does not exist.` })
  await missing.getByRole('button', { name: 'Make the folder' }).click()
  await expect(missing).toBeHidden()
  expect(mine(`${alumna.home}/pasos`)).toEqual({ owner: alumna.uid, mode: '711' })
  await button('Make its folder').click() // again does no harm
  await button('Start pool').click()
  await expect(button('Stop pool')).toBeVisible()
  expect(await info(pool)).toMatchObject({ State: 'running', Autostart: 'no' })
  const autostart = shared.page.getByRole('switch', { name: 'Starts with the session’s libvirt' })
  await autostart.click({ force: true })
  await expect(autostart).toBeChecked()
  await expect.poll(() => info(pool)).toMatchObject({ Autostart: 'yes' })
  await button('Stop pool').click()
  await expect(button('Start pool')).toBeVisible()
  expect(await info(pool)).toMatchObject({ State: 'inactive' })
  await alumna.exec(['cp', '/etc/hostname', 'pasos/kept'])
  await defineTiny(alumna, 'user-of-it', 'Pasos a paso', { devices: { disk: { ...tinyDisk('', 'raw'), '@type': 'volume', source: { '@pool': 'pasos', '@volume': 'kept' } } } })
  await button('More for pasos').click()
  await shared.page.getByRole('menuitem', { name: 'Delete…', exact: true }).click()
  const question = dialog('Delete the storage pool “pasos”?')
  await expect(question.getByText('These machines name their disks by this pool and do not start without it:')).toBeVisible()
  await expect(question.getByRole('listitem')).toHaveText(['Pasos a paso'])
  await forgetMachine(alumna, 'user-of-it')
  await expect(question.getByText(`libvirt forgets the pool. Its files stay where they are, in ${alumna.home}/pasos.`)).toBeVisible()
  await question.getByRole('button', { name: 'Delete pool' }).click()
  await expect(entry('pasos')).toHaveCount(0)
  expect((await alumna.virsh(['pool-list', '--all', '--name'])).trim()).toBe('default')
  expect(statSync(`${alumna.home}/pasos/kept`).size).toBeGreaterThan(0)
})

test('S1.9 S1.11 a file and an address are put into the pool under other names, a file copied in by hand appears, and nothing but files is left', async () => {
  await alumna.exec(['mkdir', '-p', 'Downloads'])
  await alumna.exec(['qemu-img', 'create', '-q', '-f', 'qcow2', 'Downloads/cirros-0.3.5.img', '8M'])
  await button('Add a file or an address…').click()
  const sheet = dialog('Add to the storage pool “default”')
  await sheet.getByRole('button', { name: 'Browse…' }).click()
  await browseTo(shared.page, { title: 'Choose a file', take: 'Open' }, ['cirros-0.3.5.img'])
  const name = sheet.getByRole('textbox', { name: 'Name in the pool' })
  await expect(name).toHaveValue('cirros-0.3.5.img')
  await name.fill('cirros.qcow2')
  await sheet.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(volume('cirros.qcow2').getByRole('cell').nth(1)).toHaveText('qcow2')
  expect(await volumes('default')).toEqual(['cirros.qcow2'])
  expect((await alumna.exec(['qemu-img', 'info', `${images}/cirros.qcow2`])).stdout).toContain('file format: qcow2')
  expect(readFileSync(`${images}/cirros.qcow2`).equals(readFileSync(`${alumna.home}/Downloads/cirros-0.3.5.img`))).toBe(true)

  const publisher = await openPublisher()
  publisher.put('/releases/small.img', { content: readFileSync(`${images}/cirros.qcow2`) })
  await button('Add a file or an address…').click()
  await sheet.getByRole('textbox', { name: 'File or address' }).fill(publisher.address('/releases/small.img'))
  await expect(name).toHaveValue('small.img')
  await name.fill('cirros.qcow2')
  await expect(sheet.getByText('There already is a “cirros.qcow2” in the storage pool “default”. Choose another name.')).toBeVisible()
  await name.fill('fetched.qcow2')
  await sheet.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(volume('fetched.qcow2').getByRole('cell').nth(1)).toHaveText('qcow2')
  await publisher.close()

  await alumna.exec(['cp', `${images}/cirros.qcow2`, `${images}/by hand.qcow2`])
  await button('Refresh').click()
  await expect(volume('by hand.qcow2')).toBeVisible()
  expect(await alumna.virsh(['vol-list', '--pool=default'])).toContain('by hand.qcow2')
  expect((await inventory(alumna)).filter((line) => /\.part|fetching-|process (dd|virsh vol-upload)/.test(line))).toEqual([])
})

test('S2.10 volumes say who uses them: what a machine or an image stands on cannot be deleted, the rest can', async () => {
  await alumna.exec(['qemu-img', 'create', '-q', '-f', 'qcow2', '-b', `${images}/fetched.qcow2`, '-F', 'qcow2', `${images}/above.qcow2`])
  await defineTiny(alumna, 'user-of-it', 'User of it', { devices: { disk: tinyDisk(`${images}/cirros.qcow2`, 'qcow2') } })
  await button('Refresh').click()
  await expect(volume('cirros.qcow2').getByRole('link', { name: 'User of it' })).toBeVisible()
  for (const [name, why] of [['cirros.qcow2', 'In use by: User of it'], ['fetched.qcow2', 'These images stand on it: above.qcow2']] as const) {
    await button(`More for ${name}`).click()
    const remove = shared.page.getByRole('menuitem', { name: /^Delete…/ })
    await expect(remove).toBeDisabled()
    await expect(remove).toContainText(why)
    await shared.page.keyboard.press('Escape')
    await expect(remove).toBeHidden()
  }
  await button('More for by hand.qcow2').click()
  await shared.page.getByRole('menuitem', { name: 'Delete…', exact: true }).click()
  const question = dialog('Delete “by hand.qcow2”?')
  await expect(question.getByText(`${images}/by hand.qcow2`)).toBeVisible()
  await question.getByRole('button', { name: 'Delete file' }).click()
  await expect(volume('by hand.qcow2')).toHaveCount(0)
  expect(await volumes('default')).toEqual(['above.qcow2', 'cirros.qcow2', 'fetched.qcow2'])
})

test('S2.6 S2.10 the default pool of the system is listed with its use, place, state and autostart', async () => {
  await show('QEMU/KVM')
  await button('Create the default pool').click()
  await expect(fact('Location')).toHaveText('/var/lib/libvirt/images')
  await expect(fact('Type')).toHaveText('Folder (dir)')
  await expect(shared.page.getByRole('switch', { name: 'Starts with the host' })).toBeChecked()
  const { State, Autostart, Available = '' } = await info(['-c', uri, 'pool-info', '--pool=default'])
  expect({ State, Autostart }).toEqual({ State: 'running', Autostart: 'yes' })
  // one digit after the comma may be rounded up to the next
  const free = `(?:${Math.floor(Number.parseFloat(Available))}|${Math.ceil(Number.parseFloat(Available))})`
  const use = inBoth({ en: new RegExp(`in use \\(\\d+%\\), ${free}\\.\\d+\\sGiB free of`), es: new RegExp(`en uso \\(\\d+\\s%\\), ${free},\\d+\\sGiB libres de`) })
  await expect(shared.page.getByText(use)).toBeVisible()
})

test('S2.11 S2.12 S2.13 ~/Descargas/isos becomes the pool isos: expanded, made as this person, active with autostart; an ISO that she copies in is a volume; the same folder twice is refused in words', async () => {
  const folder = `${alumna.home}/Descargas/isos`
  const sheet = await newPool('isos', '~/Descargas/isos')
  await expect(sheet.getByText(`There is no folder ${folder} yet: it is made.`)).toBeVisible()
  await sheet.getByRole('button', { name: 'Create pool' }).click()
  await expect(shared.page.getByRole('heading', { name: 'isos', level: 2 })).toBeVisible()
  const xml = await system('pool-dumpxml', '--pool=isos')
  expect(xml).toContain("<pool type='dir'>")
  expect(xml).toContain(`<path>${folder}</path>`)
  expect(await info(['-c', uri, 'pool-info', '--pool=isos'])).toMatchObject({ State: 'running', Persistent: 'yes', Autostart: 'yes' })
  expect(mine(folder)).toEqual({ owner: alumna.uid, mode: '711' })
  await expect(shared.page.getByRole('navigation', { name: 'Storage' }).getByRole('link')).toHaveCount(2)

  const { iso } = await ensureGuest()
  alumna.give(iso, 'netinst.iso')
  expect(await alumna.exec(['cp', 'netinst.iso', 'Descargas/isos/']), 'she may copy into her folder').toMatchObject({ code: 0 })
  await button('Refresh').click()
  await expect(volume('netinst.iso').getByRole('cell').nth(1)).toHaveText('iso')
  await expect(volume('netinst.iso').getByRole('cell').nth(2)).toContainText(/^\d+([.,]\d+)?\sMiB/)
  expect(await volumes('isos', '-c', uri)).toEqual(['netinst.iso'])

  await alumna.exec(['ln', '-s', folder, 'link to isos'])
  const again = await newPool('otra', '~/link to isos')
  await expect(again.getByText('The storage pool “isos” has that folder already. Use that pool, or choose another folder.')).toBeVisible()
  await expect(again.getByRole('button', { name: 'Create pool' })).toBeDisabled()
  await again.getByRole('textbox', { name: 'Name' }).fill('-x/../"<b>')
  await expect(again.getByText('A name cannot hold a “/”.')).toBeVisible()
  await again.getByRole('button', { name: 'Types that this host knows' }).click()
  await expect(again.getByRole('listitem').filter({ hasText: 'Sheepdog (sheepdog): not installed on this host' })).toBeVisible()
  await again.getByRole('button', { name: 'Cancel' }).click()
  expect((await system('pool-list', '--all', '--name')).split('\n').map((line) => line.trim()).filter(Boolean)).toEqual(['default', 'isos'])
})
