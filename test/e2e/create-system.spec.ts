/** A new machine on QEMU/KVM, made by a member of group libvirt: its network, its files, its display, its address. */
import { chmodSync, readdirSync, rmSync, statSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import { test, type Page } from '@playwright/test'
import { asUser, held, holdable, until } from '../harness/index.ts'
import { openMore } from './support/actions.ts'
import { denseImage, expectNothingLeft, settled, type Beside } from './support/creation-faults.ts'
import { expect } from './support/expect.ts'
import { create, downloadGuest, reviewFrom } from './support/machines.ts'
import { colours } from './support/png.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'

test.describe.configure({ mode: 'serial' })

const alumna = asUser('alumna')
const root = asUser('root')
const images = '/var/lib/libvirt/images'
const system = ['-c', 'qemu:///system']
const beside: Beside = {
  connections: ['qemu:///session', 'qemu:///system'],
  folders: [images, '/etc/libvirt/qemu', '/etc/libvirt/storage'],
}
let shared: SharedApp

test.beforeAll(async ({ browser }) => {
  shared = await openShared(browser, { connections: ['qemu:///system'], env: holdable(alumna) })
})
test.afterAll(async () => {
  await shared.close()
  await forgetAll()
})

/** Takes away what the system connection has, and switches its network off. */
async function forgetAll(): Promise<void> {
  const names = async (...args: string[]): Promise<string[]> =>
    (await root.virsh([...system, ...args])).split('\n').filter((line) => line !== '')
  for (const uuid of await names('list', '--all', '--uuid')) {
    await root.exec(['virsh', ...system, 'destroy', `--domain=${uuid}`])
    await root.virsh([...system, 'undefine', `--domain=${uuid}`, '--nvram'])
  }
  for (const uuid of await names('pool-list', '--all', '--uuid')) {
    await root.exec(['virsh', ...system, 'pool-destroy', `--pool=${uuid}`])
    await root.virsh([...system, 'pool-undefine', `--pool=${uuid}`])
  }
  for (const name of readdirSync(images)) rmSync(join(images, name))
  await root.exec(['virsh', ...system, 'net-destroy', '--network=default'])
}

/** From the machines page of QEMU/KVM to the review page of a file. */
async function review(file: string): Promise<Page> {
  const { page } = shared
  await page.getByRole('region', { name: 'QEMU/KVM' }).getByRole('link', { name: /^Machines/ }).click()
  await reviewFrom(page, file)
  await page.getByRole('textbox', { name: 'Memory', exact: true }).fill('128')
  return page
}

/** Whom a file belongs to and who may use it. */
const ownership = (path: string): Pick<Stats, 'uid' | 'gid' | 'mode' | 'ino'> => {
  const { uid, gid, mode, ino } = statSync(path)
  return { uid, gid, mode, ino }
}

const button = (name: string) => shared.page.getByRole('button', { name, exact: true })

async function forceOff(title: string): Promise<void> {
  await (await openMore(shared.page, title)).getByRole('menuitem', { name: 'Force off', exact: true }).click()
  await shared.page.getByRole('dialog').getByRole('button', { name: 'Force off' }).click()
}

test('a file in a home that QEMU may not enter is copied into the pool, and the machine gets an address from the network', async () => {
  const file = await downloadGuest(alumna)
  chmodSync(alumna.home, 0o700)
  const before = ownership(file)
  const page = await review(file)
  const dialog = page.getByRole('dialog')

  // The ready answer, with its reason; the other is refused in words, with the command that would allow it.
  const copy = dialog.getByRole('radio', { name: 'Copy into pool “default”' })
  const inPlace = dialog.getByText('Use where it is', { exact: true })
  await expect(copy).toBeChecked()
  await expect(dialog.getByText('It is copied, since QEMU runs as libvirt-qemu here and may not enter /home/alumna.')).toBeVisible()
  await expect(button('Create')).toBeEnabled()
  await inPlace.click()
  await expect(dialog.getByText(/QEMU runs as libvirt-qemu here and may not enter \/home\/alumna\. Have the file copied, or let that user in with this command: (chmod o\+x|setfacl -m u:libvirt-qemu:x) \/home\/alumna/)).toBeVisible()
  await expect(button('Create')).toBeDisabled()
  await dialog.getByText('Copy into pool “default”', { exact: true }).click()

  await expect(dialog.getByRole('combobox', { name: 'Network', exact: true })).toHaveValue('Virtual network “default” (off: it is started too)')
  await expect(dialog.getByText('The network “default” is not active; Create starts it.')).toBeVisible()
  await expect(button('Create')).toBeEnabled()
  await button('Commands that this runs').click()
  const commands = dialog.getByRole('region', { name: 'Commands that this runs' })
  await expect(commands).toContainText('net-start --network=default')
  const shown = await commands.innerText()
  expect(shown).toContain('vol-create --pool=default')
  expect(shown).toContain('vol-upload --pool=default --vol=cirros0.3.5.qcow2')
  expect(shown).toContain('read -rs SECRET')
  await create(page)

  expect((await alumna.virsh([...system, 'domstate', '--domain=cirros0.3.5'])).trim()).toBe('running')
  expect(await alumna.virsh([...system, 'domblklist', '--domain=cirros0.3.5'])).toContain(`${images}/cirros0.3.5.qcow2`)
  expect((await alumna.virsh([...system, 'net-list', '--name'])).trim()).toBe('default')
  expect(ownership(file)).toEqual(before)
  const screen = page.getByTestId('display').locator('canvas')
  await expect.poll(async () => colours(await screen.screenshot()), { timeout: 60_000 }).toBeGreaterThan(1)
  const lease = await until('a lease', 90_000, async () =>
    /192\.168\.122\.\d+/.exec(await alumna.virsh([...system, 'net-dhcp-leases', '--network=default']))?.[0])
  await page.getByText('Details', { exact: true }).click()
  await expect(page.getByText(new RegExp(`${lease.replaceAll('.', '\\.')}[^]*lent by the network’s DHCP`)).first()).toBeVisible()

  // Only this computer reaches the display, and only with a password that is written nowhere of the person's.
  const xml = await root.virsh([...system, 'dumpxml', '--domain=cirros0.3.5', '--security-info'])
  const password = /<graphics type='vnc'[^>]* passwd='([^']{8})'/.exec(xml)?.[1] ?? ''
  expect(password).toMatch(/^[A-Za-z2-9]{8}$/)
  expect(xml).toMatch(/<graphics type='vnc'[^>]* listen='127\.0\.0\.1'/)
  const listening = (await root.exec(['ss', '-Hltn'])).stdout.split('\n').filter((line) => line.includes(':59'))
  expect(listening.map((line) => line.trim().split(/\s+/)[3])).toEqual(['127.0.0.1:5900'])
  expect(shown).not.toContain(password)
  expect(shared.app.printed()).not.toContain(password)
  await page.getByRole('button', { name: /^Commands \(/ }).click()
  await expect(page.getByText('vol-upload').first()).toBeVisible()
  expect(await page.locator('body').innerText()).not.toContain(password)
  await page.keyboard.press('Escape')
  const written = await root.exec(['grep', '-rlF', '--', password, alumna.home, '/tmp', '/var/tmp', `/run/user/${alumna.uid}`, '/var/log', '/run/lab/log'])
  expect(written.stdout).toBe('')

  await forceOff('CirrOS 0.3.5')
  await until('off', 20_000, async () => (await alumna.virsh([...system, 'list', '--name'])).trim() === '' || undefined)
  expect(ownership(file)).toEqual(before)
  chmodSync(alumna.home, 0o755)
})

test('a file that QEMU can read stays where it is and whose it is, while the machine runs and after', async () => {
  const iso = alumna.give('/usr/lib/ipxe/ipxe.iso', 'Downloads/ipxe.iso')
  const disk = await downloadGuest(alumna, 'own.qcow2')
  const before = [ownership(iso), ownership(disk)]
  let page = await review(iso)
  await expect(page.getByRole('radio', { name: 'Use where it is' })).toHaveCount(0)
  await page.getByRole('checkbox', { name: 'Open the console when it is made' }).uncheck()
  await create(page)
  expect(await alumna.virsh([...system, 'domblklist', '--domain=ipxe'])).toContain(iso)
  expect([ownership(iso), ownership(disk)]).toEqual(before)

  // A disk is written to: QEMU's user has it for as long as the machine runs, and the page says so beforehand.
  page = await review(disk)
  await page.getByText('Use where it is', { exact: true }).click()
  await expect(page.getByText(/^While the machine runs, this file belongs to libvirt-qemu/)).toBeVisible()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('own')
  await page.getByRole('checkbox', { name: 'Open the console when it is made' }).uncheck()
  await create(page)
  expect(await alumna.virsh([...system, 'domblklist', '--domain=own'])).toContain(disk)
  for (const name of ['ipxe', 'own']) await alumna.virsh([...system, 'destroy', `--domain=${name}`])
  await expect.poll(() => [ownership(iso), ownership(disk)]).toEqual(before)
})

test('an ISO that libvirt would take from its owner for good is copied instead', async () => {
  const iso = alumna.give('/usr/lib/ipxe/ipxe.iso', 'Downloads/mine.iso')
  chmodSync(iso, 0o600)
  const before = ownership(iso)
  const page = await review(iso)
  await expect(page.getByRole('radio', { name: 'Copy into pool “default”' })).toBeChecked()
  await expect(page.getByText(`It is copied, since QEMU runs as libvirt-qemu here and may not read ${iso}.`)).toBeVisible()
  await page.getByRole('checkbox', { name: 'Open the console when it is made' }).uncheck()
  await create(page)
  expect((await alumna.virsh([...system, 'domstate', '--domain=mine'])).trim()).toBe('running')
  expect(await alumna.virsh([...system, 'domblklist', '--domain=mine'])).toContain(`${images}/mine.iso`)
  await alumna.virsh([...system, 'destroy', '--domain=mine'])
  expect(ownership(iso)).toEqual(before)
})

test('a copy sent to libvirt tells how far it is, and cancelled in the middle leaves nothing', async () => {
  await forgetAll()
  const image = denseImage(alumna, 64)
  chmodSync(alumna.home, 0o700)
  const page = await review(image)
  const before = await settled(alumna, shared.app, beside)
  const sent = held('virsh', ' vol-upload ')
  await button('Create').click()
  const dialog = page.getByRole('dialog')
  const upload = await sent
  await upload.until(images, 4 * 1024 ** 2)
  await expect(dialog.getByText(`Copying ${image}`)).toBeVisible()
  await expect(dialog.getByRole('progressbar')).toHaveAccessibleName(/^[1-9]\d?\s?%$/)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  upload.release()
  await expect(dialog.getByText('The creation was cancelled; nothing was left behind.')).toBeVisible({ timeout: 60_000 })
  await button('Back').click()
  await expectNothingLeft(before, alumna, shared.app, beside)
  expect(readdirSync(images)).toEqual([])
  chmodSync(alumna.home, 0o755)
})
