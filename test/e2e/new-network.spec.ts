/** Making networks by clicking: every kind of the course, what is said before and at it, and what libvirt and the host have then. First in Spanish, then in English. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { test, type Locator } from '@playwright/test'
import { hostClient, type HostClient } from '../../scripts/shots/host-client.ts'
import { asUser } from '../harness/index.ts'
import { expect } from './support/expect.ts'
import { spoken } from './support/other-language.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'
import { strayWords } from './support/stray-words.ts'

test.describe.configure({ mode: 'serial' })

const alumna = asUser('alumna')
const root = asUser('root')
const uri = 'qemu:///system'
const system = (...args: readonly string[]): Promise<string> => alumna.virsh(['-c', uri, ...args])
const made = ['red-nat', 'red-aislada', 'red-muy-aislada', 'red-dhcp', 'routed', 'open', 'lan', 'shared', 'keys']

let shared: SharedApp
let host: HostClient

async function ip(...words: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await root.exec(['ip', ...words])
  if (code !== 0) throw new Error(`ip ${words.join(' ')}: ${stderr}`)
  return stdout
}

/** Cards as real ones look from here: each is one end of a wire whose other end is outside. */
const cards = ['enp7s0', 'enp8s0']

test.beforeAll(async ({ browser }) => {
  await ip('netns', 'add', 'outside')
  for (const card of cards) {
    await ip('link', 'add', card, 'type', 'veth', 'peer', 'name', `${card}-far`, 'netns', 'outside')
    await ip('link', 'set', card, 'up')
  }
  shared = await openShared(browser, { connections: [uri], language: 'es' })
  host = await hostClient(shared.app.url)
  await show('QEMU/KVM', 'Redes')
})
test.afterAll(async () => {
  host.close()
  await shared.close()
  for (const name of made) for (const verb of ['net-destroy', 'net-undefine']) await alumna.exec(['virsh', '-c', uri, verb, `--network=${name}`])
  for (const device of ['br0', ...cards]) await root.exec(['ip', 'link', 'delete', device])
  await root.exec(['ip', 'netns', 'delete', 'outside'])
})

const show = async (connection: string, title: string): Promise<void> => {
  await shared.page.getByRole('region', { name: connection }).getByRole('link', { name: new RegExp(`^${title}`) }).click()
  await expect(shared.page.getByRole('heading', { name: title, level: 1 })).toBeVisible()
}
const dialog = (): Locator => shared.page.getByRole('dialog').first()
const field = (name: string): Locator => dialog().getByRole('textbox', { name, exact: true })
const kind = (name: string): Locator => dialog().getByRole('radio', { name, exact: true })
const press = (name: string): Promise<void> => dialog().getByRole('button', { name, exact: true }).click()

async function open(button = 'Nueva red'): Promise<void> {
  await shared.page.getByRole('button', { name: button, exact: true }).click()
  await expect(dialog()).toBeVisible()
}

/** Creates what the sheet says, and waits until the page shows it. */
async function create(name: string, word = 'Crear'): Promise<string> {
  await press(word)
  await expect(dialog()).toBeHidden({ timeout: 60_000 })
  await expect(shared.page.getByRole('navigation', { name: /^(Redes|Networks)$/ }).getByRole('link', { name: new RegExp(`\\b${name}\\b`) })).toBeVisible()
  return system('net-dumpxml', `--network=${name}`)
}

/** `Name:  default` and the like, as virsh says them. */
async function info(name: string): Promise<Record<string, string>> {
  const lines = (await system('net-info', `--network=${name}`)).split('\n')
  return Object.fromEntries(lines.flatMap((line) => [/^(\S+):\s+(.*)$/.exec(line)?.slice(1) ?? []]).filter((pair) => pair.length === 2))
}
const lasting = { Active: 'yes', Autostart: 'yes', Persistent: 'yes' }

test('S1.5 S2.7 a session makes no networks: the button is off with its reason, what to do is said, and nothing is defined', async () => {
  const { page } = shared
  await show('Sesión de usuario', 'Redes')
  const button = page.getByRole('button', { name: 'Nueva red', exact: true })
  await expect(button).toHaveAttribute('aria-disabled', 'true')
  await expect(button).toHaveAccessibleDescription(/no tiene permisos para crear redes/)
  await button.click({ force: true })
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.evaluate(() => (window.location.hash += `?dialog=new-network&connection=${window.location.hash.split('/')[2] ?? ''}`))
  await expect(dialog()).toContainText('Las máquinas de esta sesión usan el modo usuario')
  await expect(dialog().getByRole('textbox')).toHaveCount(0)
  expect(await strayWords(page)).toEqual([])
  await press('Abrir las redes de QEMU/KVM')
  await expect(page.getByRole('button', { name: 'Nueva red', exact: true })).not.toHaveAttribute('aria-disabled', 'true')
  expect((await alumna.virsh(['-c', 'qemu:///session', 'net-list', '--all', '--name'])).trim()).toBe('')
})

test('S3.1 the kinds are offered by name in the two groups of the course, each with its effect and a drawing', async () => {
  await open()
  const inGroup = (group: string): Promise<string[]> =>
    dialog().getByRole('group', { name: group }).getByRole('radio').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value))
  expect(await inGroup('Redes virtuales privadas')).toEqual(['nat', 'route', 'open', 'isolated-dhcp', 'isolated', 'very-isolated'])
  expect(await inGroup('Redes públicas: la red del anfitrión')).toEqual(['bridge', 'macvtap'])
  for (const name of ['NAT', 'Enrutada', 'Abierta', 'Aislada con DHCP', 'Aislada sin DHCP', 'Muy aislada', 'Puente del anfitrión', 'Macvtap']) {
    await kind(name).check()
    await expect(kind(name)).toHaveAccessibleDescription(/.{20}/)
    await expect(dialog().getByRole('img', { name, exact: true })).toHaveAccessibleDescription(/máquinas/)
  }
  await expect(dialog()).not.toContainText(/modo bridge/i)
  expect(await strayWords(shared.page)).toEqual([])
})

test('S2.9 S3.5 S3.9 red-nat takes a kind, a name and a subnet; what NAT is stands beside it', async () => {
  await kind('NAT').check()
  await field('Nombre').fill('red-nat')
  await field('Red IPv4').fill('192.168.101.0/24')
  await expect(field('Primera dirección')).toHaveValue('192.168.101.2')
  await expect(field('Última dirección')).toHaveValue('192.168.101.254')
  const facts = dialog().getByRole('region', { name: 'Qué permite' }).getByRole('listitem')
  await expect(facts).toHaveText([/direcciones privadas/, /puerta de enlace, por medio de un puente virtual/, /hace NAT/, /por DHCP/, /por DNS/])
  const xml = await create('red-nat')
  expect(xml).toMatch(/<forward mode='nat'>/)
  expect(xml).toMatch(/<bridge name='virbr\d+' stp='on'/)
  expect(xml).toContain("<domain name='red-nat'/>")
  expect(xml).toMatch(/<ip address='192\.168\.101\.1' netmask='255\.255\.255\.0'>\s*<dhcp>\s*<range start='192\.168\.101\.2' end='192\.168\.101\.254'\/>\s*<\/dhcp>/)
  expect(await info('red-nat')).toMatchObject(lasting)
})

test('S3.6 S3.9 red-aislada is isolated without DHCP', async () => {
  await open()
  await kind('Aislada sin DHCP').check()
  await expect(dialog().getByRole('switch', { name: 'Repartir direcciones', exact: true })).not.toBeChecked()
  await field('Nombre').fill('red-aislada')
  await field('Red IPv4').fill('192.168.102.0/24')
  const xml = await create('red-aislada')
  expect(xml).not.toMatch(/<forward|<dhcp/)
  expect(xml).toContain("<ip address='192.168.102.1' netmask='255.255.255.0'")
  expect(await info('red-aislada')).toMatchObject(lasting)
})

test('S3.7 S3.9 red-muy-aislada has a bridge and no address, on the host neither, and each network has a bridge of its own', async () => {
  await open()
  await kind('Muy aislada').check()
  await expect(field('Red IPv4')).toHaveCount(0)
  await field('Nombre').fill('red-muy-aislada')
  const xml = await create('red-muy-aislada')
  expect(xml).not.toMatch(/<forward|<ip|<domain/)
  const { Bridge: bridge = '', ...rest } = await info('red-muy-aislada')
  expect(rest).toMatchObject(lasting)
  expect(await ip('address', 'show', 'dev', bridge)).not.toContain('inet')
  const bridges = await Promise.all(['red-nat', 'red-aislada'].map(async (name) => (await info(name))['Bridge']))
  expect(new Set([bridge, ...bridges]).size).toBe(3)
  expect([bridge, ...bridges].every((name) => /^virbr\d+$/.test(name ?? ''))).toBe(true)
})

test('S3.8 an isolated network can hand out addresses, from a range of one’s own', async () => {
  await open()
  await kind('Aislada con DHCP').check()
  await field('Nombre').fill('red-dhcp')
  await field('Red IPv4').fill('192.168.124.0/24')
  await field('Primera dirección').fill('192.168.124.128')
  const xml = await create('red-dhcp')
  expect(xml).not.toContain('<forward')
  expect(xml).toContain("<range start='192.168.124.128' end='192.168.124.254'/>")
})

test('S4.13 the words of the field explain themselves on hover, on focus and on a tap, and Escape closes that alone', async () => {
  const { page } = shared
  await open()
  const term = dialog().locator('[data-term=dhcp]').first()
  const tip = page.getByRole('tooltip')
  await term.hover()
  await expect(tip).toContainText('DHCP da a cada máquina su dirección')
  await page.mouse.move(5, 5)
  await expect(tip).toHaveCount(0)
  await term.focus()
  await expect(tip).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(tip).toHaveCount(0)
  await expect(dialog()).toBeVisible()
  const nat = dialog().locator('[data-term=nat]')
  await nat.scrollIntoViewIfNeeded()
  await nat.dispatchEvent('click')
  await expect(tip).toContainText('NAT: las máquinas salen con la dirección del anfitrión')
  await page.keyboard.press('Escape')
  await expect(dialog()).toBeHidden()
  await shared.page.getByRole('button', { name: 'Tipos de redes…', exact: true }).click()
  for (const word of ['puente', 'NAT', 'DHCP', 'DNS', 'red aislada', 'macvtap']) {
    await dialog().getByRole('button', { name: word, exact: true }).focus()
    await expect(tip).toHaveText(/.{30}/)
  }
  const row = (name: string): Locator => dialog().getByRole('row', { name: new RegExp(`^${name} `) }).getByRole('cell')
  await expect(row('Muy aislada')).toHaveText(['no', 'no', 'no', 'no', 'sí', 'dirección a mano', 'no'])
  await expect(row('Macvtap')).toHaveText(['el de la red local', 'el de la red local', 'sí', 'no', 'sí', 'como en la red local', 'sí'])
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('S4.3 S4.4 a routed network goes out through a chosen card, and says what the router needs', async () => {
  await host.call('settings.update', { language: spoken('en') })
  await open('New network')
  await kind('Routed').check()
  await expect(dialog()).toContainText('The router of the local network needs a static route to this network')
  await field('Name').fill('routed')
  await dialog().locator('[data-fold=more] button').first().click()
  await dialog().getByRole('combobox', { name: 'Out through' }).click()
  await shared.page.getByRole('option', { name: 'enp7s0, wired' }).click()
  const xml = await create('routed', 'Create')
  expect(xml).toContain("<forward dev='enp7s0' mode='route'>")
})

test('S4.5 an open network is told to have no rules of libvirt’s', async () => {
  await open('New network')
  await kind('Open').check()
  await expect(dialog()).toContainText('libvirt adds no firewall rules')
  await field('Name').fill('open')
  expect(await create('open', 'Create')).toMatch(/<forward mode='open'\/>/)
})

test('S4.8 S4.9 without a bridge of the host the sheet shows how to make one; one that is there is listed, virbr are not', async () => {
  await open('New network')
  await kind('Bridge of the host').check()
  await expect(dialog()).toContainText('This host has no bridge of its own.')
  await expect(dialog()).toContainText('The host’s connection drops meanwhile, and its address may change')
  const lines = dialog().getByRole('region', { name: 'In a terminal:' })
  await expect(lines).toContainText('sudo nmcli connection add type bridge con-name br0 ifname br0')
  await dialog().getByText('netplan', { exact: true }).click()
  await expect(lines).toContainText('interfaces: [enp7s0]')
  await expect(dialog().getByRole('region', { name: 'To take it back:' })).toHaveText('sudo rm /etc/netplan/99-br0.yaml; sudo ip link delete br0; sudo netplan apply')

  await ip('link', 'add', 'br0', 'type', 'bridge')
  await ip('link', 'set', 'enp7s0', 'master', 'br0')
  await shared.page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await dialog().getByRole('combobox', { name: 'Bridge of the host' }).click()
  await expect(shared.page.getByRole('option')).toHaveText(['br0, with enp7s0'])
  await shared.page.getByRole('option', { name: 'br0, with enp7s0' }).click()
  await expect(field('IPv4 network')).toHaveCount(0)
  await field('Name').fill('lan')
  const xml = await create('lan', 'Create')
  expect(xml).toMatch(/<forward mode='bridge'\/>\s*<bridge name='br0'\/>/)
  expect(xml).not.toMatch(/<ip|<dhcp/)
})

test('S4.10 S4.11 macvtap warns when it is chosen, a card in a bridge is off with the reason, and a free one is taken', async () => {
  await open('New network')
  await kind('Macvtap').check()
  await expect(dialog().getByRole('note')).toContainText('the host and its machines do not reach each other')
  await dialog().getByRole('combobox', { name: 'Card of the host' }).click()
  const inBridge = shared.page.getByRole('option', { name: 'enp7s0: is in the bridge br0' })
  await expect(inBridge).toHaveAttribute('data-combobox-disabled', 'true')
  await shared.page.getByRole('option', { name: 'enp8s0, wired' }).click()
  await field('Name').fill('shared')
  const xml = await create('shared', 'Create')
  expect(xml).toMatch(/<forward dev='enp8s0' mode='bridge'>\s*<interface dev='enp8s0'/)
})

test('S2.7 what is wrong is said at its field at each key, Create is off with the reason, and the keyboard alone makes a network', async () => {
  const { page } = shared
  const { keyboard } = page
  await page.getByRole('button', { name: 'New network', exact: true }).focus()
  await keyboard.press('Enter')
  await expect(field('Name')).toBeFocused()
  await keyboard.type('red-nat')
  await expect(field('Name')).toHaveAccessibleDescription(/There already is a network named “red-nat”/)
  await keyboard.press('Tab')
  await keyboard.press('Control+a')
  await keyboard.type('192.168.101.64/26')
  await expect(field('IPv4 network')).toHaveAccessibleDescription(/overlaps with 192\.168\.101\.0\/24 of the network “red-nat”/)
  const create = dialog().getByRole('button', { name: 'Create', exact: true })
  await expect(create).toHaveAttribute('aria-disabled', 'true')
  await expect(create).toHaveAccessibleDescription(/Cannot be created yet\. There already is a network/)
  await keyboard.press('Control+a')
  await keyboard.type('192.168.140.0/24')
  await keyboard.press('Shift+Tab')
  await keyboard.press('Control+a')
  await keyboard.type('keys')
  await kind('NAT').focus()
  await keyboard.press('ArrowDown')
  await expect(kind('Routed')).toBeChecked()
  await keyboard.press('ArrowUp')
  await field('IPv4 network').focus()
  await keyboard.press('Enter')
  await expect(dialog()).toBeHidden({ timeout: 60_000 })
  expect(await info('keys')).toMatchObject(lasting)
})

test('S2.7 what libvirt refuses is said with cause and remedy, the sheet keeps what was typed, and nothing is left', async () => {
  // Somebody else answers DNS at the address that the network's dnsmasq is to have.
  await ip('address', 'add', '192.168.150.1/32', 'dev', 'lo')
  const socket = createSocket({ type: 'udp4' })
  socket.bind(53, '192.168.150.1')
  await once(socket, 'listening')
  await open('New network')
  await field('Name').fill('refused')
  await field('IPv4 network').fill('192.168.150.0/24')
  await press('Create')
  await expect(dialog().getByRole('alert')).toBeVisible({ timeout: 60_000 })
  await expect(dialog().getByRole('alert')).toContainText(/DNS|53/)
  await expect(field('Name')).toHaveValue('refused')
  expect(await system('net-list', '--all', '--name')).not.toContain('refused')
  socket.close()
  await ip('address', 'delete', '192.168.150.1/32', 'dev', 'lo')
  await press('Close')
  await shared.page.getByRole('dialog', { name: 'Close without making the network?' }).getByRole('button', { name: 'Discard' }).click()
  await expect(shared.page.getByRole('dialog')).toHaveCount(0)
})

test('S2.7 an edit says what takes effect at once and what waits, and offers the restart', async () => {
  const { page } = shared
  const uuid = (await system('net-uuid', '--network=keys')).trim()
  await page.evaluate((id) => (window.location.hash = `/c/${window.location.hash.split('/')[2] ?? ''}/networks/${id}?dialog=edit-network&connection=${window.location.hash.split('/')[2] ?? ''}&uuid=${id}`), uuid)
  await expect(dialog()).toContainText('Edit the network “keys”')
  await expect(field('IPv4 network')).toBeFocused()
  await field('First address').fill('192.168.140.100')
  await dialog().locator('[data-fold=more] button').first().click()
  await field('MTU (bytes a packet)').fill('1400')
  await expect(dialog()).toContainText('Takes effect at once: DHCP range')
  await expect(dialog()).toContainText('Takes effect when the network restarts: MTU')
  await press('Save')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(await system('net-dumpxml', '--network=keys')).toContain("<range start='192.168.140.100' end='192.168.140.254'/>")
  expect(await system('net-dumpxml', '--network=keys')).not.toContain('<mtu')
  await page.getByRole('status').getByRole('button', { name: 'Restart the network' }).click()
  await expect.poll(() => system('net-dumpxml', '--network=keys')).toContain("<mtu size='1400'/>")
})
