/** What virsh does shows in the page: at once where libvirt announces it, at the next focus where it does not (S0.17). */
import { PNG } from 'pngjs'
import { test } from '@playwright/test'
import { ensureGuest } from '../guest/index.ts'
import { asUser, defineGuest, launchOptions, serialPort, until, wholeBrowserProgram } from '../harness/index.ts'
import { withDocument } from './support/documents.ts'
import { expect } from './support/expect.ts'
import { besideAnotherTab, type Tabs } from './support/focus.ts'
import { forgetMachine } from './support/machines.ts'
import { expectSameRows, listedRows, rowOf } from './support/rows.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'

/** Far below the 30 s after which a page on screen is read again in any case. */
const soon = 20_000
const alumna = asUser('alumna')
const system = ['-c', 'qemu:///system']
const network = `<network><name>lively</name><bridge name='virbr78'/><ip address='192.168.178.1' netmask='255.255.255.0'>
<dhcp><range start='192.168.178.2' end='192.168.178.9'/></dhcp></ip></network>`
const drop = '<volume><name>drop.raw</name><capacity>1024</capacity></volume>'

// A page is away only where there are tabs.
test.use({ launchOptions: launchOptions(wholeBrowserProgram()) })

let shared: SharedApp
let tabs: Tabs

test.beforeAll(async ({ browser }) => {
  shared = await openShared(browser, { connections: ['qemu:///system'] })
  tabs = await besideAnotherTab(shared.page)
  await show('User session', 'Machines')
  await expect(shared.page.getByRole('heading', { name: 'No machines yet' })).toBeVisible()
})
test.afterAll(async () => {
  await shared.close()
  await forgetMachine(asUser('root'), 'leaser')
  for (const verb of ['net-destroy', 'net-undefine']) await alumna.exec(['virsh', ...system, verb, '--network=lively'])
})

/** Opens a page of a connection from the sidebar. */
async function show(connection: string, entry: string): Promise<void> {
  await shared.page.getByRole('region', { name: connection }).getByRole('link', { name: new RegExp(`^${entry}`) }).click()
  await expect(shared.page.getByRole('heading', { name: entry, level: 1 })).toBeVisible()
}

async function showTable(): Promise<void> {
  await show('User session', 'Machines')
  await shared.page.getByText('Table', { exact: true }).click()
}

async function showDetails(name: string): Promise<void> {
  await showTable()
  await rowOf(shared.page, name).getByRole('link').click()
  await shared.page.getByText('Details', { exact: true }).click()
  await expect(shared.page.getByRole('heading', { name: 'Overview' })).toBeVisible()
}

/** virsh works while another tab is in front; then the person comes back. */
async function behindTheBack(work: () => Promise<unknown>): Promise<void> {
  await tabs.leave()
  await work()
  await tabs.comeBack()
}

const fact = (label: string) => shared.page.locator('dl > div').filter({ has: shared.page.getByText(label, { exact: true }) }).locator('dd')

test.describe('what libvirt announces', () => {
  test.describe.configure({ mode: 'serial' })

  test('S0.17 the list is that of virsh: id, name and state; a machine defined and started is in it', async () => {
    await defineGuest(alumna, { name: 'ubuntu20.10', title: 'Ubuntu 20.10', memory: 32, network: null })
    await expect(shared.page.getByRole('link', { name: 'Ubuntu 20.10', exact: true })).toBeVisible({ timeout: soon })
    await showTable()
    await defineGuest(alumna, { name: 'ubuntu20.10-2', title: 'Ubuntu 20.10 2', memory: 32, network: null })
    await alumna.virsh(['start', '--domain=ubuntu20.10'])
    await alumna.virsh(['start', '--domain=ubuntu20.10-2'])
    await expectSameRows(shared.page, alumna, soon)
    expect(await listedRows(alumna)).toContainEqual({ id: '2', name: 'ubuntu20.10-2', state: 'Running' })
    await expect(rowOf(shared.page, 'ubuntu20.10-2').getByRole('link', { name: 'Ubuntu 20.10 2' })).toBeVisible()
    await alumna.virsh(['destroy', '--domain=ubuntu20.10'])
  })

  for (const [verb, state] of [['suspend', 'Paused'], ['resume', 'Running'], ['managedsave', 'Saved'], ['start', 'Running'], ['destroy', 'Off']] as const) {
    test(`S0.17 ${verb}: the row says ${state}`, async () => {
      await alumna.virsh([verb, '--domain=ubuntu20.10-2'])
      await expect(rowOf(shared.page, 'ubuntu20.10-2').getByRole('cell').nth(3)).toHaveText(state, { timeout: soon })
      if (state !== 'Saved') await expectSameRows(shared.page, alumna, soon)
    })
  }

  test('S0.17 another title and another name', async () => {
    await alumna.virsh(['desc', '--domain=ubuntu20.10-2', '--title', '--config', 'Año nuevo'])
    await expect(rowOf(shared.page, 'ubuntu20.10-2').getByRole('link', { name: 'Año nuevo' })).toBeVisible({ timeout: soon })
    await alumna.virsh(['start', '--domain=ubuntu20.10-2'])
    await alumna.virsh(['desc', '--domain=ubuntu20.10-2', '--title', '--live', 'Año viejo'])
    await expect(rowOf(shared.page, 'ubuntu20.10-2').getByRole('link', { name: 'Año viejo' })).toBeVisible({ timeout: soon })
    await alumna.virsh(['destroy', '--domain=ubuntu20.10-2'])
    await alumna.virsh(['domrename', 'ubuntu20.10-2', 'groovy'])
    await expect(rowOf(shared.page, 'groovy')).toBeVisible({ timeout: soon })
    await expectSameRows(shared.page, alumna, soon)
  })

  test('S0.17 a machine undefined is gone from the list, and its page says so', async () => {
    await alumna.virsh(['undefine', '--domain=groovy'])
    await expect(rowOf(shared.page, 'groovy')).toHaveCount(0, { timeout: soon })
    await expectSameRows(shared.page, alumna, soon)
    await showDetails('ubuntu20.10')
    await alumna.virsh(['undefine', '--domain=ubuntu20.10'])
    await expect(shared.page.getByRole('heading', { name: 'This machine is not there any more' })).toBeVisible({ timeout: soon })
  })

  test('S0.17 a network is defined, started, stopped and undefined', async () => {
    await show('QEMU/KVM', 'Networks')
    const entry = shared.page.getByRole('navigation', { name: 'Networks' }).getByRole('link', { name: /silent/ })
    await withDocument(alumna, [...system, 'net-define'], "<network><name>silent</name><bridge name='virbr77'/></network>")
    await expect(entry).toBeVisible({ timeout: soon })
    await entry.click()
    await expect(shared.page.getByRole('button', { name: 'Start', exact: true })).toBeVisible()
    await alumna.virsh([...system, 'net-start', '--network=silent'])
    await expect(shared.page.getByText('active', { exact: true })).toBeVisible({ timeout: soon })
    await alumna.virsh([...system, 'net-destroy', '--network=silent'])
    await expect(shared.page.getByRole('button', { name: 'Start', exact: true })).toBeVisible({ timeout: soon })
    await alumna.virsh([...system, 'net-undefine', '--network=silent'])
    await expect(entry).toHaveCount(0, { timeout: soon })
  })

  test('S0.17 a pool is defined, started, stopped and undefined', async () => {
    await show('User session', 'Storage')
    const pool = `<pool type='dir'><name>puddle</name><target><path>${alumna.home}</path></target></pool>`
    const entry = shared.page.getByRole('navigation', { name: 'Storage' }).getByRole('link', { name: /puddle/ })
    await withDocument(alumna, ['pool-define'], pool)
    await expect(entry).toBeVisible({ timeout: soon })
    await entry.click()
    await expect(shared.page.getByRole('button', { name: 'Start pool' })).toBeVisible()
    await alumna.virsh(['pool-start', '--pool=puddle'])
    await expect(shared.page.getByRole('heading', { name: 'Volumes' })).toBeVisible({ timeout: soon })
    await alumna.virsh(['pool-destroy', '--pool=puddle'])
    await expect(shared.page.getByRole('button', { name: 'Start pool' })).toBeVisible({ timeout: soon })
    await alumna.virsh(['pool-undefine', '--pool=puddle'])
    await expect(entry).toHaveCount(0, { timeout: soon })
  })
})

test.describe('what libvirt does not announce, at the focus or when its page is opened', () => {
  test.beforeAll(async () => {
    await defineGuest(alumna, { name: 'quiet', memory: 32, network: null })
  })
  test.afterAll(() => forgetMachine(alumna, 'quiet'))

  test('S0.17 autostart', async () => {
    await showDetails('quiet')
    const autostart = shared.page.getByRole('switch', { name: 'Starts with the session’s libvirt' })
    await expect(autostart).not.toBeChecked()
    await behindTheBack(() => alumna.virsh(['autostart', '--domain=quiet']))
    await expect(autostart).toBeChecked({ timeout: soon })
    await showTable()
    await alumna.virsh(['autostart', '--domain=quiet', '--disable'])
    await showDetails('quiet')
    await expect(autostart).not.toBeChecked({ timeout: soon })
  })

  test('S0.17 a change with --config only', async () => {
    await showTable()
    const cpus = rowOf(shared.page, 'quiet').getByRole('cell').nth(4)
    await expect(cpus).toHaveText('1')
    await behindTheBack(async () => {
      await alumna.virsh(['setvcpus', '--domain=quiet', '--count=2', '--config', '--maximum'])
      await alumna.virsh(['setvcpus', '--domain=quiet', '--count=2', '--config'])
    })
    await expect(cpus).toHaveText('2', { timeout: soon })
    await showDetails('quiet')
    await expect(fact('CPUs')).toHaveText('2')
    await behindTheBack(() => alumna.virsh(['setvcpus', '--domain=quiet', '--count=1', '--config']))
    await expect(fact('CPUs')).toHaveText('1 of at most 2', { timeout: soon })
  })

  test('S0.17 managedsave-remove', async () => {
    await showTable()
    const state = rowOf(shared.page, 'quiet').getByRole('cell').nth(3)
    await alumna.virsh(['start', '--domain=quiet'])
    await alumna.virsh(['managedsave', '--domain=quiet'])
    await expect(state).toHaveText('Saved', { timeout: soon })
    await behindTheBack(() => alumna.virsh(['managedsave-remove', '--domain=quiet']))
    await expect(state).toHaveText('Off', { timeout: soon })
  })

  test('S0.17 volumes made and deleted', async () => {
    await alumna.exec(['mkdir', '-p', 'lake'])
    await withDocument(alumna, ['pool-define'], `<pool type='dir'><name>lake</name><target><path>${alumna.home}/lake</path></target></pool>`)
    await alumna.virsh(['pool-start', '--pool=lake'])
    await withDocument(alumna, ['vol-create', '--pool=lake'], drop.replace('drop.raw', 'first.raw'))
    const began = Date.now()
    const events = alumna.spawn(['virsh', 'pool-event', '--event', 'refresh', '--loop'], { stdio: ['ignore', 'pipe', 'ignore'] })
    let announced = ''
    events.stdout?.setEncoding('utf8').on('data', (text: string) => (announced += text))
    await show('User session', 'Storage')
    const volumes = shared.page.getByRole('table', { name: 'Volumes' })
    await expect(volumes.getByRole('cell', { name: 'first.raw', exact: true })).toBeVisible({ timeout: soon })
    await behindTheBack(() => withDocument(alumna, ['vol-create', '--pool=lake'], drop))
    await expect(volumes.getByRole('cell', { name: 'drop.raw', exact: true })).toBeVisible({ timeout: soon })
    await behindTheBack(() => alumna.virsh(['vol-delete', '--pool=lake', '--vol=drop.raw']))
    await expect(volumes.getByRole('cell', { name: 'drop.raw', exact: true })).toHaveCount(0, { timeout: soon })
    // Read when opened, at each focus and every 30 s, and not again and again because libvirt announces the reading.
    await until('a reading', soon, () => (announced.includes('lake') ? true : undefined))
    expect(announced.split('\n').filter((line) => line.includes('lake')).length).toBeLessThanOrEqual(3 + Math.ceil((Date.now() - began) / 30_000))
    events.kill()
    for (const verb of ['pool-destroy', 'pool-undefine']) await alumna.virsh([verb, '--pool=lake'])
  })

  test('S0.17 net-update and leases', async () => {
    await withDocument(alumna, [...system, 'net-define'], network)
    await alumna.virsh([...system, 'net-start', '--network=lively'])
    await show('QEMU/KVM', 'Networks')
    await shared.page.getByRole('navigation', { name: 'Networks' }).getByRole('link', { name: /lively/ }).click()
    await expect(shared.page.getByText('No address is leased now.')).toBeVisible()
    const host = "<host mac='52:54:00:00:00:01' ip='192.168.178.5'/>"
    await behindTheBack(() => alumna.virsh([...system, 'net-update', 'lively', 'add', 'ip-dhcp-host', host, '--live', '--config']))
    await expect(fact('Static DHCP entries')).toHaveText('192.168.178.5 · 52:54:00:00:00:01', { timeout: soon })

    const { iso } = await ensureGuest()
    await asUser('root').exec(['cp', iso, '/var/lib/libvirt/images/leaser.iso'])
    await defineGuest(alumna, { name: 'leaser', iso: '/var/lib/libvirt/images/leaser.iso', network: 'lively', connection: 'qemu:///system' })
    await behindTheBack(async () => {
      await alumna.virsh([...system, 'start', '--domain=leaser'])
      await until('a lease', 90_000, async () => (/192\.168\.178\.\d/.test(await alumna.virsh([...system, 'net-dhcp-leases', '--network=lively'])) ? true : undefined))
    })
    const leases = shared.page.getByRole('table', { name: 'DHCP leases' })
    await expect(leases.getByRole('cell', { name: 'vivero-guest' })).toBeVisible({ timeout: soon })
    const given = /192\.168\.178\.\d/.exec(await alumna.virsh([...system, 'net-dhcp-leases', '--network=lively']))?.[0] ?? 'none'
    await expect(leases.getByRole('cell', { name: given, exact: true })).toBeVisible()
  })

  test('S0.17 snapshots', async () => {
    const disk = `${alumna.home}/pictured.qcow2`
    await alumna.exec(['qemu-img', 'create', '-q', '-f', 'qcow2', disk, '1M'])
    await defineGuest(alumna, { name: 'pictured', disk, memory: 32, network: null })
    await showDetails('pictured')
    await expect(fact('Snapshots')).toHaveText('0')
    await behindTheBack(() => alumna.virsh(['snapshot-create-as', '--domain=pictured', '--name=before']))
    await expect(fact('Snapshots')).toHaveText('1', { timeout: soon })
    await behindTheBack(() => alumna.virsh(['snapshot-delete', '--domain=pictured', '--snapshotname=before']))
    await expect(fact('Snapshots')).toHaveText('0', { timeout: soon })
    await forgetMachine(alumna, 'pictured')
  })
})

test('S0.17 a word that the guest prints changes its thumbnail; the guest that virsh shuts down is off in the list', async () => {
  const { iso } = await ensureGuest()
  await defineGuest(alumna, { name: 'talker', iso: alumna.give(iso, 'talker.iso') })
  await alumna.virsh(['start', '--domain=talker'])
  await show('User session', 'Machines')
  await shared.page.getByText('Grid', { exact: true }).click()
  const guest = await serialPort(alumna, 'talker')
  await guest.expectText(/vivero-guest ready/, 90_000)
  guest.type('clear > /dev/tty1; echo clear""ed')
  await guest.expectText(/cleared/)
  const picture = shared.page.getByRole('img', { name: 'Screen of talker' })
  // A cleared screen has next to nothing lit; a blinking cursor is 16 points.
  await expect.poll(() => lit(picture), { timeout: 60_000 }).toBeLessThan(1_000)
  guest.type('for i in 1 2 3 4 5 6 7 8 9; do echo jardinería > /dev/tty1; done; echo writ""ten')
  await guest.expectText(/written/)
  await expect.poll(() => lit(picture), { timeout: 60_000 }).toBeGreaterThan(1_500)

  await shared.page.getByText('Table', { exact: true }).click()
  await alumna.virsh(['shutdown', '--domain=talker'])
  await expect(rowOf(shared.page, 'talker').getByRole('cell').nth(3)).toHaveText('Off', { timeout: 60_000 })
  guest.close()
  await forgetMachine(alumna, 'talker')
})

/** How many points of a picture are not black. */
async function lit(picture: { getAttribute(name: string, options?: { timeout?: number }): Promise<string | null> }): Promise<number> {
  const source = (await picture.getAttribute('src', { timeout: 30_000 })) ?? ''
  const { data } = PNG.sync.read(Buffer.from(source.slice(source.indexOf(',') + 1), 'base64'))
  let count = 0
  for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0) > 90) count += 1
  return count
}
