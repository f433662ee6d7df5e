/** Connections in the sidebar: which there are, adding, failing, leaving and coming back (S1.1). */
import { readFileSync } from 'node:fs'
import { test, type Locator } from '@playwright/test'
import { asUser, defineGuest } from '../harness/index.ts'
import { writeFor } from './support/documents.ts'
import { expect, said } from './support/expect.ts'
import { forgetMachine } from './support/machines.ts'
import { watchFor } from './support/moments.ts'
import { named } from './support/other-language.ts'
import { freshSession } from './support/session.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'

const alumna = asUser('alumna')
const missing = 'qemu+unix:///system?socket=/nowhere/libvirt-sock'
const environmentMark = 'Default of the environment'
const own = ['User session', 'QEMU/KVM']
let shared: SharedApp

const row = (name: string): Locator => shared.page.getByRole('region', { name, exact: true })
const rows = (): Promise<string[]> =>
  shared.page.locator('section[data-connection]').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''))
const expectState = (name: string, state: string): Promise<void> =>
  expect(row(name)).toHaveAttribute('data-state', state, { timeout: 60_000 })

/** An entry of the menu that is open; a reason may follow its name. */
const menuEntry = (label: string): Locator => shared.page.getByRole('menuitem', { name: new RegExp(`^${label}(?!ion)`) })

/** The entries of a connection's menu, each with whether it can be used. */
async function entriesOf(name: string): Promise<Record<string, boolean>> {
  await row(name).getByRole('button', { name: new RegExp(name) }).first().click({ button: 'right' })
  const found: Record<string, boolean> = {}
  for (const label of ['Connect', 'Disconnect', 'Remove connection…']) {
    const entry = menuEntry(label)
    await expect(entry).toBeVisible()
    found[label] = await entry.isEnabled()
  }
  await shared.page.keyboard.press('Escape')
  await expect(shared.page.getByRole('menu')).toHaveCount(0)
  return found
}

async function fromMenu(name: string, entry: string): Promise<void> {
  await row(name).getByRole('button', { name: new RegExp(name) }).first().click({ button: 'right' })
  await menuEntry(entry).click()
}

/** The app's menu, section File. */
async function openFileMenu(): Promise<void> {
  await shared.page.getByRole('button', { name: 'Menu', exact: true }).click()
  await shared.page.getByRole('menuitem', { name: 'File' }).hover()
  await expect(shared.page.getByRole('menuitem', { name: 'Add connection…' })).toBeVisible()
}

async function add(uri: string): Promise<Locator> {
  await shared.page.getByRole('button', { name: 'Add connection…' }).click()
  const dialog = shared.page.getByRole('dialog', { name: 'Add connection' })
  await dialog.getByRole('textbox', { name: 'URI' }).fill(uri)
  return dialog
}

test.describe('at the start', () => {
  test.afterEach(() => shared.close())

  test('S1.1 S0.2 without LIBVIRT_DEFAULT_URI an ordinary user is in the session', async ({ browser }) => {
    shared = await openShared(browser)
    await expectState('User session', 'connected')
    expect(await rows()).toEqual(own.map(said))
    await expect(shared.page.getByText(environmentMark)).toHaveCount(0)
    await expect(shared.page.getByRole('heading', { name: 'Machines · User session' })).toBeVisible()
    await expect(shared.page.getByText('The machine will live in “User session”')).toBeVisible()
    expect((await alumna.virsh(['uri'])).trim()).toBe('qemu:///session')
    await expect(row('User session').getByText('session', { exact: true })).toBeVisible()
  })

  for (const [uri, name, kind] of [['qemu:///system', 'QEMU/KVM', 'system'], ['test+unix:///default', 'test+unix:///default', 'test']] as const) {
    test(`S1.1 with LIBVIRT_DEFAULT_URI=${uri} that one is listed, marked, and opened first`, async ({ browser }) => {
      const env = { LIBVIRT_DEFAULT_URI: uri }
      shared = await openShared(browser, { env })
      await expectState(name, 'connected')
      expect(await rows()).toEqual([...new Set([...own, name])].map(said))
      await expect(row(name).getByText(environmentMark)).toBeVisible()
      await expect(row('User session').getByText(environmentMark)).toHaveCount(0)
      await expect(row(name).getByText(kind, { exact: true })).toBeVisible()
      await expect(shared.page.getByRole('heading', { name: `Machines · ${name}` })).toBeVisible()
      await expect(row(name).getByRole('link', { name: /^Machines/ })).toHaveAttribute('aria-current', 'page')
      expect((await alumna.virsh(['uri'], { env })).trim()).toBe(uri)
    })
  }

  test('S1.1 with LIBVIRT_DEFAULT_URI=qemu:///session the session is marked', async ({ browser }) => {
    shared = await openShared(browser, { env: { LIBVIRT_DEFAULT_URI: 'qemu:///session' } })
    await expectState('User session', 'connected')
    expect(await rows()).toEqual(own.map(said))
    await expect(row('User session').getByText(environmentMark)).toBeVisible()
  })

  test('root has QEMU/KVM alone, and the row says why', async ({ browser }) => {
    const root = asUser('root')
    shared = await openShared(browser, { user: root, fresh: false })
    await expectState('QEMU/KVM', 'connected')
    expect(await rows()).toEqual(['QEMU/KVM'])
    await expect(row('QEMU/KVM').getByText('Started as root: root’s session and the system are one libvirt, listed once.')).toBeVisible()
    const dialog = await add('qemu:///session')
    await expect(dialog.getByText('“QEMU/KVM” is in the list already.')).toBeVisible()
    await root.exec(['rm', '-rf', '/root/.config/vivero'])
  })

  test('a connection that fails says why and what to do, and the others are there meanwhile', async ({ browser }) => {
    await freshSession(alumna)
    await defineGuest(alumna, { name: 'unhindered', memory: 32, network: null })
    shared = await openShared(browser, { connections: [missing, 'test:///default'], fresh: false })
    await expectState(missing, 'failed')
    await expectState('test:///default', 'connected')
    await expect(shared.page.getByRole('link', { name: 'unhindered', exact: true })).toBeVisible()
    const failed = row(missing)
    await expect(failed.getByRole('alert')).toContainText(/libvirt does not answer|The connection could not be opened/)
    await failed.getByRole('button', { name: 'What to do' }).click()
    await expect(failed.getByText(/Start libvirt’s service|Check the address/)).toBeVisible()
    await failed.getByRole('button', { name: 'Show details' }).click()
    await expect(failed.getByText('/nowhere/libvirt-sock').last()).toBeVisible()
    await shared.page.getByRole('button', { name: 'Start: unhindered' }).click()
    await expect(shared.page.getByText('Running', { exact: true }).first()).toBeVisible()
    await forgetMachine(alumna, 'unhindered')
  })

  test('a user without the right to the system’s libvirt is told so', async ({ browser }) => {
    const extrana = asUser('extrana')
    shared = await openShared(browser, { user: extrana })
    await expectState('QEMU/KVM', 'disconnected')
    await row('QEMU/KVM').getByRole('button', { name: 'Connect', exact: true }).click()
    await expectState('QEMU/KVM', 'failed')
    await expect(row('QEMU/KVM').getByRole('alert')).toContainText('This user is not allowed to use the system’s libvirt.')
    await row('QEMU/KVM').getByRole('button', { name: 'What to do' }).click()
    await expect(row('QEMU/KVM').getByText('Join the group libvirt, then log out and in again.', { exact: false })).toBeVisible()
    await expectState('User session', 'connected')
  })
})

test.describe('while it runs', () => {
  test.describe.configure({ mode: 'serial' })
  test.beforeAll(async ({ browser }) => {
    shared = await openShared(browser)
    await expectState('User session', 'connected')
  })
  test.afterAll(() => shared.close())

  test('S2.2 a connection is added by its URI, and its machines are listed', async () => {
    const dialog = await add('test:///default')
    await dialog.getByRole('button', { name: 'Add and connect' }).click()
    await expect(dialog).toBeHidden()
    await expectState('test:///default', 'connected')
    await expect(shared.page.getByRole('link', { name: named('test') })).toBeVisible()
  })

  test('so is a file of objects, named by the person', async () => {
    const file = writeFor(alumna, 'aula.xml', "<node><domain type='test' id='1'><name>aula-1</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e1900</uuid><memory>8192</memory><os><type>hvm</type></os></domain></node>")
    const dialog = await add(`test://${file}`)
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Aula')
    await dialog.getByRole('button', { name: 'Add and connect' }).click()
    await expect(dialog).toBeHidden()
    await expectState('Aula', 'connected')
    await expect(shared.page.getByRole('link', { name: 'aula-1', exact: true })).toBeVisible()
    expect(JSON.parse(readFileSync(`${alumna.home}/.config/vivero/connections.json`, 'utf8'))).toMatchObject({
      connections: [{ uri: 'test:///default' }, { uri: `test://${file}`, name: 'Aula' }],
    })
  })

  test('a wrong URI is refused as it is typed, with what was probably meant', async () => {
    const dialog = await add('qemu:///sesion')
    await expect(dialog.getByText('“qemu:///sesion” is not an address that libvirt knows.')).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Add and connect' })).toBeDisabled()
    await dialog.getByText('Did you mean').getByRole('button', { name: 'qemu:///session' }).click()
    await expect(dialog.getByRole('textbox', { name: 'URI' })).toHaveValue('qemu:///session')
    await expect(dialog.getByText('is not an address that libvirt knows.', { exact: false })).toHaveCount(0)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
  })

  test('what does not apply is off, in the context menu and in the app’s menu', async () => {
    expect(await entriesOf('User session')).toEqual({ Connect: false, Disconnect: true, 'Remove connection…': false })
    expect(await entriesOf('Aula')).toEqual({ Connect: false, Disconnect: true, 'Remove connection…': false })
    await row('User session').getByRole('link', { name: /^Machines/ }).click()
    await openFileMenu()
    await expect(menuEntry('Connect')).toBeDisabled()
    await expect(shared.page.getByRole('menuitem', { name: /^Disconnect/ })).toBeEnabled()
    await expect(shared.page.getByRole('menuitem', { name: /^Remove connection…/ })).toBeDisabled()
    await expect(shared.page.getByRole('menuitem', { name: /^Remove connection…/ })).toContainText("It belongs to this computer and is always listed.")
    await shared.page.keyboard.press('Escape')
    await shared.page.keyboard.press('Escape')
  })

  test('disconnect and connect: the machines of a connection go and come, those that run go on', async () => {
    await defineGuest(alumna, { name: 'steady', memory: 32, network: null })
    await alumna.virsh(['start', '--domain=steady'])
    const before = await alumna.virsh(['list'])
    const machine = shared.page.getByRole('link', { name: 'steady', exact: true })
    await row('User session').getByRole('link', { name: /^Machines/ }).click()
    await expect(machine).toBeVisible()
    await fromMenu('User session', 'Disconnect')
    await expectState('User session', 'disconnected')
    await expect(machine).toHaveCount(0)
    expect(await entriesOf('User session')).toEqual({ Connect: true, Disconnect: false, 'Remove connection…': false })
    expect(await alumna.virsh(['list'])).toBe(before)
    await openFileMenu()
    await menuEntry('Connect').click()
    await expectState('User session', 'connected')
    await expect(machine).toBeVisible()
    expect(await alumna.virsh(['list'])).toBe(before)
  })

  test('the session’s libvirtd is killed: connecting again, then everything is there anew and the machine goes on', async () => {
    const gone = await watchFor(shared.page, { selector: 'section[data-connection=session][data-state=reconnecting]' })
    await alumna.exec(['pkill', '-KILL', '-u', 'alumna', '-x', 'libvirtd'])
    await gone()
    await expectState('User session', 'connected')
    await expect(shared.page.getByRole('link', { name: 'steady', exact: true })).toBeVisible()
    await alumna.virsh(['suspend', '--domain=steady'])
    await expect(shared.page.getByText('Paused', { exact: true }).first()).toBeVisible()
    await forgetMachine(alumna, 'steady')
  })

  test('a connection that was added is removed after a question, and stays away', async () => {
    await fromMenu('Aula', 'Disconnect')
    await expectState('Aula', 'disconnected')
    await fromMenu('Aula', 'Remove connection…')
    const question = shared.page.getByRole('dialog', { name: 'Remove the connection “Aula”?' })
    await question.getByRole('button', { name: 'Cancel' }).click()
    await expectState('Aula', 'disconnected')
    await fromMenu('Aula', 'Remove connection…')
    await question.getByRole('button', { name: 'Remove connection' }).click()
    await expect(row('Aula')).toHaveCount(0)
    expect(readFileSync(`${alumna.home}/.config/vivero/connections.json`, 'utf8')).not.toContain('aula.xml')
    await shared.page.reload()
    await expectState('User session', 'connected')
    expect(await rows()).toEqual([...own, 'test:///default'].map(said))
  })
})
