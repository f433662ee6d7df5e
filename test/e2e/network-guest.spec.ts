/** What user mode lets through: from the guest out, nothing in, nothing between two machines. */
import { connect } from 'node:net'
import { expect, test } from '@playwright/test'
import { ensureGuest } from '../guest/index.ts'
import { asUser, defineGuest, serialPort, type SerialPort } from '../harness/index.ts'
import { expectState, forgetMachine, openMachine } from './support/machines.ts'
import { startOutsideHost, type OutsideHost } from './support/outside-host.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'

test.describe.configure({ mode: 'serial' })

const alumna = asUser('alumna')
const names = ['first', 'second'] as const
let shared: SharedApp
let outside: OutsideHost
let first: SerialPort
let second: SerialPort

test.beforeAll(async ({ browser }) => {
  outside = await startOutsideHost()
  shared = await openShared(browser)
  const { iso } = await ensureGuest()
  const medium = alumna.give(iso, 'live.iso')
  for (const name of names) await defineGuest(alumna, { name, iso: medium })
})
test.afterAll(async () => {
  for (const name of names) await forgetMachine(alumna, name)
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
  first.type('(while true; do nc -l -p 8888 >> /run/heard; done) & sleep 1; echo own | nc -w 1 127.0.0.1 8888; cat /run/heard; echo self""done')
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
  await expect(shared.page.getByText('The host cannot begin a connection to it, and neither can other machines.')).toBeVisible()
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
