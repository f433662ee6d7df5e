import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { Host } from '../../../../electron/host/create-host.ts'
import type { Caller } from '../../../../electron/host/context.ts'
import { openLoopback, type Loopback } from '../../../../electron/host/transports/loopback.ts'
import { contentSecurityPolicy, fileOf } from '../../../../electron/host/transports/pages.ts'
import { relayServer } from '../../../../electron/host/transports/relay-server.ts'
import { MAX_CALLS, MAX_FRAME, NO_TOKEN, openWebTransport, type WebTransport } from '../../../../electron/host/transports/websocket.ts'
import type { EventEnvelope } from '../../../../shared/contract/index.ts'
import { until } from '../../../harness/poll.ts'

let folder: string | undefined
const place = (...names: string[]): string => join(folder ?? '/nonexistent', ...names)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vivero-pages-'))
  await mkdir(place('pages', 'assets'), { recursive: true })
  await writeFile(place('pages', 'index.html'), '<html></html>')
  await writeFile(place('pages', 'assets', 'app-1.js'), 'export {}')
  await writeFile(place('secret.txt'), 'secret')
})
afterAll(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true })
})

const open: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})
const closing = <T extends { close(): Promise<unknown> }>(made: T): T => {
  open.push(made)
  return made
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** A request as it stands: the path is sent letter by letter. */
function get(port: number, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text: string) => (body += text))
      response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    asking.once('upgrade', (response, socket) => {
      socket.destroy()
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: '' })
    })
    asking.once('error', reject)
    asking.end()
  })
}
const upgrade = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==' }

describe('the file that an address names', () => {
  it.each([
    ['/', '/pages/index.html'],
    ['/?x=1', '/pages/index.html'],
    ['/assets/app.js', '/pages/assets/app.js'],
    ['/a%20b', '/pages/a b'],
    ['/../secret', '/pages/secret'],
    ['/..%2f..%2fetc/passwd', null],
    ['/%2e%2e/%2e%2e/etc/passwd', '/pages/etc/passwd'],
    ['/assets/..%2f..%2f..%2fetc', null],
    ['/..%2fpages-other/x', null],
    ['/a%00b', null],
    ['/%', null],
    ['//evil.test/x', '/pages/x'],
  ])('%s is %s', (url, file) => {
    expect(fileOf('/pages', url)).toBe(file)
  })
})

describe('what the page may load', () => {
  it('is its own, and one socket', () => {
    const policy = contentSecurityPolicy('ws://127.0.0.1:4000')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("connect-src 'self' ws://127.0.0.1:4000")
    expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:\/\/|\*/)
  })
})

describe('the loopback server', () => {
  const server = async (origins?: readonly string[]): Promise<Loopback> =>
    closing(
      await openLoopback({
        port: 0,
        origins,
        onRequest: (_request, response) => void response.end('yes'),
        onUpgrade: (path, _request, socket) => void socket.end(`HTTP/1.1 418 ${path}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`),
      }),
    )

  it('answers by its own address alone', async () => {
    const { port, origin } = await server()
    expect(origin).toBe(`http://127.0.0.1:${port}`)
    expect((await get(port, '/')).body).toBe('yes')
    for (const host of [`localhost:${port}`, 'evil.test', '127.0.0.1', `127.0.0.1:${port + 1}`]) expect((await get(port, '/', { Host: host })).status, host).toBe(403)
  })

  it('lets pages of its own origin alone open a socket', async () => {
    const { port, origin } = await server(['app://vivero'])
    const status = async (headers: Record<string, string>): Promise<number> => (await get(port, '/socket?x=1', { ...upgrade, ...headers })).status
    expect(await status({ Origin: origin })).toBe(418)
    expect(await status({ Origin: 'app://vivero' })).toBe(418)
    for (const bad of ['http://evil.test', `http://localhost:${port}`, 'null']) expect(await status({ Origin: bad }), bad).toBe(403)
    expect(await status({})).toBe(403)
    expect(await status({ Origin: origin, Host: 'evil.test' })).toBe(403)
  })

  it('ends its connections when it closes', async () => {
    const { port, close } = await server()
    await close()
    await expect(get(port, '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })
})

describe('the console’s own server', () => {
  it('is opened when it is first needed, and gives tickets alone to the relay', async () => {
    const tickets: string[] = []
    const relay = relayServer({ handleUpgrade: (ticket, _request, socket) => void (tickets.push(ticket), socket.end('HTTP/1.1 418 x\r\nConnection: close\r\n\r\n')) }, ['app://vivero'])
    await relay.close()
    const base = await closing(relay).base()
    expect(await relay.base()).toBe(base)
    const port = Number(new URL(base).port)
    const ask = (path: string) => get(port, path, { ...upgrade, Origin: 'app://vivero' })
    expect((await ask('/console/abc_-9')).status).toBe(418)
    for (const path of ['/console/', '/console/a/b', '/socket', `/console/${'x'.repeat(201)}`]) expect((await ask(path)).status, path).toBe(404)
    expect((await get(port, '/')).status).toBe(404)
    expect(tickets).toEqual(['abc_-9'])
  })
})

describe('the browser’s transport', () => {
  interface Page {
    readonly socket: WebSocket
    readonly frames: unknown[]
    readonly closed: Promise<number>
    send(value: unknown): void
  }
  /** What the host of one transport saw: a page of the test before may still be leaving. */
  const fresh = () => ({ dispatched: [] as { name: string; caller: Caller }[], listeners: [] as ((envelope: EventEnvelope) => void)[], counts: [] as number[] })
  let seen = fresh()

  /** Answers with the input; "wait" waits for ever. */
  const hostOf = (own: ReturnType<typeof fresh>): Host =>
    ({
      dispatch: (name: string, input: unknown, caller: Caller) => {
        own.dispatched.push({ name, caller })
        return name === 'wait' ? new Promise(() => undefined) : Promise.resolve({ ok: true, value: input })
      },
      subscribe: (listener: (envelope: EventEnvelope) => void) => {
        own.listeners.push(listener)
        return () => void own.listeners.splice(own.listeners.indexOf(listener), 1)
      },
    }) as unknown as Host

  const start = async (attach = true): Promise<WebTransport> => {
    const own = fresh()
    seen = own
    const transport = closing(await openWebTransport({ port: 0, pages: place('pages'), relay: { handleUpgrade: () => undefined }, onPages: (count) => own.counts.push(count) }))
    if (attach) transport.attach(hostOf(own))
    return transport
  }
  const connect = async ({ socketBase, origin }: WebTransport): Promise<Page> => {
    const socket = new WebSocket(`${socketBase}/socket`, { origin })
    const frames: unknown[] = []
    socket.on('message', (data) => frames.push(JSON.parse(String(data)) as unknown))
    const closed = new Promise<number>((resolve) => socket.once('close', resolve))
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
    return { socket, frames, closed, send: (value) => socket.send(typeof value === 'string' ? value : JSON.stringify(value)) }
  }
  const admitted = async (transport: WebTransport): Promise<Page> => {
    const page = await connect(transport)
    page.send({ token: transport.token })
    await until('its admission', 5_000, () => (seen.counts.length > 0 ? true : undefined))
    return page
  }
  const frame = (page: Page, id: number): Promise<unknown> => until(`answer ${id}`, 5_000, () => page.frames.find((one) => (one as { id?: number }).id === id))

  it('answers requests and brings events to a page that has the token', async () => {
    const transport = await start()
    const page = await admitted(transport)
    page.send({ id: 7, name: 'app.info', input: { a: 1 } })
    expect(await frame(page, 7)).toEqual({ id: 7, result: { ok: true, value: { a: 1 } } })
    const envelope: EventEnvelope = { event: 'job.removed', payload: { job: 'x' } }
    for (const listener of seen.listeners) listener(envelope)
    await until('the event', 5_000, () => (page.frames.some((one) => JSON.stringify(one) === JSON.stringify(envelope)) ? true : undefined))
  })

  it('has another token each time, of 256 bits', async () => {
    const tokens = [(await start()).token, (await start()).token]
    expect(new Set(tokens).size).toBe(2)
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  })

  it.each([['a wrong token', '{"token":"x"}'], ['no token', '{}'], ['a request', '{"id":1,"name":"app.info","input":{}}'], ['no JSON', 'hello'], ['more than a token', null]])('lets no page in with %s', async (_what, text) => {
    const transport = await start()
    const page = await connect(transport)
    page.send(text ?? { token: transport.token, more: 1 })
    expect(await page.closed).toBe(NO_TOKEN)
    expect(seen.dispatched).toEqual([])
    expect(seen.counts).toEqual([])
  })

  it('tells a page’s wrong frames by their numbers', async () => {
    const page = await admitted(await start())
    for (const bad of ['no JSON', { id: 3 }, { id: 4, name: 'x', input: {}, more: 1 }, { id: -1, name: 'x', input: {} }, { id: 'x', name: 'x', input: {} }]) page.send(bad)
    await until('five refusals', 5_000, () => (page.frames.length === 5 ? true : undefined))
    expect(page.frames.map((one) => (one as { id: number }).id)).toEqual([0, 3, 4, -1, 0])
    expect(page.frames.every((one) => JSON.stringify(one).includes('invalid-input'))).toBe(true)
    page.send({ id: 9, name: 'app.info', input: {} })
    await frame(page, 9)
  })

  it('takes only so many requests at once', async () => {
    const page = await admitted(await start())
    for (let id = 1; id <= MAX_CALLS + 1; id++) page.send({ id, name: 'wait', input: {} })
    expect(await frame(page, MAX_CALLS + 1)).toMatchObject({ result: { ok: false, error: { code: 'too-large' } } })
    expect(seen.dispatched).toHaveLength(MAX_CALLS)
  })

  it('lets a page go that sends too much, or bytes', async () => {
    const transport = await start()
    const large = await admitted(transport)
    large.send('x'.repeat(MAX_FRAME + 1))
    expect([1006, 1009]).toContain(await large.closed)
    const binary = await admitted(transport)
    binary.socket.send(Buffer.from('{}'))
    expect(await binary.closed).toBe(1003)
  })

  it('counts its pages, and ends what a page that left was waiting for', async () => {
    const transport = await start()
    const page = await admitted(transport)
    page.send({ id: 1, name: 'wait', input: {} })
    const call = await until('the call', 5_000, () => seen.dispatched[0])
    expect(call.caller.gone.aborted).toBe(false)
    page.socket.terminate()
    await until('its end', 5_000, () => (call.caller.gone.aborted ? true : undefined))
    expect(seen.counts).toEqual([1, 0])
    expect(seen.listeners).toEqual([])
  })

  it('lets sockets wait until there is a host', async () => {
    const transport = await start(false)
    const port = Number(new URL(transport.origin).port)
    const status = async (path: string): Promise<number> => (await get(port, path, { ...upgrade, Origin: transport.origin })).status
    expect(await status('/socket')).toBe(503)
    expect(await status('/other')).toBe(404)
    transport.attach(hostOf(seen))
    expect(await status('/socket')).toBe(101)
  })

  it('gives out the page and its files, and nothing else', async () => {
    const { origin } = await start()
    const port = Number(new URL(origin).port)
    const index = await get(port, '/')
    expect(index).toMatchObject({ status: 200, body: '<html></html>', headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } })
    expect(index.headers['content-security-policy']).toContain(`ws://127.0.0.1:${port}`)
    expect(await get(port, '/assets/app-1.js')).toMatchObject({ status: 200, headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': expect.stringContaining('immutable') } })
    expect(await get(port, '/', {}, 'HEAD')).toMatchObject({ status: 200, body: '', headers: { 'content-length': '13' } })
    expect((await get(port, '/', {}, 'POST')).status).toBe(405)
    for (const path of ['/assets', '/gone.js', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/../secret.txt']) expect((await get(port, path)).status, path).toBe(404)
  })
})
