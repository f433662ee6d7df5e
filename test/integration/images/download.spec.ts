import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { download, unfinished, type DownloadRequest, type DownloadTools } from '../../../electron/images/downloads/index.ts'
import { Http } from '../../../electron/images/downloads/http.ts'
import { Slots } from '../../../electron/images/downloads/slots.ts'
import { LEAVING } from '../../../electron/system/pause.ts'
import { openPublisher, seededRandom, until, type Publisher } from '../../harness/index.ts'
import { Watched } from './watched.ts'

const content = randomBytes(2_000_000)
const sha256 = createHash('sha256').update(content).digest('hex')
const sha512 = createHash('sha512').update(content).digest('hex')

let publisher: Publisher
let folder: string
let tools: DownloadTools

beforeAll(async () => {
  publisher = await openPublisher()
})
afterAll(() => publisher.close())
beforeEach(() => {
  folder = mkdtempSync('/tmp/download-')
  tools = { http: new Http({ connectMs: 10_000, silentMs: 10_000 }), slots: new Slots(2), patienceMs: [10, 10, 10] }
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  await tools.http.close()
})

function request(path: string, change: Partial<DownloadRequest> = {}): DownloadRequest {
  const partialFolder = join(folder, '.partial')
  return { addresses: [publisher.address(path)], folder, name: 'image.iso', title: 'Image', checksum: `sha256:${sha256}`, partialFolder, ...change }
}

const final = (): string => join(folder, 'image.iso')
const left = (): string[] => (existsSync(join(folder, '.partial')) ? readdirSync(join(folder, '.partial')) : [])
const arrived = (watched: Watched, bytes: number): Promise<true> => until(`${bytes} bytes`, 5_000, () => (watched.figures.some(({ done }) => done >= bytes) ? (true as const) : undefined))

describe('a download', () => {
  test('S0.6 throttled it shows its own figures, at least five different ones, and nothing under the final name before the end', async () => {
    publisher.put('/slow.iso', { content, bytesPerSecond: 1_000_000 })
    const watched = new Watched()
    const got = download(request('/slow.iso'), watched, tools)
    await arrived(watched, 300_000)
    expect(existsSync(final())).toBe(false)
    expect(await got).toMatchObject({ path: final(), sizeBytes: content.length, checked: { algorithm: 'sha256' } })
    expect(readFileSync(final()).equals(content)).toBe(true)
    expect(new Set(watched.figures.map(({ done }) => done)).size).toBeGreaterThanOrEqual(5)
    expect(watched.figures.every(({ total }) => total === content.length)).toBe(true)
    const paces = watched.figures.flatMap(({ perSecond }) => perSecond ?? [])
    expect(Math.max(...paces)).toBeGreaterThan(20_000)
    expect(Math.max(...paces)).toBeLessThan(4_000_000)
    expect(left()).toEqual([])
  })

  test('broken off at random bytes it goes on where it was, again and again', async () => {
    const random = seededRandom()
    console.info(`seed ${random.seed}`)
    const breaks = Array.from({ length: 4 }, () => Math.floor(random.next() * 300_000) + 100_000)
    publisher.put('/breaks.iso', { content, breaks })
    const watched = new Watched()
    await download(request('/breaks.iso'), watched, tools)
    expect(readFileSync(final()).equals(content)).toBe(true)
    const froms = publisher.asked.filter(({ path }) => path === '/breaks.iso').map(({ range }) => Number(/^bytes=(\d+)-$/.exec(range ?? 'bytes=0-')?.[1]))
    expect(froms).toHaveLength(5)
    // what was on its way when the connection broke is lost, and never more than that
    for (const [index, from] of froms.slice(1).entries()) {
      expect(from).toBeGreaterThan(froms[index] ?? 0)
      expect(from).toBeLessThanOrEqual((froms[index] ?? 0) + (breaks[index] ?? 0))
    }
  })

  test('without ranges it begins anew, and a file that has changed meanwhile is never put together from two', async () => {
    publisher.put('/whole.iso', { content, ranges: false, breaks: [500_000] })
    await download(request('/whole.iso'), new Watched(), tools)
    expect(readFileSync(final()).equals(content)).toBe(true)
    rmSync(final())
    const old = randomBytes(content.length)
    publisher.put('/changes.iso', { content: old, etag: '"old"', bytesPerSecond: 1_000_000 })
    const watched = new Watched()
    const got = download(request('/changes.iso'), watched, tools)
    await arrived(watched, 200_000)
    watched.pause.pause()
    await until('it stands', 2_000, () => (watched.holds.includes('paused') ? true : undefined))
    publisher.put('/changes.iso', { content, etag: '"new"' })
    watched.pause.resume()
    await got
    expect(readFileSync(final()).equals(content)).toBe(true)
  })

  test.each([
    ['sha512', () => ({ SHA512SUMS: `${sha512}  list.iso\n`, SHA256SUMS: `${'0'.repeat(64)} *list.iso\n` })],
    ['sha256', () => ({ 'list.iso.CHECKSUM': `SHA256 (list.iso) = ${sha256}\n` })],
  ] as const)('the %s beside it is found, through a redirect too', async (algorithm, lists) => {
    publisher.put('/mirror/list.iso', { content })
    for (const [name, text] of Object.entries(lists())) publisher.put(`/mirror/${name}`, { content: text })
    publisher.put('/moved/list.iso', { content: '', redirect: publisher.address('/mirror/list.iso') })
    const got = await download(request('/moved/list.iso', { checksum: null }), new Watched(), tools)
    expect(got.checked?.algorithm).toBe(algorithm)
    expect(got.address).toBe(publisher.address('/mirror/list.iso'))
    for (const name of Object.keys(lists())) publisher.remove(`/mirror/${name}`)
  })

  test('Fedora’s file of checksums is found by the folder’s page, and none at all is said', async () => {
    publisher.put('/fedora/Fedora-1.qcow2', { content })
    publisher.put('/fedora/', { content: '<a href="Fedora-Cloud-1-x86_64-CHECKSUM">list</a>' })
    publisher.put('/fedora/Fedora-Cloud-1-x86_64-CHECKSUM', { content: `# Fedora-1.qcow2: 5 bytes\nSHA256 (Fedora-1.qcow2) = ${sha256}\n` })
    expect((await download(request('/fedora/Fedora-1.qcow2', { checksum: null }), new Watched(), tools)).checked).toEqual({ algorithm: 'sha256', hex: sha256 })
    publisher.put('/bare/image.iso', { content })
    const got = await download(request('/bare/image.iso', { checksum: null, name: 'other.iso' }), new Watched(), tools)
    expect(got).toMatchObject({ checked: null, digest: sha256 })
  })

  test.each([
    ['a wrong checksum', { content: randomBytes(1_000) }, 'checksum-wrong', false],
    ['a length that is not true', { content, length: content.length + 10, ranges: false }, 'transfer-broken', true],
    ['silence', { content, hangs: true }, 'transfer-stalled', true],
    ['a refusal', { content, status: 403 }, 'address-refused', false],
  ] as const)('%s ends with its reason, and nothing under the final name', async (_what, file, code, kept) => {
    publisher.put('/bad.iso', file)
    if (code === 'transfer-stalled') tools = { ...tools, http: new Http({ connectMs: 10_000, silentMs: 400 }) }
    await expect(download(request('/bad.iso'), new Watched(), tools)).rejects.toMatchObject({ code })
    expect(existsSync(final())).toBe(false)
    expect(left().length > 0).toBe(kept)
  })

  test('S0.6 a file that moved says so with the folder above; the second address is tried', async () => {
    await expect(download(request('/gone/away.iso'), new Watched(), tools)).rejects.toMatchObject({
      code: 'address-gone', params: { address: publisher.address('/gone/away.iso'), folder: publisher.address('/gone/') },
    }) // prettier-ignore
    publisher.put('/there.iso', { content })
    const addresses = [publisher.address('/gone/away.iso'), publisher.address('/there.iso')]
    expect(await download(request('', { addresses }), new Watched(), tools)).toMatchObject({ address: addresses[1] })
    await expect(download(request('', { addresses: ['ftp://example.org/a.iso'], name: 'b.iso' }), new Watched(), tools)).rejects.toMatchObject({ code: 'address-invalid' })
    await expect(download(request('', { addresses: ['http://127.0.0.1:59999/a.iso'], name: 'c.iso' }), new Watched(), tools)).rejects.toMatchObject({ code: 'address-unreachable' })
  })

  test('S0.6 cancelled it is gone at once, pieces and all, long before all would have come', async () => {
    publisher.put('/cancel.iso', { content, bytesPerSecond: 100_000 })
    const watched = new Watched()
    const got = download(request('/cancel.iso'), watched, tools)
    await arrived(watched, 20_000)
    const before = performance.now()
    watched.abort.abort()
    await expect(got).rejects.toMatchObject({ code: 'cancelled' })
    expect(performance.now() - before).toBeLessThan(10_000)
    expect([readdirSync(folder), left()]).toEqual([['.partial'], []])
  })

  test('paused it asks for nothing and lets another have its turn; the app’s end keeps what came', async () => {
    tools = { ...tools, slots: new Slots(1) }
    publisher.put('/first.iso', { content, bytesPerSecond: 1_000_000 })
    publisher.put('/second.iso', { content })
    const [first, second] = [new Watched(), new Watched()]
    const one = download(request('/first.iso'), first, tools)
    await arrived(first, 200_000)
    const two = download(request('/second.iso', { name: 'second.iso' }), second, tools)
    await until('the second waits', 2_000, () => (second.holds.includes('waiting') ? true : undefined))
    first.pause.pause()
    await two
    expect(second.holds.at(-1)).toBeNull()
    expect(first.holds.at(-1)).toBe('paused')
    first.abort.abort(LEAVING)
    await expect(one).rejects.toMatchObject({ code: 'cancelled' })
    expect(await unfinished(join(folder, '.partial'))).toMatchObject([{ name: 'image.iso', paused: true, etag: '"one"' }])
    const asked = publisher.asked.length
    await download(request('/first.iso'), new Watched(), tools)
    expect(publisher.asked[asked]?.range).toMatch(/^bytes=[1-9]\d+-$/)
    expect(readFileSync(final()).equals(content)).toBe(true)
  })

  test('a file that is there already is never written over', async () => {
    publisher.put('/twice.iso', { content })
    await download(request('/twice.iso'), new Watched(), tools)
    await expect(download(request('/twice.iso'), new Watched(), tools)).rejects.toMatchObject({ code: 'already-exists' })
  })
})

describe('a disk without room', () => {
  test('is said before the first byte where the length is known, and leaves nothing where it is not', async () => {
    const small = join(folder, 'small')
    mkdirSync(small)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', small])
    try {
      publisher.put('/large.iso', { content })
      publisher.put('/unsaid.iso', { content, chunked: true })
      const there = { folder: small, partialFolder: join(small, '.partial') }
      await expect(download(request('/large.iso', there), new Watched(), tools)).rejects.toMatchObject({ code: 'download-too-large', params: { folder: small, neededBytes: content.length } })
      await expect(download(request('/unsaid.iso', there), new Watched(), tools)).rejects.toMatchObject({ code: 'disk-full' })
      expect([readdirSync(small), readdirSync(join(small, '.partial'))]).toEqual([['.partial'], []])
    } finally {
      execFileSync('umount', [small])
    }
  })
})

describe('a proxy', () => {
  test('of the environment is asked, and no_proxy is left alone', async () => {
    const proxy = await openPublisher()
    const before = { ...process.env }
    try {
      Object.assign(process.env, { http_proxy: proxy.base, no_proxy: '127.0.0.1' })
      publisher.put('/near.iso', { content })
      await download(request('/near.iso'), new Watched(), { ...tools, http: new Http() })
      expect(proxy.asked).toEqual([])
      process.env['no_proxy'] = ''
      proxy.put('/near.iso', { content })
      await download(request('/near.iso', { name: 'far.iso' }), new Watched(), { ...tools, http: new Http() })
      expect(proxy.asked.map(({ path }) => path)).toEqual(['/near.iso'])
    } finally {
      for (const name of ['http_proxy', 'no_proxy']) {
        if (before[name] === undefined) delete process.env[name]
        else process.env[name] = before[name]
      }
      await proxy.close()
    }
  })
})
