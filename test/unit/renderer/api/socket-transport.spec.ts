import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SocketTransport } from '../../../../renderer/api/socket-transport.ts'
import type { LinkState } from '../../../../renderer/api/transport.ts'
import { answered } from '../host.ts'

/** The host's end of a socket that a test holds. */
class Socket extends EventTarget {
  readonly sent: unknown[] = []
  closed = false
  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }
  close(): void {
    this.closed = true
  }
  open(): void {
    this.dispatchEvent(new Event('open'))
  }
  say(frame: object): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data: JSON.stringify(frame) }))
  }
  drop(code = 1006): void {
    this.dispatchEvent(new Event('error'))
    this.dispatchEvent(Object.assign(new Event('close'), { code }))
  }
}

function connected() {
  const sockets: Socket[] = []
  const open = (): WebSocket => {
    const socket = new Socket()
    sockets.push(socket)
    return socket as unknown as WebSocket
  }
  const transport = new SocketTransport('ws://127.0.0.1:1/socket', 'secret', open)
  const links: LinkState[] = []
  transport.onLink((state) => links.push(state))
  const last = (): Socket => sockets.at(-1) ?? expect.unreachable()
  return { transport, sockets, links, last }
}

const request = (id: number, name: string, input: unknown = {}) => ({ id, name, input })
const lost = { ok: false, error: { code: 'connection-gone', params: {}, detail: null, remedies: [] } }

describe('the loopback WebSocket', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('sends the token first, then what was asked before it was open', () => {
    const { transport, last, links } = connected()
    void transport.call('app.info', {})
    expect(last().sent).toEqual([])
    last().open()
    expect(last().sent).toEqual([{ token: 'secret' }, request(1, 'app.info')])
    expect(links).toEqual(['connecting', 'open'])
  })

  it('gives each request its own answer, in whichever order they come', async () => {
    const { transport, last } = connected()
    last().open()
    const [first, second] = [transport.call('a', 1), transport.call('b', 2)]
    last().say({ id: 2, result: { ok: true, value: 'second' } })
    last().say({ id: 1, result: { ok: true, value: 'first' } })
    expect(await Promise.all([first, second])).toEqual([
      { ok: true, value: 'first' },
      { ok: true, value: 'second' },
    ])
  })

  it('tells events, and an answer that nobody waits for does no harm', () => {
    const { transport, last } = connected()
    const events: unknown[] = []
    const stop = transport.onEvent((envelope) => events.push(envelope))
    last().open()
    last().say({ id: 77, result: { ok: true } })
    last().say({ event: 'job.removed', payload: { job: 'x' } })
    stop()
    last().say({ event: 'job.removed', payload: { job: 'y' } })
    expect(events).toEqual([{ event: 'job.removed', payload: { job: 'x' } }])
  })

  it('fails what was on its way when the link broke, and sends what was not as soon as it is back', async () => {
    const { transport, last, sockets, links } = connected()
    last().open()
    const sent = transport.call('domain.start', {})
    last().drop()
    expect(await sent).toEqual(lost)
    const waiting = transport.call('domain.list', {})
    await vi.advanceTimersByTimeAsync(250)
    expect(sockets.length).toBe(2)
    last().open()
    expect(last().sent).toEqual([{ token: 'secret' }, request(2, 'domain.list')])
    last().say({ id: 2, result: { ok: true, value: [] } })
    expect(await waiting).toEqual({ ok: true, value: [] })
    expect(links).toEqual(['connecting', 'open', 'lost', 'open'])
  })

  it('keeps what could not be sent, through as many breaks as there are', async () => {
    const { transport, last } = connected()
    const waiting = transport.call('domain.list', {})
    last().drop()
    transport.retry()
    last().drop()
    transport.retry()
    last().open()
    last().say({ id: 1, result: { ok: true, value: [] } })
    expect(await waiting).toEqual({ ok: true, value: [] })
  })

  it('waits longer from try to try, at most four seconds, and begins anew once it was open', async () => {
    const { last, sockets } = connected()
    for (const wait of [250, 500, 1_000, 2_000, 4_000, 4_000]) {
      const before = sockets.length
      last().drop()
      await vi.advanceTimersByTimeAsync(wait - 1)
      expect(sockets.length).toBe(before)
      await vi.advanceTimersByTimeAsync(1)
      expect(sockets.length).toBe(before + 1)
    }
    last().open()
    const before = sockets.length
    last().drop()
    await vi.advanceTimersByTimeAsync(250)
    expect(sockets.length).toBe(before + 1)
  })

  it.each([1008, 4401, 4403])('tries no more where the host refuses it (%i)', async (code) => {
    const { transport, last, sockets, links } = connected()
    const waiting = transport.call('app.info', {})
    last().drop(code)
    expect(await waiting).toEqual(lost)
    expect(await transport.call('app.info', {})).toEqual(lost)
    await vi.advanceTimersByTimeAsync(60_000)
    transport.retry()
    expect(sockets.length).toBe(1)
    expect(links).toEqual(['connecting', 'refused'])
  })

  it('tries at once when asked to, and only where the link is lost', async () => {
    const { transport, last, sockets } = connected()
    last().open()
    transport.retry()
    expect(sockets.length).toBe(1)
    last().drop()
    transport.retry()
    expect(sockets.length).toBe(2)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sockets.length).toBe(2)
  })

  it('hears nothing of a socket that another has followed', () => {
    const { transport, sockets, links } = connected()
    sockets[0]?.drop()
    transport.retry()
    sockets[1]?.open()
    sockets[0]?.drop()
    sockets[0]?.open()
    expect(links).toEqual(['connecting', 'lost', 'open'])
  })

  it('ends for good when it is closed', async () => {
    const { transport, last, sockets } = connected()
    last().open()
    const waiting = transport.call('a', {})
    transport.close()
    last().drop()
    await vi.advanceTimersByTimeAsync(60_000)
    await answered()
    expect([await waiting, await transport.call('b', {}), sockets.length, last().closed]).toEqual([lost, lost, 1, true])
  })
})
