/** QEMU/KVM beside the session: its row, its details, its machines, and a user who may not use it (S2.1 to S2.5). */
import { test, type Locator } from '@playwright/test'
import { asUser, rememberConnections, socketForEverybody, standIns } from '../harness/index.ts'
import { expect, said } from './support/expect.ts'
import { forgetMachine } from './support/machines.ts'
import { freshSession } from './support/session.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'
import { defineTiny } from './support/tiny-machines.ts'

const alumna = asUser('alumna')
const root = asUser('root')
let shared: SharedApp

const row = (name: string): Locator => shared.page.getByRole('region', { name, exact: true })
const heading = (name: string): Locator => row(name).getByRole('button', { name: new RegExp(name) }).first()
const menuEntry = (label: string): Locator => shared.page.getByRole('menuitem', { name: new RegExp(`^${label}(?!ion)`) })
const expectState = (name: string, state: string): Promise<void> =>
  expect(row(name)).toHaveAttribute('data-state', state, { timeout: 60_000 })
/** By whatever socket. */
const toSystem = (line: string): boolean => line.startsWith('virsh') && /qemu(\+unix)?:\/\/\/system/.test(line)
const details = (name: string): Locator => shared.page.getByRole('dialog', { name: `Connection details: ${name}` })

async function fromMenu(name: string, entry: string): Promise<void> {
  await heading(name).click({ button: 'right' })
  await menuEntry(entry).click()
}

test.describe('a member of the group', () => {
  test.describe.configure({ mode: 'serial' })
  test.beforeAll(async ({ browser }) => {
    await freshSession(alumna)
    await defineTiny(alumna, 'mine')
    await defineTiny(root, 'everybodys')
    await root.virsh(['start', '--domain=everybodys'])
    shared = await openShared(browser, { fresh: false })
    await expectState('QEMU/KVM', 'connected')
  })
  test.afterAll(async () => {
    await shared.close()
    await forgetMachine(root, 'everybodys')
  })

  test('S2.1 QEMU/KVM is there from the first start, connected, and its details name its URI', async () => {
    await expectState('User session', 'connected')
    await fromMenu('QEMU/KVM', 'Connection details…')
    const dialog = details('QEMU/KVM')
    for (const [label, value] of [
      ['libvirt URI', 'qemu:///system'],
      ['Kind', 'system'],
      ['State', 'Connected'],
      ['libvirt', /^\d+\.\d+\.\d+$/],
      ['Hypervisor', /^QEMU \d+\.\d+\.\d+$/],
      ['In a terminal', 'virsh -c qemu:///system list --all'],
    ] as const) {
      await expect(dialog.getByRole('term').filter({ hasText: new RegExp(`^${label}$`) }).locator('xpath=following-sibling::dd[1]')).toContainText(value)
    }
    await expect(dialog.getByRole('switch', { name: 'Connect when Vivero starts' })).toBeChecked()
    await expect(dialog.getByText('New disks lie in /var/lib/libvirt/images', { exact: false })).toBeVisible()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(dialog).toBeHidden()
  })

  test('S2.3 the details open by a double click and from the app’s menu as well', async () => {
    await heading('QEMU/KVM').dblclick()
    await expect(details('QEMU/KVM')).toBeVisible()
    await shared.page.keyboard.press('Escape')
    await row('QEMU/KVM').getByRole('link', { name: /^Machines/ }).click()
    await shared.page.getByRole('button', { name: 'Menu', exact: true }).click()
    await shared.page.getByRole('menuitem', { name: 'Edit' }).hover()
    await menuEntry('Connection details…').click()
    await expect(details('QEMU/KVM')).toBeVisible()
    await expect(shared.page.getByRole('menu')).toHaveCount(0)
    await shared.page.keyboard.press('Escape')
    await expect(details('QEMU/KVM')).toBeHidden()
  })

  test('S2.3 the menu of a connection has all five, off with the reason where they do not apply', async () => {
    const entries = async (): Promise<Record<string, string | null>> => {
      await heading('QEMU/KVM').click({ button: 'right' })
      await expect(menuEntry('Connection details…')).toBeVisible()
      const found: Record<string, string | null> = {}
      for (const label of ['New virtual machine…', 'Connect', 'Disconnect', 'Remove connection…', 'Connection details…']) {
        const entry = menuEntry(label)
        const words = (await entry.innerText()).split('\n').map((line) => line.trim()).filter((line) => line !== '')
        found[label] = (await entry.isEnabled()) ? null : (words.at(1) ?? '')
      }
      await shared.page.keyboard.press('Escape')
      await expect(shared.page.getByRole('menu')).toHaveCount(0)
      return found
    }
    const own = said('It belongs to this computer and is always listed.')
    expect(await entries()).toEqual({
      'New virtual machine…': null,
      Connect: said('It is connected already.'),
      Disconnect: null,
      'Remove connection…': own,
      'Connection details…': null,
    })
    await fromMenu('QEMU/KVM', 'Disconnect')
    await expectState('QEMU/KVM', 'disconnected')
    expect(await entries()).toEqual({
      'New virtual machine…': said('It is not connected.'),
      Connect: null,
      Disconnect: said('It is not connected.'),
      'Remove connection…': own,
      'Connection details…': null,
    })
    await fromMenu('QEMU/KVM', 'Connect')
    await expectState('QEMU/KVM', 'connected')
    await fromMenu('QEMU/KVM', 'New virtual machine…')
    await expect(shared.page.getByRole('dialog').getByRole('combobox', { name: 'Where it will live' })).toHaveValue('QEMU/KVM')
    await shared.page.getByRole('button', { name: 'Close', exact: true }).click()
    await expect(shared.page.getByRole('dialog')).toHaveCount(0)
  })

  test('all machines of both, with their connection in a column and in their header', async () => {
    await shared.page.getByRole('link', { name: /^All machines/ }).click()
    await shared.page.getByText('Table', { exact: true }).click()
    const table = shared.page.getByRole('table')
    await expect(table.getByRole('row', { name: /mine/ }).getByRole('cell', { name: 'User session' })).toBeVisible()
    await expect(table.getByRole('row', { name: /everybodys/ }).getByRole('cell', { name: 'QEMU/KVM' })).toBeVisible()
    await table.getByRole('columnheader', { name: 'Connection' }).getByRole('button').click()
    await expect(table.locator('tbody tr').first()).toContainText('everybodys')
    await table.getByRole('link', { name: 'everybodys' }).click()
    await expect(shared.page.getByRole('heading', { level: 1 })).toContainText('QEMU/KVM')
    await row('User session').getByRole('link', { name: /^Machines/ }).click()
    await expect(shared.page.getByText('everybodys')).toHaveCount(0)
    await shared.page.getByRole('link', { name: 'mine', exact: true }).first().click()
    await expect(shared.page.getByRole('heading', { level: 1 })).toContainText('User session')
  })

  test('where a connection is chosen, both kinds are explained in plain words', async () => {
    await row('User session').getByRole('link', { name: /^Machines/ }).click()
    await shared.page.getByRole('button', { name: 'New machine' }).first().click()
    const sheet = shared.page.getByRole('dialog')
    await expect(sheet.getByRole('paragraph').filter({ hasText: 'They are yours alone' })).toBeVisible()
    await sheet.getByRole('button', { name: 'User session or QEMU/KVM?' }).click()
    const kind = (name: string): Locator => sheet.getByRole('region', { name: new RegExp(`^${name}`) })
    await expect(kind('User session')).toContainText('What it can do')
    await expect(kind('User session')).toContainText('Needs no special rights.')
    await expect(kind('User session')).toContainText('New disks lie in your home folder.')
    await expect(kind('QEMU/KVM')).toContainText('its machines reach each other')
    await expect(kind('QEMU/KVM')).toContainText('New disks lie in /var/lib/libvirt/images.')
    await expect(sheet.getByText('virsh without -c shows the machines of the user session', { exact: false })).toBeVisible()
    expect((await alumna.virsh(['list', '--all', '--name'])).trim()).toBe('mine')
    await sheet.getByRole('combobox', { name: 'Where it will live' }).click()
    await shared.page.getByRole('option', { name: 'QEMU/KVM' }).click()
    await expect(sheet.getByRole('combobox', { name: 'Where it will live' })).toHaveValue('QEMU/KVM')
    await sheet.getByRole('button', { name: 'Close', exact: true }).click()
  })

  test('S2.5 after disconnect and connect its machines are back, and the running one never stopped', async () => {
    const before = await root.virsh(['list'])
    const machine = shared.page.getByRole('link', { name: 'everybodys', exact: true }).first()
    await row('QEMU/KVM').getByRole('link', { name: /^Machines/ }).click()
    await expect(machine).toBeVisible()
    await fromMenu('QEMU/KVM', 'Disconnect')
    await expectState('QEMU/KVM', 'disconnected')
    await expect(machine).toHaveCount(0)
    expect(await root.virsh(['list'])).toBe(before)
    await row('QEMU/KVM').getByRole('button', { name: 'Connect', exact: true }).click()
    await expectState('QEMU/KVM', 'connected')
    await expect(machine).toBeVisible()
    expect(await root.virsh(['list'])).toBe(before)
  })

  test('S2.4 its name and whether it connects by itself are edited, and survive a restart', async ({ browser }) => {
    await heading('QEMU/KVM').dblclick()
    const dialog = details('QEMU/KVM')
    await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled()
    await dialog.getByRole('textbox', { name: 'Display name' }).fill('  Aula «3» & más ')
    await dialog.getByRole('switch', { name: 'Connect when Vivero starts' }).click({ force: true })
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()
    await expectState('Aula «3» & más', 'connected')
    await shared.close()

    const programs = standIns(alumna, { status: 3 })
    shared = await openShared(browser, { fresh: false, env: programs.env })
    await expectState('User session', 'connected')
    await expectState('Aula «3» & más', 'disconnected')
    expect(programs.started().filter(toSystem)).toEqual([])
    await heading('Aula «3» & más').dblclick()
    await details('Aula «3» & más').getByRole('textbox', { name: 'Display name' }).fill('')
    await details('Aula «3» & más').getByRole('switch', { name: 'Connect when Vivero starts' }).click({ force: true })
    await shared.page.getByRole('button', { name: 'Save' }).click()
    await expectState('QEMU/KVM', 'disconnected')
    await shared.close()

    shared = await openShared(browser, { fresh: false })
    await expectState('QEMU/KVM', 'connected')
  })
})

test.describe('a stranger', () => {
  const extrana = asUser('extrana')
  test.afterEach(async () => {
    await shared.close()
    rememberConnections(extrana, [])
  })

  test('S2.1 the row shows Connect and what that needs, and nothing went to the system before', async ({ browser }) => {
    const programs = standIns(extrana, { status: 0 })
    shared = await openShared(browser, { user: extrana, env: programs.env })
    await expectState('User session', 'connected')
    await expectState('QEMU/KVM', 'disconnected')
    await expect(row('QEMU/KVM').getByRole('status')).toContainText('Connecting needs membership of the group “libvirt”.')
    expect(programs.started().filter(toSystem)).toEqual([])
    await shared.page.getByRole('link', { name: /^All machines/ }).click()
    await fromMenu('User session', 'Disconnect')
    const page = shared.page.getByRole('main')
    await expect(page.getByRole('heading', { name: 'No connection is open' })).toBeVisible()
    await expect(page.getByText('Connecting needs membership of the group “libvirt”.')).toBeVisible()
    await shared.page.screenshot({ path: `${process.env['VIVERO_E2E_OUTPUT'] ?? '/tmp'}/no-connection.png` })
    await page.getByRole('button', { name: 'Connect', exact: true }).last().click()
    await expectState('QEMU/KVM', 'failed')
    expect(programs.started().filter(toSystem)).not.toEqual([])
  })

  test('S2.1 where polkit wants a password, it is asked for by the click alone', async ({ browser }) => {
    const programs = standIns(extrana, { status: 3 })
    const close = socketForEverybody()
    try {
      shared = await openShared(browser, { user: extrana, env: programs.env })
      await expectState('User session', 'connected')
      await expect(row('QEMU/KVM').getByRole('status')).toContainText('Connecting needs the password of an administrator.')
      await shared.page.reload()
      await expect(row('QEMU/KVM').getByRole('status')).toContainText('Connecting needs the password of an administrator.')
      expect(programs.started().filter(toSystem)).toEqual([])
      programs.answer({ status: 0, prints: 'polkit\\56temporary_authorization_id=tmpauthz1\n' })
      await row('QEMU/KVM').getByRole('button', { name: 'Connect', exact: true }).click()
      await expectState('QEMU/KVM', 'connected')
    } finally {
      close()
    }
  })
})
