/** Networks made, changed and restarted through the app, as an ordinary member of group libvirt and in her session. */
import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { NetworkPlan } from '../../../shared/model/network-plan.ts'
import { planOfNetwork, proposeNetwork } from '../../../shared/model/network-proposal.ts'
import type { Network } from '../../../shared/model/network.ts'
import { asUser, startApp, type RunningApp } from '../../harness/index.ts'
import { ask, type Page } from '../../contract/page.ts'
import { defineTiny } from '../../e2e/support/tiny-machines.ts'
import { knownBy, told } from './heard.ts'
import { pageOf } from './page-of.ts'

const alumna = asUser('alumna')
const root = asUser('root')
const connection = 'system'
let app: RunningApp
let page: Page
const virsh = (...args: string[]): Promise<string> => root.virsh(['-c', 'qemu:///system', ...args])

beforeAll(async () => {
  app = await startApp({ user: alumna })
  page = await pageOf(app)
  for (const one of ['session', 'system']) await ask(page, 'connection.connect', { connection: one })
})
afterAll(async () => {
  // also what a failed test left
  await root.exec(['virsh', '-c', 'qemu:///system', 'destroy', '--domain=en clase'])
  await root.exec(['virsh', '-c', 'qemu:///system', 'undefine', '--domain=en clase'])
  await root.exec(['virsh', '-c', 'qemu:///system', 'net-destroy', '--network=red de clase'])
  await root.exec(['virsh', '-c', 'qemu:///system', 'net-undefine', '--network=red de clase'])
  await page.close()
  await app.stop()
  await alumna.exec(['rm', '-rf', '.config/vivero'])
})

const network = async (uuid: string): Promise<Network> => {
  const found = (await ask(page, 'network.list', { connection })).find((one) => one.uuid === uuid)
  if (!found) throw new Error(`no network ${uuid}`)
  return found
}
async function proposal(one: string): Promise<NetworkPlan> {
  const around = { networks: await ask(page, 'network.list', { connection: one }), host: await ask(page, 'network.host', { connection: one }) }
  return proposeNetwork(one, 'nat', around, true)
}

it('S1.5 in her session a network is refused before libvirt is asked, and there is none', async () => {
  const plan = await proposal('session')
  expect(await page.call('network.create', plan)).toMatchObject({ ok: false, error: { code: 'network-forbidden' } })
  expect((await ask(page, 'command.list', {})).filter(({ line }) => line.includes('net-'))).toEqual([])
  expect((await alumna.virsh(['-c', 'qemu:///session', 'net-list', '--all', '--name'])).trim()).toBe('')
})

it('S4.1 is made, told to the page, changed and restarted with a machine on it, which stays on it', async () => {
  const plan = { ...(await proposal(connection)), name: 'red de clase' }
  const since = page.events.length
  expect((await ask(page, 'network.check', plan)).findings).toEqual([])
  const { uuid } = await ask(page, 'network.create', plan)
  await told(page, 'network.listed', ({ networks }) => networks.some((one) => one.uuid === uuid && one.active && one.autostart), since)

  const card = { interface: { '@type': 'network', source: { '@network': plan.name }, model: { '@type': 'virtio' } } }
  const machine = await defineTiny(root, 'en clase', undefined, { devices: card })
  await virsh('start', machine)
  await told(page, 'domain.changed', ({ domain }) => domain.uuid === machine && domain.cards[0]?.source === plan.name && domain.id !== null)
  const tap = /^\s*(vnet\d+)\s/m.exec(await virsh('domiflist', machine))?.[1] ?? ''
  const port = (): string => / master (\S+)/.exec(execFileSync('ip', ['-o', 'link', 'show', 'dev', tap], { encoding: 'utf8' }))?.[1] ?? ''

  const before = planOfNetwork(await network(uuid))
  const edit = { ...before, mtu: 1400, dnsRecords: [{ address: '192.168.100.9', names: ['printer'] }] }
  expect((await ask(page, 'network.check-edit', { connection, uuid, edit })).findings).toEqual([])
  expect(await ask(page, 'network.edit', { connection, uuid, edit, before })).toEqual({ restart: true })
  expect(knownBy(page).networks.find((one) => one.uuid === uuid)).toMatchObject({ pending: ['mtu'], dnsRecords: edit.dnsRecords })
  expect(await ask(page, 'network.restart', { connection, uuid })).toEqual({ notReconnected: [] })
  expect(await network(uuid)).toMatchObject({ mtu: 1400, pending: [] })
  expect(port()).toBe((await network(uuid)).bridge)

  await ask(page, 'network.stop', { connection, uuid })
  expect(port()).toBe('')
  expect(await ask(page, 'network.start', { connection, uuid })).toEqual({ notReconnected: [] })
  expect(port()).toBe((await network(uuid)).bridge)

  await virsh('destroy', machine)
  await virsh('undefine', machine)
  await ask(page, 'network.delete', { connection, uuid })
  expect(await virsh('net-list', '--all', '--name')).not.toContain(plan.name)
})
