/**
 * A machine's network cards, on a small guest that is started once: changed while it runs, with the address that it has
 * there or what to do for one; and what a card of a session can be plugged into. The first half in Spanish.
 */
import { test, type Locator, type Page } from '@playwright/test'
import { asUser } from '../harness/index.ts'
import { lan, startLan, type Lan } from '../harness/lan.ts'
import { bootOn, type NetworkGuest } from '../harness/network-guest.ts'
import { copiedBy } from './support/clipboard.ts'
import { withDocument } from './support/documents.ts'
import { expect } from './support/expect.ts'
import { expectState, forgetMachine } from './support/machines.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'
import { strayWords } from './support/stray-words.ts'
import { defineTiny } from './support/tiny-machines.ts'

test.describe.configure({ mode: 'serial' })

const alumna = asUser('alumna')
const root = asUser('root')
const uri = 'qemu:///system'
const system = (...args: readonly string[]): Promise<string> => root.virsh(['-c', uri, ...args])
const MAC = '52:54:00:00:00:21'
let shared: SharedApp
let local: Lan
let guest: NetworkGuest

const nets = {
  'red-nat': "<forward mode='nat'/><bridge name='virbr61'/><ip address='192.168.101.1' netmask='255.255.255.0'><dhcp><range start='192.168.101.2' end='192.168.101.254'/></dhcp></ip>",
  'red-aislada': "<bridge name='virbr62'/><ip address='192.168.102.1' netmask='255.255.255.0'/>",
  'red-muy-aislada': "<bridge name='virbr63'/>",
}

test.beforeAll(async ({ browser }) => {
  local = await startLan()
  for (const [name, content] of Object.entries(nets)) {
    await withDocument(root, ['-c', uri, 'net-define'], `<network><name>${name}</name>${content}</network>`)
    if (name !== 'red-muy-aislada') await system('net-start', `--network=${name}`)
  }
  const booting = bootOn({ alumno1: { card: { type: 'network', network: 'red-nat' }, mac: MAC } })
  shared = await openShared(browser, { connections: [uri], language: 'es' })
  await shared.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const [first] = await booting
  if (!first) throw new Error('no guest')
  guest = first
})
test.afterAll(async () => {
  await shared.close()
  await guest.remove()
  await forgetMachine(alumna, 'prueba')
  for (const name of Object.keys(nets)) for (const verb of ['net-destroy', 'net-undefine']) await root.exec(['virsh', '-c', uri, verb, `--network=${name}`])
  await local.removeBridge('br0')
  await local.stop()
})

const page = (): Page => shared.page
const card = (mac: string): Locator => page().locator(`li[data-mac="${mac}"]`)
const dialog = (): Locator => page().getByRole('dialog')
const words = (text: string | RegExp): Locator => card(MAC).getByText(text)
/** Type, source, model and MAC as virsh prints them, now and at the next start. */
const rows = async (): Promise<string[]> => {
  const both = await Promise.all([system('domiflist', '--domain=alumno1'), system('domiflist', '--domain=alumno1', '--inactive')])
  return both.map((text) => (text.split('\n').find((line) => line.includes(MAC)) ?? '').trim().split(/\s+/).slice(1).join(' '))
}

async function openCards(connection: string, machines: string, open: string, details: string): Promise<void> {
  await page().getByRole('region', { name: connection }).getByRole('link', { name: new RegExp(`^${machines}`) }).click()
  await page().getByRole('link', { name: open, exact: true }).first().click()
  await page().getByText(details, { exact: true }).click()
}

/** The host hears of the guest's address; a bridge of libvirt's lets a new port's packets through after four seconds. */
const meet = (host: string): Promise<string> => guest.shell.run(`for try in $(seq 20); do ping -c 1 -W 1 ${host} && break; done`)

/** In the open dialog: the kind of source and which one of it. */
async function choose(kind: string, which?: { readonly field: string; readonly option: string | RegExp }): Promise<void> {
  await dialog().getByRole('radio', { name: kind }).check()
  if (!which) return
  await dialog().getByRole('combobox', { name: which.field, exact: true }).click()
  await page().getByRole('option', { name: which.option }).click()
}

test('S3.10 S3.11 a running machine changes its network at once, with the same MAC, and its page shows the lease until then', async () => {
  const address = await guest.leased()
  await openCards('QEMU/KVM', 'Máquinas', 'Abrir alumno1', 'Detalles')
  await expect(words(`${address} (concedida por el DHCP de la red)`)).toBeVisible({ timeout: 90_000 })
  await expect(words(MAC)).toBeVisible()
  await card(MAC).getByRole('button', { name: 'Cambiar la tarjeta 1…' }).click()
  await expect(dialog().getByRole('textbox', { name: 'Dirección MAC' })).toBeDisabled()
  await choose('Red virtual', { field: 'Red', option: /^red-aislada/ })
  await expect(dialog().getByText('Tiene efecto enseguida y se conserva.')).toBeVisible()
  expect(await strayWords(page())).toEqual([])
  await dialog().getByRole('button', { name: 'Aplicar' }).click()
  await expect(dialog()).toBeHidden()
  expect(await rows()).toEqual(Array.from({ length: 2 }, () => `network red-aislada virtio ${MAC}`))
})

test('S3.15 S3.16 on a network without DHCP the page says at once what to set, and the lease of the other network is gone everywhere', async () => {
  await expect(words('Sin DHCP en esta red: configure una IP estática en el invitado, por ejemplo 192.168.102.2/24')).toBeVisible()
  expect(await system('net-dhcp-leases', '--network=red-nat')).toContain(MAC)
  await expect(page().getByText(/192\.168\.101\./)).toHaveCount(0)
  await page().getByRole('button', { name: 'Copiar resumen', exact: false }).first().click()
  const copied = await copiedBy(page(), () => page().getByRole('menuitem').first().click())
  expect(copied).toContain('red-aislada')
  expect(copied).not.toContain('192.168.101.')
  await page().getByRole('region', { name: 'QEMU/KVM' }).getByRole('link', { name: /^Máquinas/ }).click()
  await expect(page().getByRole('link', { name: 'Abrir alumno1', exact: true }).first()).toBeVisible()
  await expect(page().getByText(/192\.168\.101\./)).toHaveCount(0)
  // what is set by hand is shown once the host has met it there
  await guest.fixed('192.168.102.2/24')
  await meet('192.168.102.1')
  await openCards('QEMU/KVM', 'Máquinas', 'Abrir alumno1', 'Detalles')
  await expect(words('192.168.102.2 (vista en la red)')).toBeVisible({ timeout: 90_000 })
})

test('S4.8 S4.11 S4.12 plugged into br0 it is on the local network, and the device in that bridge cannot be had', async () => {
  await local.makeBridge('br0')
  await card(MAC).getByRole('button', { name: 'Cambiar la tarjeta 1…' }).click()
  await choose('Tarjeta del anfitrión (macvtap)')
  await expect(dialog().getByText('el anfitrión y la máquina no se comunican, sean cuales sean sus direcciones.')).toBeVisible()
  await dialog().getByRole('combobox', { name: 'Tarjeta del anfitrión', exact: true }).click()
  const device = page().getByRole('option', { name: new RegExp(`^${lan.device}`) })
  await expect(device).toHaveAttribute('aria-disabled', 'true')
  await expect(device).toContainText('Pertenece a br0')
  await page().keyboard.press('Escape')
  await choose('Puente del anfitrión', { field: 'Puente', option: 'br0' })
  await dialog().getByRole('button', { name: 'Aplicar' }).click()
  await expect(dialog()).toBeHidden()
  expect(await rows()).toEqual(Array.from({ length: 2 }, () => `bridge br0 virtio ${MAC}`))
  expect(await system('dumpxml', '--domain=alumno1', '--inactive')).toMatch(/<interface type='bridge'>\s*<mac address='52:54:00:00:00:21'\/>\s*<source bridge='br0'\/>/)
  await expect(words('La asigna su red local.')).toBeVisible()
  await guest.askAnew()
  const address = (await guest.leased()).replace(/\/.*/, '')
  expect(address).toMatch(lan.lease)
  await meet(lan.host)
  await page().reload()
  await expect(words(`${address} (vista en la red)`)).toBeVisible({ timeout: 90_000 })
})

test('S4.10 S4.11 S4.12 macvtap takes unplugging the card: at the next start, or now with the same MAC', async () => {
  await local.removeBridge('br0')
  const put = async (when: string): Promise<void> => {
    await card(MAC).getByRole('button', { name: 'Cambiar la tarjeta 1…' }).click()
    await choose('Tarjeta del anfitrión (macvtap)', { field: 'Tarjeta del anfitrión', option: new RegExp(`^${lan.device}`) })
    await dialog().getByRole('radio', { name: when }).check()
    await dialog().getByRole('button', { name: 'Aplicar' }).click()
    await expect(dialog()).toBeHidden({ timeout: 60_000 })
  }
  await put('En el próximo arranque')
  expect(await rows()).toEqual([`bridge br0 virtio ${MAC}`, `direct ${lan.device} virtio ${MAC}`])
  await expect(words(`en el próximo arranque: Dispositivo del anfitrión ${lan.device} (macvtap)`)).toBeVisible()
  // the page goes on from what is stored: only the moment differs
  await card(MAC).getByRole('button', { name: 'Cambiar la tarjeta 1…' }).click()
  await choose('Modo usuario')
  await dialog().getByRole('radio', { name: 'En el próximo arranque' }).check()
  await dialog().getByRole('button', { name: 'Aplicar' }).click()
  await expect(dialog()).toBeHidden()
  await put('Ahora: desconectarla y volver a conectarla')
  expect(await rows()).toEqual(Array.from({ length: 2 }, () => `direct ${lan.device} virtio ${MAC}`))
  expect(await system('dumpxml', '--domain=alumno1', '--inactive')).toMatch(new RegExp(`<source dev='${lan.device}' mode='bridge'/>`))
  await expect(words('La asigna su red local.')).toBeVisible()
  await guest.askAnew()
  expect((await guest.leased()).replace(/\/.*/, '')).toMatch(lan.lease)
})

test('S3.15 S3.16 a very isolated network that is off is started, any common subnet is proposed', async () => {
  await card(MAC).getByRole('button', { name: 'Cambiar la tarjeta 1…' }).click()
  await choose('Red virtual', { field: 'Red', option: /^red-muy-aislada.*inactiva: también se inicia/ })
  await dialog().getByRole('radio', { name: 'Ahora: desconectarla y volver a conectarla' }).check()
  await dialog().getByRole('button', { name: 'Aplicar' }).click()
  await expect(dialog()).toBeHidden({ timeout: 60_000 })
  expect(await rows()).toEqual(Array.from({ length: 2 }, () => `network red-muy-aislada virtio ${MAC}`))
  expect(await system('net-list', '--name')).toContain('red-muy-aislada')
  await expect(words('configure en los invitados una subred común cualquiera, por ejemplo 172.22.0.2/16')).toBeVisible()
  await expect(page().getByText(/192\.168\.101\./)).toHaveCount(0)
  await shared.close()
})

test('S0.15 S1.21 in a session a card can be in user mode alone, the others say why, and its page says what to do', async ({ browser }) => {
  shared = await openShared(browser, { language: 'en' })
  await defineTiny(alumna, 'prueba', undefined, { devices: { interface: { '@type': 'user', model: { '@type': 'virtio' } } } })
  await openCards('User session', 'Machines', 'Open prueba', 'Details')
  for (const text of [
    'Neither the host nor other machines reach it.',
    'and services of the host at 10.0.2.2.',
    'For a service of the machine, such as ssh or a web page, forward a port below.',
    'For machines that reach each other, use the system connection (qemu:///system) and a virtual network.',
  ]) await expect(page().getByText(text, { exact: false })).toBeVisible()
  await page().getByRole('button', { name: 'Add network card…' }).click()
  for (const [kind, reason] of [
    ['Virtual network', 'A user session has no virtual networks'],
    ['Bridge of the host', /qemu-bridge-helper|bridge\.conf/],
    ['Card of the host (macvtap)', 'A user session may make no macvtap device.'],
  ] as const) {
    await expect(dialog().getByRole('radio', { name: kind })).toBeDisabled()
    await expect(dialog().getByText(reason)).toBeVisible()
  }
  await expect(dialog().getByRole('radio', { name: 'User mode' })).toBeChecked()
  const mac = dialog().getByRole('textbox', { name: 'MAC address' })
  await mac.fill('53:54:00:00:00:31')
  await expect(dialog().getByText('it stands for many cards at once (multicast)', { exact: false })).toBeVisible()
  await expect(dialog().getByRole('button', { name: 'Add card' })).toBeDisabled()
  await mac.fill('52-54-00-00-00-31')
  await dialog().getByRole('button', { name: 'Add card' }).click()
  await expect(card('52:54:00:00:00:31')).toBeVisible()
  expect(await alumna.virsh(['domiflist', '--domain=prueba'])).toMatch(/user\s+-\s+virtio\s+52:54:00:00:00:31/)
  await expectState(alumna, 'prueba', 'shut off')
})
