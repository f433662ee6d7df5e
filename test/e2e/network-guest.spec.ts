/** What user mode lets through: from the guest out, nothing in, nothing between two machines. What a network's page says of a guest that gets its address there, and moves. */
import { connect } from 'node:net'
import { test, type Locator } from '@playwright/test'
import { ensureGuest } from '../guest/index.ts'
import { asUser, defineGuest, serialPort, type SerialPort } from '../harness/index.ts'
import { bootOn, type NetworkGuest } from '../harness/network-guest.ts'
import { copiedBy } from './support/clipboard.ts'
import { withDocument } from './support/documents.ts'
import { expect, said } from './support/expect.ts'
import { expectState, forgetMachine, openMachine } from './support/machines.ts'
import { startOutsideHost, type OutsideHost } from './support/outside-host.ts'
import { inBoth } from './support/other-language.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'

test.describe.configure({ mode: 'serial' })

const alumna = asUser('alumna')
const root = asUser('root')
const system = 'qemu:///system'
const names = ['first', 'second'] as const
const mac = '52:54:00:00:31:12'
let shared: SharedApp
let outside: OutsideHost
let first: SerialPort
let second: SerialPort
let debian: NetworkGuest | undefined

test.beforeAll(async ({ browser }) => {
  outside = await startOutsideHost()
  shared = await openShared(browser, { connections: [system] })
  const { iso } = await ensureGuest()
  const medium = alumna.give(iso, 'live.iso')
  for (const name of names) await defineGuest(alumna, { name, iso: medium })
})
test.afterAll(async () => {
  for (const name of names) await forgetMachine(alumna, name)
  await debian?.remove()
  for (const verb of ['net-destroy', 'net-undefine']) for (const name of ['red-nat', 'red-aislada']) await root.exec(['virsh', '-c', system, verb, `--network=${name}`])
  await outside.stop()
  await shared.close()
})

async function startByClick(name: string): Promise<SerialPort> {
  await shared.page.getByRole('button', { name: `Start: ${name}` }).click()
  await expectState(alumna, name, 'running')
  return serialPort(alumna, name)
}

/** Whether a TCP connection from the host gets through. */
function reaches(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const end = (answer: boolean): void => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(3_000, () => end(false))
    socket.once('connect', () => end(true)).once('error', () => end(false))
  })
}

test('S0.14 the guest exchanges words by TCP with a server outside', async () => {
  first = await startByClick('first')
  second = await startByClick('second')
  await first.expectText(/vivero-guest address: eth0 10\.0\.2\.15\/24/, 90_000)
  first.type(`echo albaricoque | nc ${outside.address} ${outside.port}`)
  await first.expectText(/answer to albaricoque/, 20_000)
  expect(outside.heard()).toContain('albaricoque')
})

test('S0.14 nobody begins a connection to the guest from the host, and its page says so', async () => {
  first.type('(while true; do nc -l -p 8888 >> /run/heard; done) & until grep -q own /run/heard; do usleep 200000; echo own | nc -w 1 127.0.0.1 8888; done; cat /run/heard; echo self""done')
  await first.expectText(/own\s+selfdone/, 20_000)
  expect(await reaches('10.0.2.15', 8888)).toBe(false)
  expect(await reaches('127.0.0.1', 8888)).toBe(false)
  // No port of the host leads to a guest either: QEMU listens nowhere.
  const listening = await asUser('root').exec(['ss', '-Hltnp'])
  expect(listening.code).toBe(0)
  expect(listening.stdout).not.toContain('qemu-system')

  await openMachine(shared.page, 'first')
  await shared.page.getByText('Details', { exact: true }).click()
  await expect(shared.page.getByText('10.0.2.15', { exact: false }).first()).toBeVisible()
  await expect(shared.page.getByText('Neither the host nor other machines reach it.')).toBeVisible()
  await expect(shared.page.getByText('It is slow and hardly configurable.')).toBeVisible()
})

test('S0.14 two machines do not reach each other: the address of the one is that of the other itself', async () => {
  await second.expectText(/vivero-guest address: eth0 10\.0\.2\.15\/24/, 90_000)
  second.type('for host in 10.0.2.15 10.0.2.2 10.0.2.16; do echo stranger | nc -w 3 $host 8888 && echo $host reached || echo $host not""reached; done; echo tri""ed')
  await second.expectText(/tried/, 60_000)
  for (const host of ['10.0.2.15', '10.0.2.2', '10.0.2.16']) expect(second.text()).toContain(`${host} notreached`)
  first.clear()
  first.type('cat /run/heard; echo lis""ted')
  await first.expectText(/own\s+listed/, 20_000)
  expect(first.text()).not.toContain('stranger')
  first.close()
  second.close()
})

const picture = (name: string): Locator => shared.page.getByRole('group', { name: `Picture of the network “${name}”` })
const leases = (): Locator => shared.page.getByRole('region', { name: 'DHCP leases', exact: true }).locator('tbody tr')

async function startNetwork(content: string): Promise<void> {
  await withDocument(root, ['-c', system, 'net-define'], `<network>${content}</network>`)
  await root.virsh(['-c', system, 'net-start', `--network=${/<name>(.*)<\/name>/.exec(content)?.[1] ?? ''}`])
}

async function openNetwork(name: string): Promise<void> {
  await shared.page.getByRole('region', { name: 'QEMU/KVM' }).getByRole('link', { name: /^Networks/ }).click()
  await shared.page.getByRole('navigation', { name: 'Networks' }).getByRole('link', { name: new RegExp(name) }).click()
}

test('S3.12 S3.13 a guest that starts on NAT gets an address of the range, which its network shows as virsh does; gateway and DNS are .1', async () => {
  await startNetwork(
    "<name>red-nat</name><forward mode='nat'/><bridge name='virbr91'/><domain name='red-nat'/><ip address='192.168.101.1' netmask='255.255.255.0'><dhcp><range start='192.168.101.2' end='192.168.101.254'/></dhcp></ip>",
  )
  await openNetwork('red-nat')
  await expect(shared.page.getByText('No address is leased now.')).toBeVisible()
  ;[debian] = await bootOn({ debian: { card: { type: 'network', network: 'red-nat' }, mac } })
  const address = (await debian?.leased()) ?? ''
  expect(address).toMatch(/^192\.168\.101\.([2-9]|\d\d|1\d\d|2[0-4]\d|25[0-4])\/24$/)
  const bare = address.replace('/24', '')
  await expect(picture('red-nat').getByRole('link')).toHaveAccessibleName(`debian: Running · ${bare}`)
  const table = await root.virsh(['-c', system, 'net-dhcp-leases', '--network=red-nat'])
  expect(table).toMatch(new RegExp(`${mac}\\s+ipv4\\s+${bare}/24\\s+debian\\s`))
  await expect(leases().locator('td:visible')).toHaveText([/^debian/, new RegExp(`^${bare}`), mac, 'debian', inBoth({ en: /^in \d+ (min|hr)/, es: /^dentro de \d+ (min|h)/ }), /^in use/])
  expect(await debian?.settings()).toEqual({ gateway: '192.168.101.1', dns: '192.168.101.1' })
})

test('S3.17 the summary of the network tells of the guest what it has and reaches', async () => {
  await shared.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(shared.app.url).origin })
  await shared.page.getByRole('button', { name: 'Copy summary' }).click()
  const text = await copiedBy(shared.page, () => shared.page.getByRole('menuitem', { name: 'As text' }).click())
  const lines = ['Network: red-nat', 'Kind: NAT', `MAC: ${mac}`, `Address: ${(await debian?.leased()) ?? ''}`, 'Given by: the network’s DHCP', 'Gateway: 192.168.101.1', 'DNS: 192.168.101.1']
  const reached = ['Reaches the outside: yes', 'Reaches the host: yes', 'Reaches other machines: yes']
  expect(text.split('\n')).toEqual(expect.arrayContaining([...lines, ...reached].map(said)))
})

test('S3.16 S3.15 a guest that moves leaves its old address behind: the lease is said to be old, and the new network says which one to set', async () => {
  const old = ((await debian?.leased()) ?? '').replace('/24', '')
  await startNetwork("<name>red-aislada</name><bridge name='virbr92'/><ip address='192.168.102.1' netmask='255.255.255.0'/>")
  await debian?.plugInto('red-aislada')
  await openNetwork('red-aislada')
  await expect(picture('red-aislada').getByRole('link')).toHaveAccessibleName('debian: Running · static IP')
  await expect(shared.page.getByText('No DHCP: static IP 192.168.102.x/24')).toBeVisible()
  await expect(shared.page.locator('main')).not.toContainText(old)
  await openNetwork('red-nat')
  await expect(picture('red-nat').getByRole('link')).toHaveCount(0)
  await expect(leases()).toHaveText([new RegExp(`debian.*${old}.*old.*debian is not on this network any more`)])

  await debian?.fixed('192.168.102.2/24')
  expect((await debian?.reach('192.168.102.1'))?.get('192.168.102.1')?.ping).toBe(true)
  await openNetwork('red-aislada')
  await expect(picture('red-aislada').getByRole('link')).toHaveAccessibleName('debian: Running · 192.168.102.2')
})
