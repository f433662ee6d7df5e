/** Pools and volumes by the app where something is in the way: under hostile names, cancelled in the middle, failing at their last step. */
import { randomFillSync } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Job } from '../../../shared/model/job.ts'
import { asUser, difference, held, holdable, inventory, openPublisher, startApp, until, type RunningApp } from '../../harness/index.ts'
import { ask, type Page } from '../../contract/page.ts'
import { told } from './heard.ts'
import { pageOf } from './page-of.ts'

const alumna = asUser('alumna')
const root = asUser('root')
const systemImages = '/var/lib/libvirt/images'
const MIB = 1024 ** 2
const big = join(alumna.home, 'big.img')
let app: RunningApp
let page: Page

beforeAll(async () => {
  app = await startApp({ user: alumna, env: holdable(alumna) })
  page = await pageOf(app)
  for (const connection of ['session', 'system']) await ask(page, 'connection.connect', { connection })
  writeFileSync(big, randomFillSync(Buffer.alloc(64 * MIB)))
  chownSync(big, alumna.uid, alumna.uid)
  await Promise.all(['session', 'system'].map((connection) => ask(page, 'pool.create-default', { connection })))
})
afterAll(async () => {
  await page.close()
  await app.stop()
  for (const verb of ['pool-destroy', 'pool-undefine']) {
    await alumna.exec(['virsh', verb, '--pool=default'])
    await root.exec(['virsh', '-c', 'qemu:///system', verb, '--pool=default'])
  }
  rmSync(big)
  rmSync(join(alumna.home, '.local'), { recursive: true, force: true })
})

const everything = (): Promise<string[]> => inventory(alumna, { connections: ['qemu:///session', 'qemu:///system'], folders: [systemImages], ignore: [/\/run\/user\/\d+\/vivero/, /\.cache\/vivero \(folder\)/, /\.local\/state/, ofReading] })
/** A read of the app's own lives for a moment. */
const ofReading = /^process .*; echo vivero-/
const expectAs = (before: readonly string[]): Promise<void> => expect.poll(async () => difference(before, await everything())).toEqual([])
const defaultPool = async (connection: string): Promise<string> => {
  const pool = (await ask(page, 'pool.list', { connection })).find((one) => one.name === 'default')
  if (!pool) throw new Error('no default pool')
  return pool.uuid
}
const errorOf = async (name: string, input: unknown): Promise<unknown> => {
  const result = await page.call(name, input)
  return result.ok ? 'ok' : result.error
}
const ended = async (id: string): Promise<Job> => told(page, 'job.changed', (job) => job.id === id && job.state !== 'running')

describe('a pool', () => {
  it.each([`--it's "a" & <b>`, '$(reboot); ~', ' Ñandú\u00a0日本 ', '..', 'a\tb'])('is made, listed and deleted under the name %j, in a folder of that name', async (name) => {
    const path = join(alumna.home, 'pools', `${name.replace('\t', ' ')} `, 'x')
    const { uuid } = await ask(page, 'pool.create', { connection: 'session', name, path, start: true })
    expect((await ask(page, 'pool.list', { connection: 'session' })).find((one) => one.uuid === uuid)).toMatchObject({ name, path, active: true, autostart: true })
    expect(statSync(path)).toMatchObject({ uid: alumna.uid })
    await ask(page, 'pool.delete', { connection: 'session', uuid })
    expect(existsSync(path)).toBe(true)
    rmSync(join(alumna.home, 'pools'), { recursive: true })
  })

  const refused: readonly (readonly [name: string, path: string, finding: string])[] = [
    ['', '~/a', 'pool-name-empty'],
    ['a/b', '~/a', 'name-slash'],
    ['a\nb', '~/a', 'name-newline'],
    ['a\u0001b', '~/a', 'name-control'],
    ['x'.repeat(255), '~/a', 'name-long'],
    ['default', '~/a', 'pool-name-taken'],
    ['a', '~/.local/share/../share/libvirt/images/', 'pool-there'],
    ['a', '~/big.img/a', 'pool-not-folder'],
    ['a', '/root-only', 'default-pool-unwritable'],
    ['a', '~/a\tb', 'target-white-space'],
  ]

  it('is refused in words for what is wrong with its name or its folder, and nothing is made', async () => {
    const before = await everything()
    for (const [name, path, finding] of refused) {
      const wish = { connection: 'session', name, path }
      expect((await ask(page, 'pool.check', wish)).findings.map((one) => one.code)).toContain(finding)
      expect(await errorOf('pool.create', { ...wish, start: true })).toMatchObject({ code: 'invalid-input', params: { finding } })
    }
    await expectAs(before)
  })

  it('whose autostart cannot be set leaves neither pool nor folder', async () => {
    const links = join(alumna.home, '.config/libvirt/storage/autostart')
    rmSync(links, { recursive: true })
    writeFileSync(links, 'in the way')
    const before = await everything()
    const wish = { connection: 'session', name: 'halted', path: '~/far/down', start: true }
    expect(await errorOf('pool.create', wish)).toMatchObject({ code: expect.any(String) as string })
    await expectAs(before)
    rmSync(links)
    mkdirSync(links)
    chownSync(links, alumna.uid, alumna.uid)
  })

  it('in a folder of hers on the system’s libvirt that does not start leaves neither pool nor folder', async () => {
    const links = '/etc/libvirt/storage/autostart/halted.xml/x'
    mkdirSync(links, { recursive: true })
    const before = await everything()
    expect(await errorOf('pool.create', { connection: 'system', name: 'halted', path: '~/far/down', start: true })).not.toBe('ok')
    await expectAs(before)
    // folders that only libvirt's root may make, and remove
    const far = '/var/log/far'
    expect(await errorOf('pool.create', { connection: 'system', name: 'halted', path: `${far}/down/there`, start: true })).not.toBe('ok')
    expect(existsSync(far)).toBe(false)
    mkdirSync(`${far}/down`, { recursive: true })
    expect(await errorOf('pool.create', { connection: 'system', name: 'halted', path: `${far}/down/there`, start: true })).not.toBe('ok')
    expect(readdirSync(far)).toEqual(['down'])
    rmSync(far, { recursive: true })
    await expectAs(before)
    rmSync('/etc/libvirt/storage/autostart/halted.xml', { recursive: true })
  })
})

describe('a file that goes into a pool', () => {
  it.each([
    ['session', 'dd', ' if=', join(alumna.home, '.local/share/libvirt/images')],
    ['system', 'virsh', ' vol-upload ', systemImages],
  ] as const)('of the %s is cancelled in the middle, and nothing of it is left', async (connection, program, words, folder) => {
    const uuid = await defaultPool(connection)
    const before = await everything()
    const started = held(program, words)
    const { job } = await ask(page, 'volume.add', { connection, uuid, source: '~/big.img', name: 'copy.img' })
    const copy = await started
    await copy.until(folder, 4 * MIB)
    await ask(page, 'job.cancel', { job })
    copy.release()
    expect(await ended(job)).toMatchObject({ state: 'cancelled' })
    await expectAs(before)
  })

  it.each(['session', 'system'])('of the %s holds its pool, which can neither be stopped nor deleted, and its own volume', async (connection) => {
    const uuid = await defaultPool(connection)
    const started = connection === 'session' ? held('dd', ' if=') : held('virsh', ' vol-upload ')
    const { job } = await ask(page, 'volume.add', { connection, uuid, source: '~/big.img', name: 'copy.img' })
    const copy = await started
    for (const name of ['pool.stop', 'pool.delete']) expect(await errorOf(name, { connection, uuid })).toMatchObject({ code: 'pool-busy', params: { pool: 'default' } })
    const path = join(systemImages, 'copy.img')
    if (connection === 'system') expect(await errorOf('volume.delete', { connection, uuid, path })).toMatchObject({ code: 'in-use' })
    await ask(page, 'job.cancel', { job })
    copy.release()
    expect(await ended(job)).toMatchObject({ state: 'cancelled' })
  })

  it.each(['session', 'system'])('of the %s arrives byte by byte with percents on its way, and is deleted', async (connection) => {
    const uuid = await defaultPool(connection)
    const since = page.events.length
    const name = ` --it's "a" & ñ`
    const { job } = await ask(page, 'volume.add', { connection, uuid, source: big, name })
    expect(await ended(job)).toMatchObject({ state: 'done', result: { pool: uuid } })
    const volume = (await ask(page, 'pool.volumes', { connection, uuid, refresh: false })).find((one) => one.name === name)
    expect(volume).toMatchObject({ capacityBytes: 64 * MIB, format: 'raw', usedBy: [] })
    expect(readFileSync(volume?.path ?? '').equals(readFileSync(big))).toBe(true)
    expect(page.events.slice(since).some((one) => one.event === 'job.changed' && (one.payload as Job).progress?.unit === 'percent')).toBe(true)
    await ask(page, 'volume.delete', { connection, uuid, path: volume?.path ?? '' })
    expect(existsSync(volume?.path ?? '')).toBe(false)
  })

  it('is refused in words: its name, its kind, its place', async () => {
    const wish = { connection: 'session', uuid: await defaultPool('session'), source: big, name: 'a' }
    const codes = async (change: Partial<typeof wish>): Promise<string[]> => (await ask(page, 'volume.check', { ...wish, ...change })).findings.map((one) => one.code)
    for (const [name, code] of [['', 'volume-name-empty'], ['a/b', 'name-slash'], ['..', 'name-dots'], ['.a', 'volume-name-hidden'], ['a\nb', 'name-control'], ['x'.repeat(256), 'name-long']] as const) {
      expect(await codes({ name })).toEqual([code])
    }
    expect(await codes({ source: '~/none.img' })).toEqual(['media-missing'])
    expect(await codes({ source: '~' })).toEqual(['media-wrong-kind'])
    expect(await codes({ source: 'ftp://127.0.0.1/a.img' })).toEqual(['source-address'])
    expect(await codes({})).toEqual([])
  })

  it('from an address that answers nothing leaves nothing', async () => {
    const before = await everything()
    const { job } = await ask(page, 'volume.add', { connection: 'session', uuid: await defaultPool('session'), source: 'http://127.0.0.1:9/none.img', name: 'none.img' })
    await until('a first try', 10_000, async () => ((await ask(page, 'job.list', {})).find((one) => one.id === job)?.step ? true : undefined))
    await ask(page, 'job.cancel', { job })
    expect(await ended(job)).toMatchObject({ state: 'cancelled' })
    await expectAs(before)
  })

  it('from an address goes on where it was when the app was killed in the middle, as soon as its connection is there', async () => {
    const publisher = await openPublisher()
    const content = randomFillSync(Buffer.alloc(4 * MIB))
    publisher.put('/part.img', { content, bytesPerSecond: MIB / 4 })
    const uuid = await defaultPool('session')
    await ask(page, 'volume.add', { connection: 'session', uuid, source: publisher.address('/part.img'), name: 'whole.img' })
    await told(page, 'job.changed', (job) => job.kind === 'copy' && (job.progress?.done ?? 0) > MIB / 8)
    app.process.kill('SIGKILL')
    await page.close()
    publisher.put('/part.img', { content })
    app = await startApp({ user: alumna, env: holdable(alumna) })
    page = await pageOf(app)
    await told(page, 'job.changed', (job) => job.kind === 'copy' && job.state === 'done')
    expect(publisher.asked.filter(({ path }) => path === '/part.img').map(({ range }) => range)).toEqual([null, expect.stringMatching(/^bytes=[1-9]/)])
    const volume = (await ask(page, 'pool.volumes', { connection: 'session', uuid, refresh: false })).find((one) => one.name === 'whole.img')
    expect(readFileSync(volume?.path ?? '').equals(content)).toBe(true)
    expect(existsSync(join(alumna.home, '.cache/vivero/fetches'))).toBe(false)
    await ask(page, 'volume.delete', { connection: 'session', uuid, path: volume?.path ?? '' })
    await ask(page, 'connection.connect', { connection: 'system' })
    await publisher.close()
  })

  it.each([
    ['session', 'dd', ' if='],
    ['system', 'virsh', ' vol-upload '],
  ] as const)('of the %s from an address is whole in the end, and nothing else is there, where the app was killed while it put it there', async (connection, program, words) => {
    const publisher = await openPublisher()
    const content = randomFillSync(Buffer.alloc(MIB))
    publisher.put('/put.img', { content })
    const uuid = await defaultPool(connection)
    const folder = connection === 'system' ? systemImages : join(alumna.home, '.local/share/libvirt/images')
    const started = held(program, words)
    await ask(page, 'volume.add', { connection, uuid, source: publisher.address('/put.img'), name: 'put.img' })
    const copy = await started
    app.process.kill('SIGKILL')
    await page.close()
    app = await startApp({ user: alumna, env: holdable(alumna) })
    page = await pageOf(app)
    await ask(page, 'connection.connect', { connection })
    await until('its end', 60_000, async () => (await ask(page, 'job.list', {})).find((job) => job.kind === 'copy' && job.state === 'done'))
    copy.release() // what it was to read is gone
    expect(readFileSync(join(folder, 'put.img')).equals(content)).toBe(true)
    expect(readdirSync(folder)).toEqual(['put.img'])
    expect(publisher.asked.filter(({ path }) => path === '/put.img')).toHaveLength(1)
    expect(existsSync(join(alumna.home, '.cache/vivero/fetches'))).toBe(false)
    await ask(page, 'volume.delete', { connection, uuid, path: join(folder, 'put.img') })
    await publisher.close()
  })

  it('is deleted by nobody while an image stands on it', async () => {
    const uuid = await defaultPool('session')
    const folder = join(alumna.home, '.local/share/libvirt/images')
    await alumna.exec(['qemu-img', 'create', '-q', '-f', 'qcow2', `${folder}/base.qcow2`, '1M'])
    await alumna.exec(['qemu-img', 'create', '-q', '-f', 'qcow2', '-b', 'base.qcow2', '-F', 'qcow2', `${folder}/above.qcow2`])
    const input = { connection: 'session', uuid, path: `${folder}/base.qcow2` }
    expect(await errorOf('volume.delete', input)).toMatchObject({ code: 'volume-base', params: { names: 'above.qcow2' } })
    expect(existsSync(input.path)).toBe(true)
    await ask(page, 'volume.delete', { ...input, path: `${folder}/above.qcow2` })
    await ask(page, 'volume.delete', input)
    expect(existsSync(input.path)).toBe(false)
  })
})
