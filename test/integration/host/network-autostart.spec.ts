/** A network that starts with the host, or no longer, by the app: libvirt announces nothing of it. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Network } from '../../../shared/model/network.ts'
import { asUser, startApp, type RunningApp } from '../../harness/index.ts'
import { ask, type Page } from '../../contract/page.ts'
import { documentFor, knows, told } from './heard.ts'
import { pageOf } from './page-of.ts'

const alumna = asUser('alumna')
const connection = 'system'
let app: RunningApp
let page: Page

beforeAll(async () => {
  await virsh('net-autostart', '--network=default', '--disable')
  app = await startApp({ user: alumna })
  page = await pageOf(app)
  expect(await ask(page, 'connection.connect', { connection })).toMatchObject({ state: 'connected', kind: 'system' })
})
afterAll(async () => {
  await page.close()
  await app.stop()
  await alumna.exec(['rm', '-rf', '.config/vivero'])
})

const virsh = (...args: string[]): Promise<string> => alumna.virsh(['-c', 'qemu:///system', ...args])
const autostarts = async (): Promise<string[]> => (await virsh('net-list', '--all', '--autostart', '--name')).split('\n').filter((name) => name !== '')
const network = async (name: string): Promise<Network> => {
  const found = (await ask(page, 'network.list', { connection })).find((one) => one.name === name)
  if (found === undefined) throw new Error(`no network ${name}`)
  return found
}

it('is set and taken back for a network that is off, each told to the page at once', async () => {
  const { uuid } = await network('default')
  for (const autostart of [true, false, true, false]) {
    const since = page.events.length
    await ask(page, 'network.set-autostart', { connection, uuid, autostart })
    expect(await autostarts()).toEqual(autostart ? ['default'] : [])
    await told(page, 'network.listed', ({ networks }) => networks.find((one) => one.uuid === uuid)?.autostart === autostart, since)
    expect(await network('default')).toMatchObject({ autostart, active: false })
  }
  const noted = (await ask(page, 'command.list', {})).map((command) => command.line).filter((line) => line.includes('net-autostart'))
  const line = `virsh -c qemu:///system net-autostart --network=${uuid}`
  expect([...noted].sort()).toEqual([line, line, `${line} --disable`, `${line} --disable`])
})

it('is set twice without harm, and for a network that is on', async () => {
  const { uuid } = await network('default')
  await ask(page, 'network.start', { connection, uuid })
  for (let turn = 0; turn < 2; turn++) await ask(page, 'network.set-autostart', { connection, uuid, autostart: true })
  expect(await network('default')).toMatchObject({ autostart: true, active: true })
  await virsh('net-destroy', '--network=default')
  await ask(page, 'network.set-autostart', { connection, uuid, autostart: false })
  expect(await autostarts()).toEqual([])
})

it('cannot be set for a network that is gone, nor for one that is not kept, and the reason is said', async () => {
  const missing = { connection, uuid: '11111111-2222-3333-4444-555555555555', autostart: true }
  expect(await page.call('network.set-autostart', missing)).toMatchObject({ ok: false, error: { code: 'network-missing' } })
  const file = documentFor(alumna, "<network><name>passing</name><bridge name='virbr79'/></network>")
  await virsh('net-create', `--file=${file.path}`)
  await knows(page, 'the network that is not kept', ({ networks }) => networks.some((one) => one.name === 'passing' && !one.persistent))
  const { uuid } = await network('passing')
  expect(await page.call('network.set-autostart', { connection, uuid, autostart: true })).toMatchObject({ ok: false, error: { code: 'not-persistent' } })
  await virsh('net-destroy', '--network=passing')
  file.remove()
  expect(await autostarts()).toEqual([])
})
