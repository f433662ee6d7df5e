/** Connections of an ordinary user and of root, on real daemons that come and go. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Connection } from '../../../shared/model/connection.ts'
import { asUser, startApp, until, type AppOptions, type RunningApp } from '../../harness/index.ts'
import { ask, type Page } from '../../contract/page.ts'
import { pageOf } from './page-of.ts'

const alumna = asUser('alumna')
const own = ['qemu:///session', 'qemu:///system']
let app: RunningApp | null = null
afterEach(async () => {
  await app?.stop()
  app = null
  await alumna.exec(['rm', '-rf', '.config/vivero'])
})

async function open(options: Partial<AppOptions> = {}): Promise<Page> {
  app = await startApp({ user: alumna, ...options })
  return pageOf(app)
}

const row = async (page: Page, uri: string): Promise<Connection | undefined> =>
  (await ask(page, 'connection.list', {})).find((one) => one.uri === uri)

const inState = (page: Page, uri: string, state: Connection['state']): Promise<Connection> =>
  until(`${uri} ${state}`, 20_000, async () => {
    const found = await row(page, uri)
    return found?.state === state ? found : undefined
  })

describe('at the first start', () => {
  it('S2.1 an ordinary user has the session and QEMU/KVM; a member of the group is connected to both', async () => {
    const page = await open()
    expect(await inState(page, 'qemu:///session', 'connected')).toMatchObject({ kind: 'session', removable: false, environmentDefault: false })
    expect(await inState(page, 'qemu:///system', 'connected')).toMatchObject({ kind: 'system', removable: false, needs: null })
    expect((await ask(page, 'connection.list', {})).map((one) => one.uri)).toEqual(own)
  })

  it('root has QEMU/KVM alone, and the row says why', async () => {
    const page = await open({ user: asUser('root') })
    expect(await inState(page, 'qemu:///system', 'connected')).toMatchObject({ kind: 'system', note: 'root-session-is-system' })
    expect(await ask(page, 'connection.list', {})).toHaveLength(1)
    expect(await ask(page, 'connection.check', { uri: 'qemu:///session' })).toMatchObject({ code: 'already-exists' })
  })

  it('LIBVIRT_DEFAULT_URI gets its row, marked, and connects by itself', async () => {
    const page = await open({ env: { LIBVIRT_DEFAULT_URI: 'test+unix:///default' } })
    expect(await inState(page, 'test+unix:///default', 'connected')).toMatchObject({ environmentDefault: true, removable: false })
    expect((await row(page, 'qemu:///session'))?.environmentDefault).toBe(false)
  })

  it('LIBVIRT_DEFAULT_URI that names the session marks it', async () => {
    const page = await open({ env: { LIBVIRT_DEFAULT_URI: 'qemu:///session' } })
    expect((await ask(page, 'connection.list', {})).map((one) => [one.uri, one.environmentDefault])).toEqual([['qemu:///session', true], ['qemu:///system', false]])
  })
})

describe('a connection', () => {
  it('that fails says why and holds no other up', async () => {
    const missing = 'qemu+unix:///system?socket=/nowhere/libvirt-sock'
    const page = await open({ connections: [missing, 'test:///default'] })
    const failed = await inState(page, missing, 'failed')
    expect(failed.error?.code).toMatch(/daemon-down|connect-failed/)
    expect(failed.error?.detail).toContain('/nowhere/libvirt-sock')
    await inState(page, 'test:///default', 'connected')
    await inState(page, 'qemu:///session', 'connected')
  })

  it('that is not allowed says so', async () => {
    const page = await open({ user: asUser('extrana') })
    await inState(page, 'qemu:///session', 'connected')
    const { id, needs } = await inState(page, 'qemu:///system', 'disconnected')
    expect(needs).toEqual({ kind: 'group', group: 'libvirt' })
    expect(await ask(page, 'connection.connect', { connection: id })).toMatchObject({ state: 'failed', error: { code: 'auth-denied' } })
  })

  it('that is added is remembered, and there at the next start', async () => {
    const first = await open()
    const added = await ask(first, 'connection.add', { uri: 'test+unix:///default', name: 'Pruebas' })
    await inState(first, 'test+unix:///default', 'connected')
    await app?.stop()
    const second = await open()
    expect(await inState(second, 'test+unix:///default', 'connected')).toMatchObject({ id: added.id, name: 'Pruebas', removable: true })
    await ask(second, 'connection.remove', { connection: added.id })
    await app?.stop()
    expect((await ask(await open(), 'connection.list', {})).map((one) => one.uri)).toEqual(own)
  })

  it('whose daemon dies tries again, and lists everything anew when it is back', async () => {
    const page = await open()
    const { id } = await inState(page, 'qemu:///session', 'connected')
    const since = page.events.length
    await alumna.exec(['pkill', '-KILL', '-u', 'alumna', '-x', 'libvirtd'])
    const lost = await until('reconnecting', 20_000, () =>
      page.events.slice(since).find((one) => one.event === 'connection.changed' && (one.payload as Connection).state === 'reconnecting'),
    )
    expect(lost.payload).toMatchObject({ id, error: { code: 'daemon-down' } })
    expect((lost.payload as Connection).retryInSeconds).toBeGreaterThanOrEqual(1)
    await inState(page, 'qemu:///session', 'connected')
    expect(page.events.slice(since).map((one) => one.event)).toContain('domain.listed')
  })
})
