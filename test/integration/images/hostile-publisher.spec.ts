/** Publishers that say what no publisher should: every download ends with the whole file or with its reason, soon. */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { download, unfinished, type DownloadRequest, type DownloadTools } from '../../../electron/images/downloads/index.ts'
import { Http } from '../../../electron/images/downloads/http.ts'
import { Slots } from '../../../electron/images/downloads/slots.ts'
import { LEAVING } from '../../../electron/system/pause.ts'
import { openPublisher, until, type Publisher } from '../../harness/index.ts'
import { Watched } from './watched.ts'

const content = randomBytes(400_000)
const sha256 = createHash('sha256').update(content).digest('hex')

let publisher: Publisher
let folder: string | undefined
let tools: DownloadTools

beforeAll(async () => {
  publisher = await openPublisher()
})
afterAll(() => publisher.close())
beforeEach(() => {
  folder = mkdtempSync('/tmp/hostile-')
  tools = { http: new Http({ connectMs: 2_000, silentMs: 1_000 }), slots: new Slots(2), patienceMs: [10, 10, 10] }
})
afterEach(async () => {
  if (folder !== undefined) rmSync(folder, { recursive: true })
  folder = undefined
  await tools.http.close()
})

const place = (): string => folder ?? '/nowhere'
const final = (): string => join(place(), 'image.iso')
const partial = (): string => join(place(), '.partial')

function request(path: string, change: Partial<DownloadRequest> = {}): DownloadRequest {
  return { addresses: [publisher.address(path)], folder: place(), name: 'image.iso', title: 'Image', checksum: `sha256:${sha256}`, partialFolder: partial(), ...change }
}

const whole = (): void => {
  expect(readFileSync(final()).equals(content)).toBe(true)
  expect(readdirSync(partial())).toEqual([])
}
const asked = (path: string): (string | null)[] => publisher.asked.filter((one) => one.path === path).map(({ range }) => range)
const from = ({ headers }: IncomingMessage): number => Number(/^bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0)

/** Gives the first half, then breaks off; from then on `then` answers. */
function halfThen(then: (request: IncomingMessage, response: ServerResponse) => void): (request: IncomingMessage, response: ServerResponse) => void {
  let first = true
  return (incoming, response) => {
    if (!first) return then(incoming, response)
    first = false
    response.writeHead(200, { 'content-length': content.length, etag: '"a"' })
    response.write(content.subarray(0, 200_000), () => setTimeout(() => response.destroy(), 30))
  }
}

describe('ranges', () => {
  test('a server that gives less than was asked for is asked for the rest, at once', async () => {
    publisher.put('/few.iso', {
      content: '',
      says: (incoming, response) => {
        const start = from(incoming)
        const end = Math.min(content.length, incoming.headers.range === undefined ? 1_000 : start + 100_000)
        response.writeHead(incoming.headers.range === undefined ? 200 : 206, {
          etag: '"a"',
          'content-length': incoming.headers.range === undefined ? content.length : end - start,
          'content-range': `bytes ${start}-${end - 1}/${content.length}`,
        })
        response.write(content.subarray(start, end), () => (incoming.headers.range === undefined ? setTimeout(() => response.destroy(), 30) : response.end()))
      },
    })
    await download(request('/few.iso'), new Watched(), tools)
    whole()
    expect(asked('/few.iso').length).toBeGreaterThanOrEqual(5)
  })

  test.each([
    ['another place', { 'content-range': `bytes 5-${content.length - 1}/${content.length}` }],
    ['another length', { 'content-range': `bytes 200000-${content.length}/${content.length + 1}` }],
    ['no place at all', {}],
    ['another version', { 'content-range': `bytes 200000-${content.length - 1}/${content.length}`, etag: '"b"' }],
    ['another date', { 'content-range': `bytes 200000-${content.length - 1}/${content.length}`, 'last-modified': 'Thu, 01 Jan 1970 00:00:00 GMT' }],
  ] as const)('a part that says %s is thrown away, and the file is begun anew', async (_what, headers) => {
    const old = randomBytes(200_000)
    let answers = 0
    publisher.put('/wrong.iso', {
      content: '',
      says: (incoming, response) => {
        answers += 1
        if (answers === 1) {
          response.writeHead(200, { 'content-length': content.length, etag: '"a"', 'last-modified': 'Fri, 02 Jan 1970 00:00:00 GMT' })
          return void response.write(old, () => setTimeout(() => response.destroy(), 30))
        }
        if (incoming.headers.range === undefined) return void response.writeHead(200, { 'content-length': content.length }).end(content)
        response.writeHead(206, { 'content-length': 200_000, ...headers }).end(content.subarray(200_000))
      },
    })
    await download(request('/wrong.iso'), new Watched(), tools)
    whole()
  })

  test('a part that nobody asked for is refused, and 416 for ever ends', async () => {
    publisher.put('/part.iso', { content: '', says: (_incoming, response) => void response.writeHead(206, { 'content-range': 'bytes 0-3/4' }).end('part') })
    await expect(download(request('/part.iso'), new Watched(), tools)).rejects.toMatchObject({ code: 'address-refused', params: { status: 206 } })
    publisher.put('/never.iso', { content: '', says: halfThen((_incoming, response) => void response.writeHead(416, { 'content-range': 'bytes */7' }).end()) })
    await expect(download(request('/never.iso'), new Watched(), tools)).rejects.toMatchObject({ code: 'address-refused', params: { status: 416 } })
    expect(readdirSync(partial())).toEqual([])
  })
})

describe('answers', () => {
  test('one that is compressed though nobody asked for it is the file, and is never gone on with', async () => {
    const packed = gzipSync(content)
    const headers = { 'content-encoding': 'gzip', 'content-length': packed.length, etag: '"a"' }
    let first = true
    publisher.put('/packed.iso', {
      content: '',
      says: (_incoming, response) => {
        response.writeHead(200, headers)
        if (!first) return void response.end(packed)
        first = false
        response.write(packed.subarray(0, 200_000), () => setTimeout(() => response.destroy(), 30))
      },
    })
    await download(request('/packed.iso'), new Watched(), tools)
    whole()
    expect(asked('/packed.iso')).toEqual([null, null])
  })

  test('one longer than it says is no more than it says, and the checksum finds it out', async () => {
    const server = await raw(`HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nfour and much more`)
    await expect(download(request('', { addresses: [`${server.base}/long.iso`] }), new Watched(), tools)).rejects.toMatchObject({ code: 'checksum-wrong' })
    server.close()
    expect(existsSync(final())).toBe(false)
  })

  test.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
    ['headers without end', `HTTP/1.1 200 OK\r\n${'x-filler: nothing\r\n'.repeat(4_000)}`],
    ['a length that is none', 'HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\nfour'],
  ])('%s ends as a broken transfer', async (_what, text) => {
    const server = await raw(text)
    await expect(download(request('', { addresses: [`${server.base}/raw.iso`] }), new Watched(), tools)).rejects.toMatchObject({ code: 'transfer-broken' })
    server.close()
  })

  test('a length larger than any disk is said before its first byte', async () => {
    publisher.put('/vast.iso', { content: 'x', length: 2 ** 52 })
    await expect(download(request('/vast.iso'), new Watched(), tools)).rejects.toMatchObject({ code: 'download-too-large' })
    expect(readdirSync(partial())).toEqual([])
  })
})

describe('redirects', () => {
  test('in a circle, and to what is no web address, end at once and name it', async () => {
    publisher.put('/round.iso', { content: '', redirect: publisher.address('/round.iso') })
    await expect(download(request('/round.iso'), new Watched(), tools)).rejects.toMatchObject({ code: 'address-refused', params: { status: 302 } })
    expect(asked('/round.iso')).toHaveLength(11)
    for (const redirect of ['file:///etc/passwd', 'ftp://127.0.0.1/a.iso', 'data:text/plain,hello', 'http://[']) {
      publisher.put('/away.iso', { content: '', redirect })
      await expect(download(request('/away.iso'), new Watched(), tools)).rejects.toMatchObject({ code: 'address-invalid', params: { address: redirect } })
    }
    expect(readdirSync(partial())).toEqual([])
  })

  test('a relative one is followed, and the second address where the first leads nowhere', async () => {
    publisher.put('/deep/there.iso', { content })
    publisher.put('/deep/here.iso', { content: '', redirect: '../deep/there.iso?x=1' })
    publisher.put('/away.iso', { content: '', redirect: 'file:///etc/passwd' })
    expect(await download(request('', { addresses: ['/away.iso', '/deep/here.iso'].map((path) => publisher.address(path)) }), new Watched(), tools)).toMatchObject({ address: publisher.address('/deep/there.iso?x=1') })
    whole()
  })
})

describe('an address with a user and a password', () => {
  test('is asked with them, its list of checksums too; no other server, no error and no log hears of them', async () => {
    const other = await openPublisher()
    const heard: (string | undefined)[] = []
    const closed = (text: string | Buffer) => ({
      content: '',
      says: ({ headers }: IncomingMessage, response: ServerResponse) => void (headers.authorization === 'Basic YW5hOnAgw7HDoXNz' ? response.end(text) : response.writeHead(401).end()),
    })
    publisher.put('/closed/image.iso', closed(content))
    publisher.put('/closed/SHA256SUMS', closed(`${sha256}  image.iso\n`))
    const secret = (path: string): string => publisher.address(path).replace('://', '://ana:p%20%C3%B1%C3%A1ss@')
    const got = await download(request('', { addresses: [secret('/closed/image.iso')], checksum: null }), new Watched(), tools)
    expect(got).toMatchObject({ address: publisher.address('/closed/image.iso'), checked: { hex: sha256 } })
    rmSync(final())
    publisher.put('/closed/away.iso', { content: '', redirect: other.address('/image.iso') })
    other.put('/image.iso', { content: '', says: ({ headers }, response) => (heard.push(headers.authorization), void response.writeHead(403).end()) })
    const watched = new Watched()
    const problem: unknown = await download(request('', { addresses: [secret('/closed/away.iso'), secret('/closed/gone.iso')] }), watched, tools).catch((error: unknown) => error)
    expect(problem).toMatchObject({ code: 'address-refused', params: { status: 403 } })
    expect(heard).toEqual([undefined])
    expect(JSON.stringify([problem, watched.lines])).not.toMatch(/ana|p%20|c3%b1/i)
    await other.close()
  })
})

describe('several addresses', () => {
  test('one that never answers is left for the next; one with pieces here is given another chance first', async () => {
    publisher.put('/hangs.iso', { content, says: () => undefined })
    publisher.put('/good.iso', { content })
    const both = (path: string) => ({ addresses: [publisher.address(path), publisher.address('/good.iso')] })
    expect(await download(request('', both('/hangs.iso')), new Watched(), tools)).toMatchObject({ address: publisher.address('/good.iso') })
    rmSync(final())
    let busy = 1
    publisher.put('/busy.iso', {
      content: '',
      says: halfThen((incoming, response) => {
        if (busy-- > 0) return void response.writeHead(503).end()
        const start = from(incoming)
        response.writeHead(206, { etag: '"a"', 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` }).end(content.subarray(start))
      }),
    })
    expect(await download(request('', both('/busy.iso')), new Watched(), tools)).toMatchObject({ address: publisher.address('/busy.iso') })
    whole()
  })
})

describe('checksums', () => {
  const none = { checksum: null }

  test('a file of them that is too large, trickles or hangs holds up nothing for long', async () => {
    publisher.put('/sums/image.iso', { content })
    publisher.put('/sums/SHA512SUMS', { content: Buffer.alloc(6_000_000, 'x\n') })
    publisher.put('/sums/SHA256SUMS', { content: `${sha256} *image.iso\n` })
    expect((await download(request('/sums/image.iso', none), new Watched(), tools)).checked).toEqual({ algorithm: 'sha256', hex: sha256 })
    rmSync(final())
    publisher.put('/slow/image.iso', { content })
    const trickle = (_incoming: IncomingMessage, response: ServerResponse): void => {
      const timer = setInterval(() => response.write('x'), 20)
      response.on('close', () => clearInterval(timer))
    }
    publisher.put('/slow/SHA512SUMS', { content: '', says: trickle })
    const http = new Http({ textMs: 300 })
    expect((await download(request('/slow/image.iso', none), new Watched(), { ...tools, http })).checked).toBeNull()
    expect(asked('/slow/SHA256SUMS')).toEqual([])
    await http.close()
  })

  test('the one that an entry names is asked for again, and where it cannot be had the file stays unfinished', async () => {
    publisher.put('/named.iso', { content })
    let busy = 2
    const list = (text: string) => ({ content: '', says: (_incoming: IncomingMessage, response: ServerResponse) => void (busy-- > 0 ? response.writeHead(503).end() : response.end(text)) })
    publisher.put('/elsewhere/sums', list(`${sha256}  named.iso\n`))
    const named = { checksum: publisher.address('/elsewhere/sums') }
    expect((await download(request('/named.iso', named), new Watched(), tools)).checked?.algorithm).toBe('sha256')
    rmSync(final())
    busy = 99
    publisher.put('/elsewhere/sums', list(''))
    await expect(download(request('/named.iso', named), new Watched(), tools)).rejects.toMatchObject({ code: 'address-refused', params: { status: 503 } })
    expect([existsSync(final()), (await unfinished(partial())).length]).toEqual([false, 1])
    busy = 0
    publisher.put('/elsewhere/sums', list(`${sha256}  named.iso\n`))
    const count = asked('/named.iso').length
    await download(request('/named.iso', named), new Watched(), tools)
    expect(asked('/named.iso').slice(count)).toEqual([`bytes=${content.length}-`])
    whole()
  })

  test('one of a file of the same name in another folder counts for nothing', async () => {
    publisher.put('/tree/image.iso', { content })
    publisher.put('/tree/SHA256SUMS', { content: `${'1'.repeat(64)}  ./hwe/image.iso\n${sha256}  ./image.iso\n${'2'.repeat(64)}  other/image.iso\n` })
    expect((await download(request('/tree/image.iso', none), new Watched(), tools)).checked).toEqual({ algorithm: 'sha256', hex: sha256 })
  })
})

describe('an app that was killed', () => {
  test('with all bytes and no name goes on where writing is no longer allowed, and with the name it is forgotten', async () => {
    publisher.put('/killed.iso', { content, ranges: false, etag: null, bytesPerSecond: 1_000_000 })
    const watched = new Watched()
    const got = download(request('/killed.iso', { mode: 0o444 }), watched, tools)
    await until('bytes', 5_000, () => watched.figures.some(({ done }) => done > 0) || undefined)
    watched.abort.abort(LEAVING)
    await expect(got).rejects.toMatchObject({ code: 'cancelled' })
    const [part = ''] = readdirSync(partial()).filter((name) => name.endsWith('.part'))
    const kept = readdirSync(partial()).map((name) => [name, readFileSync(join(partial(), name))] as const)
    rmSync(join(partial(), part))
    writeFileSync(join(partial(), part), content, { mode: 0o444 })
    publisher.put('/killed.iso', { content, ranges: false, etag: null })
    await download(request('/killed.iso', { mode: 0o444 }), new Watched(), tools)
    whole()
    for (const [name, text] of kept) if (name !== part) writeFileSync(join(partial(), name), text)
    writeFileSync(join(partial(), `${part.replace('.part', '.json')}.0.tmp`), 'cut sho')
    expect(await unfinished(partial())).toEqual([])
    expect(readdirSync(partial())).toEqual([])
  })
})

/** A server that says these bytes to whoever comes, and no more. */
async function raw(text: string): Promise<{ readonly base: string; close(): void }> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => socket.end(text))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return { base: `http://127.0.0.1:${port}`, close: () => void server.close() }
}
