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
const networks = ['red-clase', 'red-macvtap']
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
  await forgetMachine(root, 'en macvtap')
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
