import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Job } from '../../../shared/model/job.ts'
import { ask, eventually, type Page } from '../../contract/page.ts'
import { freshSession } from '../../e2e/support/session.ts'
import { asUser, openPublisher, startApp, until, type Publisher, type RunningApp } from '../../harness/index.ts'
import { pageOf } from '../host/page-of.ts'

const user = asUser('alumna')
const library = join(user.home, '.local/share/vivero/images')
const system = (...args: string[]): string => execFileSync('virsh', ['-q', '-c', 'qemu:///system', ...args], { encoding: 'utf8' })
const words = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '')
const content = randomBytes(1_500_000)
let publisher: Publisher
let draft: string | undefined
let app: RunningApp
let page: Page

beforeAll(async () => {
  publisher = await openPublisher()
  draft = mkdtempSync('/tmp/library-')
  await freshSession(user)
  await open()
})
afterAll(async () => {
  await page.close()
  await app.stop()
  await publisher.close()
  for (const uuid of words(system('list', '--uuid'))) system('destroy', uuid)
  for (const uuid of words(system('list', '--all', '--uuid'))) system('undefine', uuid)
  for (const name of existsSync('/var/lib/libvirt/images') ? readdirSync('/var/lib/libvirt/images') : []) rmSync(join('/var/lib/libvirt/images', name))
  for (const uuid of words(system('pool-list', '--uuid'))) system('pool-destroy', uuid)
  for (const uuid of words(system('pool-list', '--all', '--uuid'))) system('pool-undefine', uuid)
  if (draft !== undefined) rmSync(draft, { recursive: true })
})

async function open(): Promise<void> {
  app = await startApp({ user, settings: { acceleration: 'tcg' } })
  page = await pageOf(app)
}

const ended = (job: string): Promise<Job> =>
  until(`the end of ${job}`, 60_000, async () => {
    const found = (await ask(page, 'job.list', {})).find((one) => one.id === job)
    return found && found.state !== 'running' ? found : undefined
  })

test('S0.6 a download goes on where it was after the app was killed in the middle, and stays paused where it was paused', async () => {
  publisher.put('/killed.iso', { content, bytesPerSecond: 50_000 })
  await ask(page, 'download.start', { entry: null, address: publisher.address('/killed.iso') })
  await eventually('some of it came', async () => ((await ask(page, 'job.list', {})).some((job) => (job.progress?.done ?? 0) > 20_000) ? true : undefined))
  process.kill(app.pid, 'SIGKILL')
  await until('the app is gone', 5_000, () => (app.process.exitCode !== null || app.process.signalCode !== null ? true : undefined))
  const asked = publisher.asked.length
  await open()
  const [job] = await eventually('it goes on', async () => {
    const jobs = await ask(page, 'job.list', {})
    return jobs.length > 0 ? jobs : undefined
  })
  await eventually('the rest is asked for', () => (publisher.asked.length > asked ? true : undefined))
  await ask(page, 'job.pause', { job: job?.id ?? '' })
  await eventually('it stands', async () => ((await ask(page, 'job.list', {}))[0]?.hold === 'paused' ? true : undefined))
  expect(publisher.asked[asked]?.range).toMatch(/^bytes=[1-9]\d{4,}-$/)
  expect(existsSync(join(library, 'killed.iso'))).toBe(false)
  await page.close()
  await app.stop()
  await open()
  const [again] = await eventually('it is there', async () => {
    const jobs = await ask(page, 'job.list', {})
    return jobs[0]?.hold === 'paused' ? jobs : undefined
  })
  publisher.put('/killed.iso', { content })
  await ask(page, 'job.resume', { job: again?.id ?? '' })
  expect(await ended(again?.id ?? '')).toMatchObject({ state: 'done', result: { path: join(library, 'killed.iso'), checked: '' } })
  expect(readFileSync(join(library, 'killed.iso')).equals(content)).toBe(true)
  expect(readdirSync(join(library, '.partial'))).toEqual([])
  const { images } = await ask(page, 'library.list', {})
  expect(images).toMatchObject([{ name: 'killed.iso', usedBy: [], overlays: [], facts: { address: publisher.address('/killed.iso'), checked: null } }])
  expect(await ask(page, 'library.remove', { paths: [join(library, 'killed.iso')] })).toEqual({ removed: [join(library, 'killed.iso')], kept: [] })
  expect((await page.call('library.remove', { paths: [join(user.home, '.bashrc')] })).ok).toBe(false)
})

test('on the system connection an image of the library is sent to the pool once, and is the base of every machine’s disk', async () => {
  const source = join(draft ?? '/nowhere', 'small.qcow2')
  execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', source, '64M'])
  execFileSync('qemu-io', ['-c', 'write -P 7 0 8M', source], { stdio: 'pipe' })
  const image = user.give(source, '.local/share/vivero/images/small.qcow2')
  await eventually('the connection is open', async () => (await ask(page, 'connection.list', {})).some((one) => one.id === 'system' && one.state === 'connected') || undefined)
  for (const name of ['small', 'small-2']) {
    const { plan, findings } = await ask(page, 'creation.propose', { connection: 'system', path: image })
    expect([plan.name, plan.imageUse, findings.filter((one) => one.level === 'error')]).toEqual([name, 'overlay', []])
    const wanted = { ...plan, memoryKiB: 65_536, network: { kind: 'none' } as const, openConsole: false, firstStart: null }
    const lines = (await ask(page, 'creation.preview', wanted)).join('\n')
    expect(lines.includes('vol-upload')).toBe(name === 'small')
    expect(await ended((await ask(page, 'creation.start', wanted)).job)).toMatchObject({ state: 'done' })
  }
  const folder = '/var/lib/libvirt/images'
  expect(readdirSync(folder)).toHaveLength(3)
  const figures = page.events.flatMap(({ event, payload }) => (event === 'job.changed' ? ((payload as Job).progress ?? []) : []))
  expect(figures.some((figure) => figure.unit === 'percent')).toBe(true)
  for (const name of ['small', 'small-2']) {
    const disk = /(\S+\.qcow2)/.exec(system('domblklist', name))?.[1] ?? ''
    const xml = system('vol-dumpxml', disk)
    const base = /<backingStore>\s*<path>(.*)<\/path>\s*<format type='qcow2'\/>/.exec(xml)?.[1]
    expect(base).toBe(join(folder, 'small.qcow2'))
    expect(disk).not.toBe(base)
  }
  const { images } = await ask(page, 'library.list', {})
  expect(images).toMatchObject([{ name: 'small.qcow2', usedBy: [] }])
})
