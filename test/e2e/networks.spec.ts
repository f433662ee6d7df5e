/** The networks of a connection: why a session has none, what `default` is, pictures of every kind, starting, stopping, restarting and deleting. In Spanish. */
import { test, type Locator } from '@playwright/test'
import { asUser, defineGuest } from '../harness/index.ts'
import { copiedBy } from './support/clipboard.ts'
import { withDocument } from './support/documents.ts'
import { expect, said } from './support/expect.ts'
import { forgetMachine } from './support/machines.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'
import { strayWords } from './support/stray-words.ts'

test.describe.configure({ mode: 'serial' })

const alumna = asUser('alumna')
const root = asUser('root')
const uri = 'qemu:///system'
const system = (...args: readonly string[]): Promise<string> => alumna.virsh(['-c', uri, ...args])
const machines = ['alumno1', 'alumno2', 'directa', ...Array.from({ length: 13 }, (_, index) => `puesto${String(index + 1)}`)]
const networks = ['red-clase', 'red-aislada', 'red-muy-aislada', 'red-local', 'red-macvtap', 'default']
let shared: SharedApp

test.beforeAll(async ({ browser }) => {
  shared = await openShared(browser, { connections: [uri], language: 'es' })
  await shared.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(shared.app.url).origin })
})
test.afterAll(async () => {
  await shared.close()
  for (const name of machines) await forgetMachine(root, name)
  for (const name of networks) await alumna.exec(['virsh', '-c', uri, 'net-destroy', `--network=${name}`])
  for (const name of networks.filter((one) => one !== 'default')) await alumna.exec(['virsh', '-c', uri, 'net-undefine', `--network=${name}`])
  for (const device of ['br0', 'tarjeta0']) await root.exec(['ip', 'link', 'delete', device])
})

async function show(connection: string): Promise<void> {
  await shared.page.getByRole('region', { name: connection }).getByRole('link', { name: /^Redes/ }).click()
  await expect(shared.page.getByRole('heading', { name: 'Redes', level: 1 })).toBeVisible()
}

const entry = (name: string): Locator => shared.page.getByRole('navigation', { name: 'Redes' }).getByRole('link', { name: new RegExp(`${name}(?![\\w-])`) })
const button = (name: string): Locator => shared.page.getByRole('button', { name, exact: true })
const fact = (label: string): Locator => shared.page.locator('dl > div').filter({ has: shared.page.locator('dt').getByText(label, { exact: true }) }).locator('dd')
const picture = (name: string): Locator => shared.page.getByRole('group', { name: `Dibujo de la red «${name}»` })
const words = (): Locator => shared.page.locator('figcaption')
const reach = (what: string): Locator => shared.page.locator(`[data-reach=${what}]`)
const state = (word: string): Locator => shared.page.locator('section').getByText(word, { exact: true })
const table = (name: string): Locator => shared.page.getByRole('region', { name, exact: true }).locator('tbody tr')

async function fromMenu(name: string): Promise<void> {
  await button('Más').click()
  await shared.page.getByRole('menuitem', { name, exact: true }).click()
}

const defineNetwork = (content: string): Promise<string> => withDocument(alumna, ['-c', uri, 'net-define'], `<network>${content}</network>`)

/** `Name:  default` and the like, as virsh says them. */
async function info(name: string): Promise<Record<string, string>> {
  const lines = (await system('net-info', `--network=${name}`)).split('\n')
  return Object.fromEntries(lines.flatMap((line) => [/^(\S+):\s+(.*)$/.exec(line)?.slice(1) ?? []]).filter((pair) => pair.length === 2))
}

/** How many lines and cuts the picture has: to the outside, to the host, where there is no way. */
async function expectLines(name: string, lines: { readonly outside: number; readonly host: number; readonly cut: number }): Promise<void> {
  for (const [link, count] of Object.entries(lines)) await expect(picture(name).locator(`[data-link=${link}]`)).toHaveCount(count)
}

test('S1.3 S2.6 a fresh session has no networks, and its page says why instead of an error', async () => {
  expect((await alumna.virsh(['net-list', '--all', '--name'])).trim()).toBe('')
  await show('Sesión de usuario')
  await expect(shared.page.getByRole('heading', { name: 'Una sesión de usuario no tiene redes virtuales' })).toBeVisible()
  await expect(shared.page.getByText('cada máquina recibe 10.0.2.15')).toBeVisible()
  await expect(shared.page.getByRole('alert')).toHaveCount(0)
  expect(await strayWords(shared.page)).toEqual([])
})

test('S2.6 S2.7 S2.8 S4.2 default is started, and its panel says what net-info and net-dumpxml say', async () => {
  await show('QEMU/KVM')
  await expect(entry('default')).toContainText('NAT · 192.168.122.0/24 · inactiva')
  await entry('default').click()
  await expect(state('inactiva')).toBeVisible()
  await expect(words()).toContainText('La red está inactiva')
  await button('Iniciar').click()
  await expect(state('activa')).toBeVisible()
  const autostart = shared.page.getByRole('switch', { name: 'Autoiniciar con el anfitrión' })
  await autostart.click({ force: true })
  await expect(autostart).toBeChecked()
  await expect.poll(() => info('default')).toMatchObject({ Name: 'default', Active: 'yes', Autostart: 'yes', Persistent: 'yes', Bridge: 'virbr0' })
  const xml = await system('net-dumpxml', '--network=default')
  expect(xml).toMatch(/<ip address='192\.168\.122\.1' netmask='255\.255\.255\.0'>\s*<dhcp>\s*<range start='192\.168\.122\.2' end='192\.168\.122\.254'\/>/)
  await expect(fact('Modo')).toHaveText('NAT')
  await expect(fact('Puente')).toHaveText('virbr0')
  await expect(fact('Red IPv4')).toHaveText('192.168.122.0/24')
  await expect(fact('Dirección del anfitrión')).toHaveText('192.168.122.1 · puerta de enlace y DNS')
  await expect(fact('Rango DHCP')).toHaveText('192.168.122.2 – 192.168.122.254 (253 direcciones)')
  await expect(fact('Reenvío')).toHaveText('NAT, por cualquier dispositivo del anfitrión')
  await expectLines('default', { outside: 1, host: 1, cut: 0 })
  await expect(words()).toContainText('el anfitrión tiene 192.168.122.1: puerta de enlace, DHCP y DNS.')
  await expect(reach('outside')).toHaveText(/De las máquinas al exterior:\s*sí/)
  await expect(reach('inbound')).toHaveText(/Del exterior a las máquinas:\s*no/)
  await fromMenu('Ver XML')
  await expect(shared.page.getByRole('dialog').getByText("<bridge name='virbr0'")).toBeVisible()
  await shared.page.keyboard.press('Escape')
  await autostart.click({ force: true })
  await expect(autostart).not.toBeChecked()
  await button('Detener').click()
  await expect(state('inactiva')).toBeVisible()
  await expect.poll(() => info('default')).toMatchObject({ Active: 'no', Autostart: 'no' })
})

test('S4.1 S4.6 S3.15 an isolated network without DHCP: no way out, the host as DNS, its machines live, and which address to set', async () => {
  await defineNetwork("<name>red-aislada</name><bridge name='virbr82'/><ip address='192.168.102.1' netmask='255.255.255.0'/>")
  await system('net-start', '--network=red-aislada')
  await defineGuest(alumna, { name: 'alumno2', title: 'Alumno <2> & ñandú', memory: 32, network: 'red-aislada', connection: uri })
  await entry('red-aislada').click()
  await expect(entry('red-aislada')).toContainText('Aislada · 192.168.102.0/24 · sin DHCP')
  await expectLines('red-aislada', { outside: 0, host: 1, cut: 1 })
  await expect(words()).toContainText('No hay salida al exterior')
  await expect(words()).toContainText('En esta red el anfitrión tiene 192.168.102.1: DNS.')
  await expect(fact('Puente')).toHaveText('virbr82')
  await expect(fact('Dirección del anfitrión')).toHaveText('192.168.102.1 · DNS, sin puerta de enlace')
  await expect(fact('Rango DHCP')).toHaveText('sin DHCP: IP estática, p. ej. 192.168.102.2/24')
  await expect(shared.page.getByText('Sin DHCP: IP estática 192.168.102.x/24')).toBeVisible()
  await expect(reach('outside')).toHaveText(/De las máquinas al exterior:\s*no/)
  await expect(reach('host')).toHaveText(/Entre las máquinas y este anfitrión:\s*sí/)

  const machine = picture('red-aislada').getByRole('link')
  await expect(machine).toHaveAccessibleName('Alumno <2> & ñandú: Apagada')
  await system('start', '--domain=alumno2')
  await expect(machine).toHaveAccessibleName('Alumno <2> & ñandú: Ejecutándose · IP estática')
  await expect(table('Máquinas conectadas')).toHaveText([/Alumno <2> & ñandú.*Ejecutándose.*IP estática.*52:54:00/])
  expect(await strayWords(shared.page)).toEqual([])
  await machine.click()
  await expect(shared.page.getByRole('heading', { level: 1 })).toContainText('Alumno <2> & ñandú')
  await show('QEMU/KVM')
})

test('S4.7 a very isolated network: not even the host, which the picture and the words say', async () => {
  await defineNetwork("<name>red-muy-aislada</name><bridge name='virbr83'/>")
  await system('net-start', '--network=red-muy-aislada')
  await entry('red-muy-aislada').click()
  await expect(entry('red-muy-aislada')).toContainText('Muy aislada · sin dirección')
  await expectLines('red-muy-aislada', { outside: 0, host: 0, cut: 2 })
  await expect(words()).toContainText('Las máquinas solo se ven entre sí: ni a este anfitrión, que aquí no tiene dirección, ni al exterior.')
  await expect(words()).toContainText('IP estática, todas en la misma subred (por ejemplo, 172.22.0.2/16)')
  for (const what of ['outside', 'host', 'inbound']) await expect(reach(what)).toHaveText(/no$/)
  await expect(reach('machines')).toHaveText(/Entre máquinas:\s*sí/)
})

test('S4.12 on a bridge of the host and on macvtap the local network gives the addresses; machines straight in the bridge are drawn too', async () => {
  await root.exec(['ip', 'link', 'add', 'br0', 'type', 'bridge'])
  await root.exec(['ip', 'link', 'add', 'tarjeta0', 'type', 'veth', 'peer', 'name', 'tarjeta1'])
  await defineNetwork("<name>red-local</name><forward mode='bridge'/><bridge name='br0'/>")
  await defineNetwork("<name>red-macvtap</name><forward mode='bridge'><interface dev='tarjeta0'/></forward>")
  for (const name of ['red-local', 'red-macvtap']) await system('net-start', `--network=${name}`)
  const devices = "<devices><interface type='bridge'><source bridge='br0'/></interface></devices>"
  await withDocument(alumna, ['-c', uri, 'define'], `<domain type='qemu'><name>directa</name><memory unit='MiB'>32</memory><os><type arch='x86_64'>hvm</type></os>${devices}</domain>`)
  await entry('red-local').click()
  await expectLines('red-local', { outside: 1, host: 1, cut: 0 })
  await expect(fact('Puente del anfitrión')).toHaveText('br0')
  await expect(picture('red-local').getByRole('link')).toHaveAccessibleName('directa: Apagada')
  await expect(words()).toContainText('Su red local asigna a las máquinas la dirección')
  await expect(shared.page.getByText('Sin DHCP del anfitrión: las direcciones las asigna su red local')).toBeVisible()
  await entry('red-macvtap').click()
  await expectLines('red-macvtap', { outside: 1, host: 0, cut: 1 })
  await expect(fact('Dispositivo del anfitrión')).toHaveText('tarjeta0')
  await expect(words()).toContainText('No llegan a este anfitrión, ni él a ellas.')
  await expect(reach('host')).toHaveText(/no$/)
  await shared.page.locator('#search').fill('tarjeta0')
  await expect(shared.page.getByRole('navigation', { name: 'Redes' }).getByRole('link')).toHaveText([/red-macvtap/])
  await shared.page.locator('#search').fill('')
})

test('S2.7 S2.16 a network that is off while a machine needs it is started from there, restarted and stopped after a question, and deleted with the machine named', async () => {
  await defineNetwork("<name>red-clase</name><bridge name='virbr81'/><domain name='clase.local'/>")
  await defineGuest(alumna, { name: 'alumno1', title: 'Alumno 1', memory: 32, network: 'red-clase', connection: uri })
  await entry('red-clase').click()
  await expect(fact('Dominio DNS')).toHaveText('clase.local')
  await expect(fact('Reenvío')).toHaveText('ninguno')
  await expect(table('Máquinas conectadas')).toHaveText([/^Alumno 1.*Apagada/])
  await expect(shared.page.getByText('sin ella no arrancan estas máquinas: Alumno 1.')).toBeVisible()
  await button('Iniciarla ahora').click()
  await expect(state('activa')).toBeVisible()
  expect(await info('red-clase')).toMatchObject({ Active: 'yes' })

  await system('start', '--domain=alumno1')
  await expect(table('Máquinas conectadas')).toHaveText([/Ejecutándose/])
  const uuid = (await system('net-uuid', '--network=red-clase')).trim()
  await defineNetwork(`<name>red-clase</name><uuid>${uuid}</uuid><bridge name='virbr81'/><domain name='aula.local'/><ip address='192.168.181.1' netmask='255.255.255.0'/>`)
  await shared.page.reload()
  await expect(shared.page.getByText('4 cambios esperan un reinicio')).toBeVisible()
  await expect(fact('Dominio DNS')).toHaveText(/^clase\.local.*tras el reinicio: aula\.local$/)
  await expect(fact('Red IPv4')).toHaveText(/^–.*tras el reinicio: 192\.168\.181\.0\/24$/)
  await shared.page.getByRole('note').getByRole('button', { name: 'Reiniciar red' }).click()
  const restart = shared.page.getByRole('dialog', { name: '¿Reiniciar la red «red-clase»?' })
  await expect(restart.getByRole('listitem')).toHaveText(['Alumno 1'])
  await restart.getByRole('button', { name: 'Reiniciar red' }).click()
  await expect(fact('Dominio DNS')).toHaveText('aula.local')
  await expect(shared.page.locator('[data-pending]')).toHaveCount(0)
  expect(await system('net-dumpxml', '--network=red-clase')).toContain("<ip address='192.168.181.1'")

  await button('Detener').click()
  const question = shared.page.getByRole('dialog', { name: '¿Detener la red «red-clase»?' })
  await expect(question.getByRole('listitem')).toHaveText(['Alumno 1'])
  await question.getByRole('button', { name: 'Cancelar' }).click()
  expect(await info('red-clase')).toMatchObject({ Active: 'yes' })

  await fromMenu('Eliminar…')
  const confirm = shared.page.getByRole('dialog', { name: '¿Eliminar la red «red-clase»?' })
  await expect(confirm.getByRole('listitem')).toHaveText(['Alumno 1'])
  expect(await strayWords(shared.page)).toEqual([])
  await confirm.getByRole('button', { name: 'Eliminar red' }).click()
  await expect(entry('red-clase')).toHaveCount(0)
  expect((await system('net-list', '--all', '--name')).split('\n').filter((name) => name.includes('clase'))).toEqual([])
})

test('S3.17 S4.1 of many machines twelve are drawn, the rest leads to the list; the summary of all is copied as a table', async () => {
  for (const name of machines.filter((one) => one.startsWith('puesto'))) await defineGuest(alumna, { name, memory: 32, network: 'red-aislada', connection: uri })
  await entry('red-aislada').click()
  await expect(picture('red-aislada').getByRole('link')).toHaveCount(12)
  const more = picture('red-aislada').getByRole('button', { name: 'Mostrar la lista de las 14 máquinas conectadas' })
  await expect(more).toHaveText('y 2 más')
  await more.click()
  await expect(table('Máquinas conectadas')).toHaveCount(14)
  await expect(table('Máquinas conectadas').first()).toBeInViewport()
  await button('Copiar resumen').click()
  const copied = await copiedBy(shared.page, () => shared.page.getByRole('menuitem', { name: /^Como tabla \(/ }).click())
  const [head = '', ...rows] = copied.split('\n').map((line) => line.split('\t'))
  expect(head).toEqual(['Máquina', 'Estado', 'Red', 'Tipo', 'MAC', 'Dirección', 'Asignada por', 'Puerta de enlace', 'DNS', 'Llega al exterior', 'Llega al anfitrión', 'Llega a otras máquinas'].map(said))
  expect(rows).toHaveLength(14)
  const [mac = ''] = /52:54:00:\S+/.exec(await system('domiflist', '--domain=alumno2')) ?? []
  const static3 = 'estática, configurada en la máquina (p. ej. 192.168.102.2/24)'
  expect(rows[0]).toEqual(['Alumno <2> & ñandú', 'encendida', 'red-aislada', 'Aislada', mac, static3, '–', 'ninguna', '192.168.102.1', 'no', 'sí', 'sí'].map(said))
})
