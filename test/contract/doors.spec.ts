/** Who gets in at the loopback server, and what cannot bring it down. */
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { MAX_FRAME, NO_TOKEN } from '../../electron/host/transports/websocket.ts'
import { webWorld, type WebWorld } from './harness.ts'
import { ask, openSocket, openSocketPage } from './page.ts'

let world: WebWorld
let port = 0
beforeAll(async () => {
  world = await webWorld()
  port = Number(new URL(world.transport.origin).port)
})
afterAll(() => world.close())

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    request.on('error', reject).end()
  })

/** How a socket ends: the status of a refused upgrade, or the code of its closing. */
const ending = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => {
    socket.once('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0)
      response.destroy()
    })
    socket.once('close', (code) => resolve(code))
    socket.on('error', () => undefined)
  })

const opened = (socket: WebSocket): Promise<unknown> => new Promise((resolve) => socket.once('open', resolve))

/** The host is still there for a page that has the token. */
async function expectUp(): Promise<void> {
  const page = await openSocketPage(world.transport)
  expect(await ask(page, 'job.list', {})).toEqual([])
  await page.close()
}

describe('the page and its files', () => {
  it('are served to any request with the right Host, with a strict policy', async () => {
    const page = await get('/')
    expect(page).toMatchObject({ status: 200, text: '<!doctype html><title>page</title>' })
    const policy = String(page.headers['content-security-policy'])
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      `connect-src 'self' ws://127.0.0.1:${port}`,
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ]) {
      expect(policy.split('; ')).toContain(part)
    }
    expect(page.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-type': 'text/html; charset=utf-8',
    })
    expect(await get('/assets/main-abc.js')).toMatchObject({ status: 200, text: 'export {}', headers: { 'content-type': 'text/javascript; charset=utf-8' } })
    expect(await get('/', {}, 'HEAD')).toMatchObject({ status: 200, text: '' })
  })

  it.each(['evil.example', 'localhost', '127.0.0.1', '127.0.0.1:1', '[::1]'])('are refused to Host %s', async (host) => {
    expect(await get('/', { Host: host })).toMatchObject({ status: 403, text: '' })
  })

  it.each(['/../settings.json', '/%2e%2e/connections.json', '/..%2fconnections.json', '/assets/..%2f..%2fconnections.json', '/assets', '/%00', '/%', '/nothing', '//etc/passwd'])(
    'nothing else: %s',
    async (path) => {
      expect(await get(path)).toMatchObject({ status: 404, text: '' })
    },
  )

  it('by reading alone', async () => {
    expect(await get('/', {}, 'POST')).toMatchObject({ status: 405 })
    expect(await get('/', {}, 'DELETE')).toMatchObject({ status: 405 })
  })

  it('hold no token', async () => {
    const page = await get('/')
    expect(page.text + JSON.stringify(page.headers)).not.toContain(world.transport.token)
  })

  it('on the loopback address alone', async () => {
    expect(world.transport.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(world.transport.token).toMatch(/^[A-Za-z0-9_-]{43}$/)
  })
})

describe('the socket', () => {
  it.each([
    ['foreign Origin', { Origin: 'http://evil.example' }],
    ['Origin of another port', { Origin: 'http://127.0.0.1:1' }],
    ['Origin null', { Origin: 'null' }],
    ['foreign Host', { Host: 'evil.example' }],
  ])('is refused: %s', async (_what, headers) => {
    expect(await ending(openSocket(world.transport, headers))).toBe(403)
    await expectUp()
  })

  it('is refused without an Origin', async () => {
    expect(await ending(new WebSocket(`${world.transport.socketBase}/socket`))).toBe(403)
  })

  it('is at /socket alone; a console ticket that was never given out is refused', async () => {
    const { socketBase, origin } = world.transport
    expect(await ending(new WebSocket(`${socketBase}/other`, { origin }))).toBe(404)
    expect(await ending(new WebSocket(`${socketBase}/console/abcdef`, { origin }))).toBe(403)
    expect(await ending(new WebSocket(`${socketBase}/console/../socket/`, { origin }))).toBe(404)
  })

  it.each([
    ['wrong token', JSON.stringify({ token: 'x'.repeat(43) })],
    ['empty token', JSON.stringify({ token: '' })],
    ['a request before the token', JSON.stringify({ id: 1, name: 'app.info', input: {} })],
    ['token with more', (token: string) => JSON.stringify({ token, more: 1 })],
    ['token that is no text', JSON.stringify({ token: 7 })],
    ['no JSON', 'hello'],
    ['bytes', (token: string) => Buffer.from(JSON.stringify({ token }))],
  ])('closes without the token: %s', async (_what, first) => {
    const socket = openSocket(world.transport)
    const heard: string[] = []
    socket.on('message', (data) => heard.push(data.toString()))
    await opened(socket)
    const closed = ending(socket)
    socket.send(typeof first === 'function' ? first(world.transport.token) : first)
    expect(await closed).toBe(NO_TOKEN)
    expect(heard).toEqual([])
  })

  it('closes when no token comes within 5 s', async () => {
    const socket = openSocket(world.transport)
    await opened(socket)
    expect(await ending(socket)).toBe(NO_TOKEN)
  })

  it('answers malformed frames with a refusal, and goes on', async () => {
    const socket = openSocket(world.transport)
    await opened(socket)
    const answers: unknown[] = []
    socket.on('message', (data) => {
      const frame = JSON.parse(data.toString()) as object
      if ('id' in frame) answers.push(frame)
    })
    socket.send(JSON.stringify({ token: world.transport.token }))
    const bad = ['hello', '{"id":', '[]', 'null', '7', '{"id":-1,"name":"app.info","input":{}}', '{"id":5,"name":7,"input":{}}', '{"id":6,"name":"app.info","input":{},"more":1}', '{"name":"app.info"}', '{"__proto__":{"id":1}}']
    for (const text of bad) socket.send(text)
    const done = new Promise((resolve) => socket.on('message', (data) => data.toString().startsWith('{"id":99,') && resolve(null)))
    socket.send(JSON.stringify({ id: 99, name: 'job.list', input: {} }))
    await done
    expect(answers).toHaveLength(bad.length + 1)
    for (const answer of answers.slice(0, -1)) expect(answer).toMatchObject({ result: { ok: false, error: { code: 'invalid-input' } } })
    expect(answers.at(-1)).toEqual({ id: 99, result: { ok: true, value: [] } })
    socket.close()
  })

  it('closes at bytes and at frames that are too large, and the host stays up', async () => {
    for (const [frame, code] of [
      [Buffer.from('{}'), 1003],
      ['x'.repeat(MAX_FRAME + 1), 1009],
    ] as const) {
      const socket = openSocket(world.transport)
      await opened(socket)
      socket.send(JSON.stringify({ token: world.transport.token }))
      const closed = ending(socket)
      socket.send(frame)
      expect([code, 1006]).toContain(await closed)
      await expectUp()
    }
    const early = openSocket(world.transport)
    await opened(early)
    const closed = ending(early)
    early.send('x'.repeat(MAX_FRAME + 1))
    await closed
    await expectUp()
  })

  it('bounds the requests of one page that are under way', async () => {
    const page = await openSocketPage(world.transport)
    const results = await Promise.all(Array.from({ length: 400 }, () => page.call('domain.list', { connection: 'test' })))
    const refused = results.filter((result) => !result.ok && result.error.code === 'too-large')
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.length).toBeLessThanOrEqual(400 - 256)
    expect(await page.call('job.list', {})).toMatchObject({ ok: true })
    await page.close()
  })

  it.each([
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['a header that never ends', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(100_000)}`],
    ['an upgrade to something else', 'GET /socket HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n'],
    ['a WebSocket frame without a WebSocket', Buffer.from([0x81, 0xff, 0xff, 0xff])],
  ])('survives %s', async (_what, bytes) => {
    const raw = connect(port, '127.0.0.1')
    const closed = new Promise((resolve) => raw.once('close', resolve))
    raw.on('error', () => undefined)
    raw.write(bytes)
    raw.end()
    raw.resume()
    await closed
    await expectUp()
  })

  it('survives a page that leaves in the middle of everything', async () => {
    const socket = openSocket(world.transport)
    await opened(socket)
    socket.send(JSON.stringify({ token: world.transport.token }))
    for (let id = 0; id < 20; id++) socket.send(JSON.stringify({ id, name: 'domain.list', input: { connection: 'test' } }))
    socket.terminate()
    await expectUp()
  })
})
