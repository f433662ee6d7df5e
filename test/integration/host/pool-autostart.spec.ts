/** A pool that starts with libvirt, or no longer, by the app: libvirt announces nothing of it. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Pool } from '../../../shared/model/storage.ts'
import { asUser, startApp, type RunningApp } from '../../harness/index.ts'
import { ask, type Page } from '../../contract/page.ts'
import { documentFor, knows, told } from './heard.ts'
import { pageOf } from './page-of.ts'

const alumna = asUser('alumna')
const connection = 'session'
let app: RunningApp
let page: Page

beforeAll(async () => {
  app = await startApp({ user: alumna })
  page = await pageOf(app)
  expect(await ask(page, 'connection.connect', { connection })).toMatchObject({ state: 'connected', kind: 'session' })
})
afterAll(async () => {
  await page.close()
  await app.stop()
  await alumna.exec(['rm', '-rf', '.config/vivero'])
})

const autostarts = async (): Promise<string[]> =>
  (await alumna.virsh(['pool-list', '--all', '--autostart', '--name'])).split('\n').map((name) => name.trim()).filter((name) => name !== '')

/** Makes a pool outside the app, as its page hears of it. */
async function pool(command: 'pool-define' | 'pool-create', name: string): Promise<Pool> {
  const file = documentFor(alumna, `<pool type='dir'><name>${name}</name><target><path>${alumna.home}</path></target></pool>`)
  await alumna.virsh([command, `--file=${file.path}`])
  file.remove()
  await knows(page, `the pool ${name}`, ({ pools }) => pools.some((one) => one.name === name), connection)
  const found = (await ask(page, 'pool.list', { connection })).find((one) => one.name === name)
  if (found === undefined) throw new Error(`no pool ${name}`)
  return found
}

it('is set and taken back, off and on, each told to the page at once', async () => {
  const { uuid } = await pool('pool-define', 'kept')
  for (const [active, autostart] of [[false, true], [false, false], [true, true], [true, true], [true, false]] as const) {
    if (active) await ask(page, 'pool.start', { connection, uuid }).catch(() => undefined)
    const since = page.events.length
    await ask(page, 'pool.set-autostart', { connection, uuid, autostart })
    expect(await autostarts()).toEqual(autostart ? ['kept'] : [])
    await told(page, 'object.stale', (object) => object.uuid === uuid, since)
    expect((await ask(page, 'pool.list', { connection })).find((one) => one.uuid === uuid)).toMatchObject({ autostart, active })
  }
  await alumna.virsh(['pool-destroy', '--pool=kept'])
  await alumna.virsh(['pool-undefine', '--pool=kept'])
})

it('cannot be set for a pool that is gone, nor for one that is not kept, and the reason is said', async () => {
  const missing = { connection, uuid: '11111111-2222-3333-4444-555555555555', autostart: true }
  expect(await page.call('pool.set-autostart', missing)).toMatchObject({ ok: false, error: { code: 'not-found' } })
  const { uuid } = await pool('pool-create', 'passing')
  expect(await page.call('pool.set-autostart', { connection, uuid, autostart: true })).toMatchObject({ ok: false, error: { code: 'not-persistent' } })
  await alumna.virsh(['pool-destroy', '--pool=passing'])
  expect(await autostarts()).toEqual([])
})
