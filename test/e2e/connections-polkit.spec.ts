/** QEMU/KVM behind the real polkit, for somebody who is not in its group: nobody to ask, and then a password given once (S2.1). */
import { test, type Locator } from '@playwright/test'
import { asUser, noPasswords, polkitSystem, rootsPassword, standIns, textAgent, until, type PolkitSystem, type StandIns } from '../harness/index.ts'
import { expect } from './support/expect.ts'
import { forgetMachine } from './support/machines.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'
import { defineTiny } from './support/tiny-machines.ts'

const extrana = asUser('extrana')
const root = asUser('root')
let system: PolkitSystem
let shared: SharedApp
let programs: StandIns

const row = (name: string): Locator => shared.page.getByRole('region', { name, exact: true })
const main = (): Locator => shared.page.getByRole('main')
const expectState = (name: string, state: string): Promise<void> =>
  expect(row(name)).toHaveAttribute('data-state', state, { timeout: 60_000 })
const onSystem = (): string[] => programs.started().filter((line) => line.includes('virsh ') && /:\/\/\/system/.test(line))
const picture = (name: string): Promise<Buffer> => shared.page.screenshot({ path: `${process.env['VIVERO_E2E_OUTPUT'] ?? '/tmp'}/${name}.png` })

/** Nothing is read, and nothing was for a while: between a question to polkit and the read that it allows no virsh runs. */
async function lastRead(): Promise<void> {
  let before = { started: -1, at: Date.now() }
  await until('the last read', 20_000, async () => {
    const reading = (await extrana.exec(['pgrep', '-u', '1001', '-f', '^(virsh .*(list|dumpxml|domstats)|pkcheck )'])).code === 0
    const started = programs.started().length
    if (reading || started !== before.started) before = { started, at: Date.now() }
    return Date.now() - before.at > 2_000 ? true : undefined
  })
}

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  system = await polkitSystem({ bus: true, polkitd: true })
  await defineTiny(root, 'everybodys')
  await root.virsh(['start', '--domain=everybodys'])
  programs = standIns(extrana, 'real')
  shared = await openShared(browser, { user: extrana, env: programs.env })
})
test.afterAll(async () => {
  await shared.close()
  await forgetMachine(root, 'everybodys')
  await system.stop()
})

test('S2.1 where nobody can be asked, the click says what is needed, with the command, and offers the session', async () => {
  await expectState('User session', 'connected')
  await expect(row('QEMU/KVM').getByRole('status')).toContainText('Connecting needs the password of an administrator.')
  expect(onSystem()).toEqual([])
  await row('QEMU/KVM').getByRole('button', { name: 'Connect', exact: true }).click()
  await expectState('QEMU/KVM', 'failed')
  await expect(row('QEMU/KVM').getByRole('alert')).toContainText('This user is not allowed to use the system’s libvirt.')
  await row('QEMU/KVM').getByRole('button', { name: 'What to do' }).click()
  await expect(row('QEMU/KVM').getByText('sudo usermod -aG libvirt "$USER"')).toBeVisible()
  await picture('nobody-to-ask')
  await shared.page.getByRole('link', { name: /^All machines/ }).click()
  await row('QEMU/KVM').getByRole('button', { name: 'Use the user session' }).click()
  await expect(main().getByText('No machines yet')).toBeVisible()
  await expect(shared.page).toHaveURL(/#\/c\/session\/machines$/)
})

test('S2.1 a password that is given once opens every page, and is asked for again only after a click', async () => {
  test.skip(noPasswords() !== null, noPasswords() ?? '')
  const agent = await textAgent(extrana, shared.app.pid)
  await row('QEMU/KVM').getByRole('button', { name: 'Retry' }).click()
  await agent.give(rootsPassword)
  await expectState('QEMU/KVM', 'connected')
  await row('QEMU/KVM').getByRole('link', { name: /^Networks/ }).click()
  await expect(main().getByText('default').first()).toBeVisible()
  await row('QEMU/KVM').getByRole('link', { name: /^Storage/ }).click()
  await expect(shared.page).toHaveURL(/#\/c\/system\/storage/)
  await expect(main().getByText('pool', { exact: false }).first()).toBeVisible()
  await row('QEMU/KVM').getByRole('link', { name: /^Machines/ }).click()
  await main().getByRole('link', { name: 'everybodys', exact: true }).first().click()
  await expect(shared.page.getByRole('heading', { level: 1 })).toContainText('everybodys')
  // only libvirt itself could hand it over, to a virsh that asks by itself
  await expect(main()).toContainText('Its display cannot be opened by this user')
  await row('QEMU/KVM').getByRole('link', { name: /^Machines/ }).click()
  await expect(main().getByRole('link', { name: 'everybodys', exact: true }).first()).toBeVisible()
  expect(agent.asked()).toBe(1)

  await shared.page.getByRole('link', { name: 'Settings' }).click()
  await lastRead()
  await system.forget()
  programs.forget()
  await shared.page.getByRole('link', { name: /^All machines/ }).click()
  await expect(row('QEMU/KVM').getByRole('status')).toContainText('Connecting asks for the password again: it holds for a few minutes only.')
  await shared.page.goto(`${shared.app.url.split('#')[0] ?? ''}#/c/system/machines`)
  await expect(main().getByText('Connecting asks for the password again')).toBeVisible()
  await expect(main().getByRole('button', { name: 'Connect', exact: true })).toBeVisible()
  await picture('password-again')
  expect(onSystem()).toEqual([])
  await agent.close()
})
