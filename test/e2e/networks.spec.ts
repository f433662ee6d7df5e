/** The networks of a connection: why a session has none, what `default` is, starting, stopping and deleting. In Spanish. */
import { expect, test, type Locator } from '@playwright/test'
import { asUser, defineGuest } from '../harness/index.ts'
import { withDocument } from './support/documents.ts'
import { strayWords } from './support/english.ts'
import { forgetMachine } from './support/machines.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'

test.describe.configure({ mode: 'serial' })

const alumna = asUser('alumna')
const uri = 'qemu:///system'
const system = (...args: readonly string[]): Promise<string> => alumna.virsh(['-c', uri, ...args])
let shared: SharedApp

test.beforeAll(async ({ browser }) => {
  shared = await openShared(browser, { connections: [uri], language: 'es' })
})
test.afterAll(async () => {
  await shared.close()
  await forgetMachine(asUser('root'), 'alumno1')
  for (const verb of ['net-destroy', 'net-undefine']) await alumna.exec(['virsh', '-c', uri, verb, '--network=red-clase'])
  await alumna.exec(['virsh', '-c', uri, 'net-destroy', '--network=default'])
})

async function show(connection: string): Promise<void> {
  await shared.page.getByRole('region', { name: connection }).getByRole('link', { name: /^Redes/ }).click()
  await expect(shared.page.getByRole('heading', { name: 'Redes', level: 1 })).toBeVisible()
}

const entry = (name: string): Locator => shared.page.getByRole('navigation', { name: 'Redes' }).getByRole('link', { name: new RegExp(name) })
const button = (name: string): Locator => shared.page.getByRole('button', { name, exact: true })
const fact = (label: string): Locator => shared.page.locator('dl > div').filter({ has: shared.page.getByText(label, { exact: true }) }).locator('dd')

/** `Name:  default` and the like, as virsh says them. */
async function info(name: string): Promise<Record<string, string>> {
  const lines = (await system('net-info', `--network=${name}`)).split('\n')
  return Object.fromEntries(lines.flatMap((line) => [/^(\S+):\s+(.*)$/.exec(line)?.slice(1) ?? []]).filter((pair) => pair.length === 2))
}

test('S1.3 S2.6 a fresh session has no networks, and its page says why instead of an error', async () => {
  expect((await alumna.virsh(['net-list', '--all', '--name'])).trim()).toBe('')
  await show('Sesión de usuario')
  await expect(shared.page.getByRole('heading', { name: 'Una sesión de usuario no tiene redes virtuales' })).toBeVisible()
  await expect(shared.page.getByText('cada máquina recibe 10.0.2.15')).toBeVisible()
  await expect(shared.page.getByRole('alert')).toHaveCount(0)
  expect(await strayWords(shared.page)).toEqual([])
})

test('S2.6 S2.8 default is started, and its panel says what net-info and net-dumpxml say', async () => {
  await show('QEMU/KVM')
  await entry('default').click()
  await expect(shared.page.getByText('inactiva', { exact: true })).toBeVisible()
  await button('Iniciar red').click()
  await expect(shared.page.getByText('activa', { exact: true })).toBeVisible()
  const autostart = shared.page.getByRole('switch', { name: 'Autoiniciar con el anfitrión' })
  await autostart.click({ force: true })
  await expect(autostart).toBeChecked()
  expect(await info('default')).toMatchObject({ Name: 'default', Active: 'yes', Autostart: 'yes', Persistent: 'yes', Bridge: 'virbr0' })
  const xml = await system('net-dumpxml', '--network=default')
  expect(xml).toMatch(/<ip address='192\.168\.122\.1' netmask='255\.255\.255\.0'>\s*<dhcp>\s*<range start='192\.168\.122\.2' end='192\.168\.122\.254'\/>/)
  await expect(fact('Puente')).toHaveText('virbr0')
  await expect(fact('Red')).toHaveText('192.168.122.0/24')
  await expect(fact('Rango DHCP')).toHaveText('192.168.122.2 – 192.168.122.254')
  await expect(fact('Reenvío')).toHaveText('NAT, por cualquier dispositivo del anfitrión')
  await button('Ver XML').click()
  await expect(shared.page.getByRole('dialog').getByText("<bridge name='virbr0'")).toBeVisible()
  await shared.page.keyboard.press('Escape')
  await autostart.click({ force: true })
  await expect(autostart).not.toBeChecked()
  await button('Detener red').click()
  await expect(shared.page.getByText('inactiva', { exact: true })).toBeVisible()
  expect(await info('default')).toMatchObject({ Active: 'no', Autostart: 'no' })
})

test('S2.16 a network that is off while a machine needs it is started from there, stopped after a question, and deleted with the machine named', async () => {
  await withDocument(alumna, ['-c', uri, 'net-define'], "<network><name>red-clase</name><bridge name='virbr81'/><domain name='clase.local'/></network>")
  await defineGuest(alumna, { name: 'alumno1', title: 'Alumno 1', memory: 32, network: 'red-clase', connection: uri })
  await entry('red-clase').click()
  await expect(fact('Dominio DNS')).toHaveText('clase.local')
  await expect(fact('Reenvío')).toHaveText('ninguno')
  await expect(fact('Máquinas conectadas')).toHaveText('Alumno 1')
  await expect(shared.page.getByText('sin ella no arrancan estas máquinas: Alumno 1.')).toBeVisible()
  await button('Iniciarla ahora').click()
  await expect(shared.page.getByText('activa', { exact: true })).toBeVisible()
  expect(await info('red-clase')).toMatchObject({ Active: 'yes' })

  await system('start', '--domain=alumno1')
  await button('Detener red').click()
  const question = shared.page.getByRole('dialog', { name: '¿Detener la red «red-clase»?' })
  await expect(question.getByRole('listitem')).toHaveText(['Alumno 1'])
  await question.getByRole('button', { name: 'Cancelar' }).click()
  expect(await info('red-clase')).toMatchObject({ Active: 'yes' })

  await button('Eliminar…').click()
  const confirm = shared.page.getByRole('dialog', { name: '¿Eliminar la red «red-clase»?' })
  await expect(confirm.getByRole('listitem')).toHaveText(['Alumno 1'])
  expect(await strayWords(shared.page)).toEqual([])
  await confirm.getByRole('button', { name: 'Eliminar red' }).click()
  await expect(entry('red-clase')).toHaveCount(0)
  expect((await system('net-list', '--all', '--name')).split('\n').filter((name) => name !== '')).toEqual(['default'])
})
