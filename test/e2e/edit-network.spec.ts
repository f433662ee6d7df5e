/** Networks that others change meanwhile, what an edit will run, hosts that only libvirt can look at, and machines that stay unplugged. */
import { test, type Locator } from '@playwright/test'
import { labMode } from '../../electron/lab/lab.ts'
import { asUser } from '../harness/index.ts'
import { spreadInterfaceNumbers } from '../harness/lan.ts'
import { withDocument } from './support/documents.ts'
import { expect } from './support/expect.ts'
import { forgetMachine } from './support/machines.ts'
import { inBoth } from './support/other-language.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'
import { strayWords } from './support/stray-words.ts'
import { defineTiny } from './support/tiny-machines.ts'

test.describe.configure({ mode: 'serial' })

const alumna = asUser('alumna')
const root = asUser('root')
const uri = 'qemu:///system'
const system = (...args: readonly string[]): Promise<string> => alumna.virsh(['-c', uri, ...args])
const networks = ['red-clase', 'red-macvtap', 'red-a-mano', 'red-privada']
const cards = ['enp7s0', 'enp8s0']
let shared: SharedApp

test.beforeAll(async ({ browser }) => {
  await spreadInterfaceNumbers()
  await root.exec(['ip', 'netns', 'add', 'edit-outside'])
  for (const card of cards) {
    await root.exec(['ip', 'link', 'add', card, 'type', 'veth', 'peer', 'name', `${card}-far`, 'netns', 'edit-outside'])
    await root.exec(['ip', 'link', 'set', card, 'up'])
  }
  await define(`<name>red-clase</name><forward mode='nat'/><bridge name='virbr84'/><ip address='192.168.184.1' netmask='255.255.255.0'><dhcp><range start='192.168.184.2' end='192.168.184.254'/></dhcp></ip>`)
  await system('net-start', '--network=red-clase')
  shared = await openShared(browser, { connections: [uri, 'test:///default'], language: 'es' })
})
test.afterAll(async () => {
  await shared.close()
  for (const name of ['en macvtap', 'a mano']) await forgetMachine(root, name)
  for (const name of networks) for (const verb of ['net-destroy', 'net-undefine']) await alumna.exec(['virsh', '-c', uri, verb, `--network=${name}`])
  for (const card of cards) await root.exec(['ip', 'link', 'delete', card])
  await root.exec(['ip', 'netns', 'delete', 'edit-outside'])
})

const define = (content: string): Promise<string> => withDocument(alumna, ['-c', uri, 'net-define'], `<network>${content}</network>`)
const dialog = (): Locator => shared.page.getByRole('dialog').first()
const field = (name: string): Locator => dialog().getByRole('textbox', { name, exact: true })
const button = (name: string): Locator => shared.page.getByRole('button', { name, exact: true })
const fold = (name: string): Locator => dialog().locator(`[data-fold=${name}] button`).first()
const records = (): Locator => dialog().getByRole('group', { name: 'Registros DNS' })

async function show(connection: string): Promise<void> {
  await shared.page.getByRole('region', { name: connection }).getByRole('link', { name: /^Redes/ }).click()
  await expect(shared.page.getByRole('heading', { name: 'Redes', level: 1 })).toBeVisible()
}
const entry = (name: string): Locator => shared.page.getByRole('navigation', { name: 'Redes' }).getByRole('link', { name: new RegExp(`${name}(?![\\w-])`) })

/** As another program does, without an event of libvirt's. */
const record = (address: string, name: string): Promise<string> =>
  system('net-update', '--network=red-clase', '--command=add-last', '--section=dns-host', `--xml=<host ip='${address}'><hostname>${name}</hostname></host>`, '--live', '--config')

test('S2.7 an edit shows the commands and the document that it will store, and no command while nothing is changed', async () => {
  await show('QEMU/KVM')
  await entry('red-clase').click()
  await button('Editar').click()
  await fold('commands').click()
  const commands = dialog().getByRole('region', { name: 'Órdenes que ejecuta' })
  await expect(commands).toHaveText('No hay ningún cambio.')
  await fold('more').click()
  await dialog().getByRole('button', { name: 'Añadir un registro DNS' }).click()
  await records().getByRole('textbox', { name: 'Dirección' }).fill('192.168.184.30')
  await records().getByRole('textbox', { name: 'Nombres' }).fill('impresora')
  await expect(commands).toContainText(/^virsh -c qemu:\/\/\/system net-update [^]*--section=dns-host --live --config \/dev\/stdin <<'XML'\n<host ip="192\.168\.184\.30"><hostname>impresora<\/hostname><\/host>\nXML$/)
  await field('MTU (bytes por paquete)').fill('1400')
  await expect(commands).toContainText('net-define --validate')
  await fold('xml').click()
  await expect(dialog().getByRole('region', { name: 'XML' })).toContainText('<mtu size="1400"/>')
  expect(await system('net-dumpxml', '--network=red-clase')).not.toContain('<mtu')
})

test('S2.7 a network that was changed elsewhere meanwhile is not written over: its changes are taken into the form, which keeps what was typed', async () => {
  await field('MTU (bytes por paquete)').fill('')
  await record('192.168.184.40', 'ajena')
  await dialog().getByRole('button', { name: 'Guardar' }).click()
  const alert = dialog().getByRole('alert')
  await expect(alert).toContainText(inBoth({ es: /Allí ha cambiado: registros DNS/, en: /Changed there: DNS records/ }))
  expect(await system('net-dumpxml', '--network=red-clase')).not.toContain('impresora')
  await expect(dialog().getByRole('button', { name: 'Guardar' })).toHaveAttribute('aria-disabled', 'true')
  expect(await strayWords(shared.page)).toEqual([])
  await alert.getByRole('button', { name: 'Incorporarlo' }).click()
  await expect(alert).toHaveCount(0)
  await fold('more').click()
  await expect(records().getByRole('textbox', { name: 'Nombres' })).toHaveValue('impresora')
  await dialog().getByRole('button', { name: 'Cerrar' }).click()
  await shared.page.getByRole('button', { name: 'Descartar' }).click()

  // where nothing is typed yet, the form is what is there now
  await button('Editar').click()
  await fold('more').click()
  await expect(records().getByRole('textbox', { name: 'Nombres' })).toHaveValue('ajena')
  await field('Dominio DNS').fill('clase.lan')
  await record('192.168.184.50', 'otra')
  await dialog().getByRole('button', { name: 'Guardar' }).click()
  await alert.getByRole('button', { name: 'Incorporarlo' }).click()
  await fold('more').click()
  await expect(records().getByRole('textbox', { name: 'Nombres' })).toHaveCount(2)
  await expect(field('Dominio DNS')).toHaveValue('clase.lan')
  await dialog().getByRole('button', { name: 'Guardar' }).click()
  await expect(shared.page.getByRole('dialog')).toHaveCount(0)
  const stored = await system('net-dumpxml', '--network=red-clase', '--inactive')
  for (const word of ["<domain name='clase.lan'/>", 'ajena', 'otra']) expect(stored).toContain(word)
})

test('starting a network names the machines that cannot be plugged in again', async () => {
  test.skip(labMode() === 'user', 'macvtap opens /dev/tapN, which belongs to the machine’s root alone')
  const macvtap = (card: string): string => `<name>red-macvtap</name><forward mode='bridge'><interface dev='${card}'/></forward>`
  await define(macvtap('enp7s0'))
  await system('net-start', '--network=red-macvtap')
  const uuid = (await system('net-uuid', '--network=red-macvtap')).trim()
  const machine = await defineTiny(root, 'en macvtap', undefined, { devices: { interface: { '@type': 'network', source: { '@network': 'red-macvtap' }, model: { '@type': 'virtio' } } } })
  await system('start', `--domain=${machine}`)
  await system('net-destroy', '--network=red-macvtap')
  await define(`${macvtap('enp8s0')}<uuid>${uuid}</uuid>`)
  await entry('red-macvtap').click()
  await button('Iniciarla ahora').click()
  const told = inBoth({ es: /libvirt no ha podido volver a conectar estas máquinas en ejecución: en macvtap\./, en: /libvirt could not plug these running machines in again: en macvtap\./ })
  await expect(shared.page.getByText(told)).toBeVisible()
  expect(await system('net-info', '--network=red-macvtap')).toMatch(/Active:\s+yes/)
})

const byHand = `<name>red-a-mano</name><bridge name='virbr85'/><port isolated='yes'/><ip address='192.168.185.1' netmask='255.255.255.0'><dhcp><range start='192.168.185.2' end='192.168.185.99'><lease expiry='2' unit='hours'/></range></dhcp></ip><ip address='192.168.186.1' netmask='255.255.255.0'/>`
const fact = (label: string): Locator => shared.page.getByRole('main').getByRole('term').filter({ hasText: label }).locator('xpath=following-sibling::dd')

test('S2.7 what was written by hand is told, is not lost by an edit, and waits visibly where it was written meanwhile', async () => {
  const { page } = shared
  await define(byHand)
  await system('net-start', '--network=red-a-mano')
  await entry('red-a-mano').click()
  await expect(fact('Máquinas separadas entre sí')).toHaveText('Sí')
  await expect(fact('Duración de las concesiones')).toHaveText('192.168.185.2 – 192.168.185.99: 2 h')
  await expect(page.getByRole('main').getByText('p. ej. 192.168.186.2/24')).toBeVisible()
  await expect(page.locator('[data-reach=machines]')).toContainText('no')
  await button('Editar').click()
  await expect(dialog().getByRole('note').filter({ hasText: 'lo conserva' })).toContainText('192.168.186.0/24')
  await field('Última dirección').fill('192.168.185.120')
  await dialog().getByRole('button', { name: 'Guardar' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  const stored = await system('net-dumpxml', '--network=red-a-mano', '--inactive')
  expect(stored).toMatch(/end='192\.168\.185\.120'>\s*<lease expiry='2' unit='hours'\/>/)
  expect(stored).toContain("<port isolated='yes'/>")
  await withDocument(alumna, ['-c', uri, 'net-define'], stored.replace('</network>', "<route address='10.201.0.0' prefix='16' gateway='192.168.185.5'/></network>"))
  await expect(page.locator('[data-pending-note]')).toContainText('otros ajustes')
  await expect(page.locator('[data-pending=extras]')).toContainText('10.201.0.0/16 → 192.168.185.5')
  await define(`<name>red-privada</name><forward mode='private'><interface dev='enp7s0'/><interface dev='enp8s0'/></forward>`)
  await entry('red-privada').click()
  await expect(page.getByRole('main').getByText('No se ven entre sí: libvirt las mantiene separadas.')).toBeVisible()
  await expect(fact('Otros dispositivos del anfitrión')).toHaveText('enp8s0')
})

test('S3.11 what a card says beyond its form is told, and waits with both values where it was written while the machine runs', async () => {
  const { page } = shared
  const mac = '52:54:00:00:85:01'
  const machine = await defineTiny(root, 'a mano', undefined, { devices: { interface: { '@type': 'network', mac: { '@address': mac }, source: { '@network': 'red-a-mano' }, model: { '@type': 'virtio' } } } })
  await system('start', `--domain=${machine}`)
  const stored = await system('dumpxml', `--domain=${machine}`, '--inactive')
  await withDocument(alumna, ['-c', uri, 'define'], stored.replace('</interface>', "<mtu size='1400'/></interface>"))
  await page.getByRole('region', { name: 'QEMU/KVM' }).getByRole('link', { name: /^Máquinas/ }).click()
  await page.getByRole('link', { name: 'a mano', exact: true }).first().click()
  await page.getByText('Detalles', { exact: true }).click()
  const card = page.locator(`li[data-mac="${mac}"]`)
  await expect(card).toContainText('MTU (bytes)')
  await expect(card).toContainText('1400')
  await page.getByRole('button', { name: '1 cambio pendiente' }).click()
  await expect(dialog()).toContainText('MTU (bytes): 1400')
  expect(await strayWords(page)).toEqual([])
  await dialog().getByRole('button', { name: /^Descartar/ }).click()
  await expect(dialog()).toContainText('Ya no hay nada pendiente')
  expect(await system('dumpxml', `--domain=${machine}`, '--inactive')).not.toContain('<mtu')
  await page.keyboard.press('Escape')
})

test('S4.9 S4.10 of a host that only libvirt can look at, the cards that it tells of are offered, and others can be typed', async () => {
  const { page } = shared
  await show('test:///default')
  await button('Nueva red').click()
  await dialog().getByRole('radio', { name: 'Macvtap', exact: true }).check()
  const card = dialog().getByRole('combobox', { name: 'Tarjeta del anfitrión', exact: true })
  await expect(card).toHaveValue('eth1')
  await expect(card).toHaveAccessibleDescription(/libvirt conoce de este anfitrión/)
  await card.fill('')
  await card.click()
  await expect(page.getByRole('option')).toHaveText(['eth1'])
  await card.fill('eth9')
  await expect(card).toHaveAccessibleDescription(/libvirt no conoce ningún dispositivo eth9/)
  await dialog().getByRole('radio', { name: 'NAT', exact: true }).check()
  await field('Red IPv4').fill('192.168.0.0/24')
  await expect(field('Red IPv4')).toHaveAccessibleDescription(/eth1/)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Descartar' }).click()
})
