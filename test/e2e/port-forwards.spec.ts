/** Ports of the host that lead into a machine in user mode: words go through, also after restarts of the machine and of the app. */
import { createServer, type Server } from 'node:net'
import { once } from 'node:events'
import { test, type Locator, type Page } from '@playwright/test'
import { ensureGuest } from '../guest/index.ts'
import { asUser, defineGuest, serialPort, startApp, until, type RunningApp } from '../harness/index.ts'
import { expect } from './support/expect.ts'
import { forgetMachine, openMachine } from './support/machines.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'
import { defineTiny } from './support/tiny-machines.ts'

test.describe.configure({ mode: 'serial' })

const alumna = asUser('alumna')
const PORT = 7_700
let shared: SharedApp
let again: RunningApp | undefined
let holder: Server | undefined

test.beforeAll(async ({ browser }) => {
  shared = await openShared(browser)
  await shared.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const guest = await ensureGuest()
  const words = 'console=ttyS0,115200 quiet cryptomgr.notests mitigations=off no_timer_check panic=5 vivero.name=servidor'
  const kernel = { kernel: alumna.give(guest.kernel, 'vmlinuz'), initrd: alumna.give(guest.initrd, 'initrd'), words }
  await defineGuest(alumna, { name: 'servidor', title: 'Servidor web', kernel })
  await defineTiny(alumna, 'vecina', 'Vecina', { devices: { interface: { '@type': 'user', model: { '@type': 'virtio' } } } })
  await alumna.virsh(['start', '--domain=servidor'])
  await serve()
})
test.afterAll(async () => {
  holder?.close()
  for (const name of ['servidor', 'vecina']) await forgetMachine(alumna, name)
  await again?.stop()
  await shared.close()
})

const page = (): Page => shared.page
const dialog = (): Locator => page().getByRole('dialog')
const forward = (port: number): Locator => page().locator(`[data-forward="tcp:127.0.0.1:${port}"]`)

/** The guest answers on its port 7000, as soon as it runs. */
async function serve(): Promise<void> {
  const serial = await serialPort(alumna, 'servidor')
  // what it said before somebody listened is lost: it is asked until its shell answers
  let asked = 0
  await until('the server', 90_000, () => {
    if (Date.now() - asked > 2_000) serial.type('httpd -p 7000 -h /www; echo serv""ing')
    if (Date.now() - asked > 2_000) asked = Date.now()
    return /serving/.exec(serial.text()) ?? undefined
  })
  serial.close()
}

/** What the guest answers to a TCP connection from the host; null where nobody takes it. */
async function ask(port: number): Promise<string | null> {
  const answer = await fetch(`http://127.0.0.1:${port}/cgi-bin/who`, { signal: AbortSignal.timeout(5_000) }).catch(() => null)
  return answer ? answer.text() : null
}
const answers = (port: number): Promise<string> => until(`an answer on port ${port}`, 30_000, async () => (await ask(port)) ?? undefined)

async function openDetails(title: string): Promise<void> {
  await page().getByRole('region', { name: 'User session' }).getByRole('link', { name: /^Machines/ }).click()
  await openMachine(page(), title)
  await page().getByText('Details', { exact: true }).click()
  await expect(page().getByRole('button', { name: 'Forward a port…' })).toBeVisible()
}

async function fill(guestPort: number, hostPort: number): Promise<void> {
  await page().getByRole('button', { name: 'Forward a port…' }).click()
  await dialog().getByRole('textbox', { name: 'Port of the machine' }).fill(String(guestPort))
  await dialog().getByRole('textbox', { name: 'Port of the host' }).fill(String(hostPort))
}
const submit = (): Promise<void> => dialog().getByRole('button', { name: 'Forward port' }).click()

test('S0.15 a forwarded port leads from the host into the machine, at once; ssh is one command to copy', async () => {
  await openDetails('Servidor web')
  await expect(page().getByText('None: nobody begins a connection to this machine.')).toBeVisible()
  expect(await ask(PORT)).toBeNull()
  await fill(7_000, PORT)
  await expect(dialog().getByText(`127.0.0.1:${PORT} on the host leads to port 7000 of the machine.`)).toBeVisible()
  await submit()
  await expect(forward(PORT)).toContainText('works')
  await expect(page().getByText('A machine that is started while Vivero is closed has none until Vivero opens.')).toBeVisible()
  expect(await answers(PORT)).toContain('servidor')
  await page().getByRole('button', { name: 'Forward a port…' }).click()
  await expect(dialog().getByRole('textbox', { name: 'Port of the host' })).toHaveValue('2222')
  await submit()
  await expect(forward(2_222)).toContainText('works')
  await page().getByRole('button', { name: 'Copy ssh command' }).click()
  await expect.poll(() => page().evaluate(() => navigator.clipboard.readText())).toMatch(/^ssh -p 2222 (USER|USUARIO)@127\.0\.0\.1$/)
})

test('S0.15 ports that are taken are refused by name: another forward, another program, another machine, the rights of root', async () => {
  await fill(80, PORT)
  await expect(dialog().getByText('Another forward of this machine has this port of the host already.')).toBeVisible()
  await expect(dialog().getByRole('button', { name: 'Forward port' })).toBeDisabled()
  holder = createServer().listen(7_799, '127.0.0.1')
  await once(holder, 'listening')
  await dialog().getByRole('textbox', { name: 'Port of the host' }).fill('7799')
  await submit()
  await expect(dialog().getByText('Port 7799 of 127.0.0.1 is in use by another program.')).toBeVisible()
  await dialog().getByRole('textbox', { name: 'Port of the host' }).fill('80')
  await expect(dialog().getByText('Ports below 1024 need the rights of root on most hosts.', { exact: false })).toBeVisible()
  await submit()
  await expect(dialog().getByText('Port 80 needs the rights of root', { exact: false })).toBeVisible()
  await dialog().getByRole('button', { name: 'Cancel' }).click()
  await openDetails('Vecina')
  await fill(80, PORT)
  await submit()
  await expect(dialog().getByText(`Port ${PORT} of 127.0.0.1 already leads to the machine “Servidor web”.`)).toBeVisible()
  await dialog().getByRole('button', { name: 'Cancel' }).click()
  expect(await alumna.virsh(['dumpxml', '--domain=vecina'])).not.toContain('forwards')
})

test('S0.15 a machine that virsh starts anew gets its ports back, and so does one that ran before the app opened', async () => {
  await openDetails('Servidor web')
  await alumna.virsh(['destroy', '--domain=servidor'])
  expect(await ask(PORT)).toBeNull()
  await expect(forward(PORT)).toContainText('when the machine runs')
  await alumna.virsh(['start', '--domain=servidor'])
  await expect(forward(PORT)).toContainText('works', { timeout: 60_000 })
  await serve()
  expect(await answers(PORT)).toContain('servidor')

  await shared.app.stop()
  const monitor = (command: string): Promise<string> => alumna.virsh(['qemu-monitor-command', '--domain=servidor', '--hmp', `--cmd=${command}`])
  await monitor(`hostfwd_remove hostnet0 tcp:127.0.0.1:${PORT}`)
  expect(await ask(PORT)).toBeNull()
  again = await startApp({ user: alumna })
  expect(await answers(PORT)).toContain('servidor')
  await page().goto('about:blank')
  await page().goto(again.url)
  await openDetails('Servidor web')
  await expect(forward(PORT)).toContainText('works')
  await page().getByRole('button', { name: `Remove the forward of port ${PORT}` }).click()
  await expect(forward(PORT)).toHaveCount(0)
  expect(await ask(PORT)).toBeNull()
  expect(await monitor('info usernet')).not.toContain(String(PORT))
})
