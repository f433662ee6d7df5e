/**
 * What a new machine can be plugged into, on the system and in a session; and what is said of a running machine whose
 * guest, host or document differs from what it should be.
 */
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { test, type Locator, type Page } from '@playwright/test'
import { asUser } from '../harness/index.ts'
import { lan, startLan, type Lan } from '../harness/lan.ts'
import { select } from './support/choose.ts'
import { withDocument } from './support/documents.ts'
import { expect } from './support/expect.ts'
import { create, forgetMachine, openMachine, reviewFrom } from './support/machines.ts'
import { inBoth } from './support/other-language.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'
import { defineTiny } from './support/tiny-machines.ts'

test.describe.configure({ mode: 'serial' })

const alumna = asUser('alumna')
const root = asUser('root')
const system = ['-c', 'qemu:///system']
const BRIDGE = 'br-aula'
const PORT = 7_781
const MAC = '52:54:00:00:00:71'
let shared: SharedApp
let local: Lan
let holder: Server | null = null

test.beforeAll(async ({ browser }) => {
  local = await startLan()
  await root.exec(['ip', 'link', 'add', 'name', BRIDGE, 'type', 'bridge'])
  await root.exec(['ip', 'link', 'set', 'dev', BRIDGE, 'up'])
  shared = await openShared(browser, { connections: ['qemu:///system'] })
})
test.afterAll(async () => {
  holder?.close()
  await shared.close()
  for (const args of [['destroy', '--domain=ipxe'], ['undefine', '--domain=ipxe', '--remove-all-storage'], ['pool-destroy', '--pool=default'], ['pool-undefine', '--pool=default']]) {
    await root.exec(['virsh', ...system, ...args])
  }
  await forgetMachine(alumna, 'prueba')
  await root.exec(['ip', 'link', 'delete', 'dev', BRIDGE])
  await local.stop()
})

const page = (): Page => shared.page
const dialog = (): Locator => page().getByRole('dialog')
const button = (name: string | RegExp): Locator => page().getByRole('button', { name, exact: true })
const forward = (): Locator => page().locator(`[data-forward="tcp:127.0.0.1:${PORT}"]`)

const openMachines = (connection: string): Promise<void> => page().getByRole('region', { name: connection }).getByRole('link', { name: /^Machines/ }).click()

test('S1.21 in a session a new machine can be in user mode alone; the others are shown, and say why they cannot be had', async () => {
  alumna.give('/usr/lib/ipxe/ipxe.iso', 'Downloads/ipxe.iso')
  await openMachines('User session')
  await reviewFrom(page(), 'ipxe.iso')
  await expect(dialog().getByRole('combobox', { name: 'Network', exact: true })).toHaveValue('User mode')
  await dialog().getByRole('combobox', { name: 'Network', exact: true }).click()
  for (const [name, reason] of [
    [/^Virtual network/, 'it may make no bridge'],
    [/^Bridge of the host/, /qemu-bridge-helper|bridge\.conf/],
    [/^Card of the host \(macvtap\)/, 'may make no macvtap device'],
  ] as const) {
    const option = page().getByRole('option', { name })
    await expect(option).toBeDisabled()
    await expect(option).toContainText(reason)
  }
  await expect(page().getByRole('option', { name: 'None', exact: true })).toBeEnabled()
  await page().keyboard.press('Escape')
  await dialog().getByRole('button', { name: 'Close' }).first().click()
})

test('S4.8 S4.10 on the system a new machine can be on a bridge of the host, or by macvtap on its card, which is warned of', async () => {
  await openMachines('QEMU/KVM')
  await reviewFrom(page(), 'ipxe.iso')
  await dialog().getByRole('textbox', { name: 'Memory', exact: true }).fill('128')
  await select(page(), 'Network', `Host device ${lan.device} (macvtap)`)
  await expect(dialog().getByText('host and machine do not reach each other, whatever their addresses.', { exact: false })).toBeVisible()
  await select(page(), 'Network', `Bridge ${BRIDGE}`)
  await expect(dialog().getByRole('combobox', { name: 'Network', exact: true })).toHaveAccessibleDescription(/its router gives the address/)
  await create(page())
  expect(await root.virsh([...system, 'domiflist', '--domain=ipxe'])).toMatch(new RegExp(`bridge\\s+${BRIDGE}\\s`))
})

test('S3.11 what an edited document changes waits too; memory that the guest keeps does not, and is told', async () => {
  const devices = { interface: { '@type': 'user', mac: { '@address': MAC }, model: { '@type': 'virtio' } } }
  await defineTiny(alumna, 'prueba', 'Prueba', { devices, onCrash: 'preserve' })
  await alumna.virsh(['setmem', '--domain=prueba', '--size=24MiB', '--config'])
  await alumna.virsh(['start', '--domain=prueba'])
  await openMachines('User session')
  await openMachine(page(), 'Prueba')
  await page().getByText('Details', { exact: true }).click()
  const held = page().locator('[data-held]')
  await expect(held).toContainText(inBoth({ en: /The guest should have 24/, es: /El invitado debería tener 24/ }))
  await expect(button(/changes? waits?$/)).toHaveCount(0)
  await held.getByRole('button', { name: 'Ask the guest again' }).click()
  await expect(page().getByText('The machine has not taken its new memory yet.').first()).toBeVisible()
  const stored = await alumna.virsh(['dumpxml', '--domain=prueba', '--inactive'])
  await withDocument(alumna, ['define'], stored.replace('<on_crash>preserve<', '<on_crash>destroy<'))
  await page().reload()
  await button('1 change waits').click()
  const row = dialog().locator('li[data-field="settings:on_crash"]')
  await expect(row.locator('dd')).toHaveText(['<on_crash>preserve</on_crash>', '<on_crash>destroy</on_crash>'])
  await row.getByRole('button', { name: 'Discard: Settings “on_crash”' }).click()
  await expect(row).toHaveCount(0)
  expect(await alumna.virsh(['dumpxml', '--domain=prueba', '--inactive'])).toContain('<on_crash>preserve<')
  await page().keyboard.press('Escape')
})

test('S0.15 a forward whose port was taken at the start says by whom, and is tried again', async () => {
  await button('Forward a port…').click()
  await dialog().getByRole('textbox', { name: 'Port of the host' }).fill(String(PORT))
  await button('Forward port').click()
  await expect(forward()).toContainText('works')
  await alumna.virsh(['destroy', '--domain=prueba'])
  await expect(forward()).toContainText('when the machine runs')
  holder = createServer().listen(PORT, '127.0.0.1')
  await once(holder, 'listening')
  await alumna.virsh(['start', '--domain=prueba'])
  await expect(forward()).toContainText('does not work')
  await expect(forward()).toContainText(`Port ${PORT} of 127.0.0.1 is in use by`)
  await new Promise((done) => holder?.close(done))
  await forward().getByRole('button', { name: `Try the forward of port ${PORT} again` }).click()
  await expect(forward()).toContainText('works')
})

test('a machine that vanishes while its card is changed takes the dialog with it, and the page says so', async () => {
  await button('Change card 1…').click()
  await expect(dialog()).toBeVisible()
  await alumna.virsh(['undefine', '--domain=prueba'])
  await alumna.virsh(['destroy', '--domain=prueba'])
  await expect(dialog()).toHaveCount(0)
  await expect(page().getByText('This machine is not there any more')).toBeVisible()
})
