import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { join, type Channel, type ChannelEnd } from '../../../../electron/console/channel.ts'
import { until } from '../../../harness/poll.ts'

/** A machine's side that the test speaks for. */
class TestChannel implements Channel {
  readonly written: Buffer[] = []
  closed = 0
  paused = false
  unwritten = 0
  say: (bytes: Buffer) => void = () => undefined
  end: (end: ChannelEnd) => void = () => undefined

  start(onData: (bytes: Buffer) => void, onEnd: (end: ChannelEnd) => void): void {
    this.say = onData
    this.end = onEnd
  }
  write(bytes: Buffer): void {
    this.written.push(bytes)
  }
  pause(): void {
    this.paused = true
  }
  resume(): void {
    this.paused = false
  }
  close(): void {
    this.closed += 1
  }
}

describe('a page joined to a machine', () => {
  let server: Server
  let channel: TestChannel
  let page: WebSocket

  beforeEach(async () => {
    server = createServer()
    channel = new TestChannel()
    const sockets = new WebSocketServer({ server, perMessageDeflate: false })
    const joined = new Promise<void>((resolve) =>
      sockets.once('connection', (socket) => {
        join(socket, channel)
        resolve()
      }),
    )
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    page = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, { perMessageDeflate: false })
    await Promise.all([once(page, 'open'), joined])
  })
  afterEach(() => {
    page.terminate()
    server.closeAllConnections()
    server.close()
  })

  it('carries bytes both ways', async () => {
    const heard = once(page, 'message')
    channel.say(Buffer.from([0, 255, 10]))
    expect((await heard)[0]).toEqual(Buffer.from([0, 255, 10]))
    page.send(Buffer.from([1, 2]))
    await until('bytes', 5_000, () => channel.written[0])
    expect(Buffer.concat(channel.written)).toEqual(Buffer.from([1, 2]))
  })

  it('ends the machine when the page goes, also without a goodbye', async () => {
    page.terminate()
    await until('the end', 5_000, () => (channel.closed > 0 ? true : undefined))
  })

  it('tells the page how the machine ended', async () => {
    const closed = once(page, 'close')
    channel.end({ code: 4000, reason: 'x'.repeat(300) })
    const [code, reason] = (await closed) as [number, Buffer]
    expect(code).toBe(4000)
    expect(reason.toString()).toBe('x'.repeat(123))
  })

  it('refuses text', async () => {
    const closed = once(page, 'close')
    page.send('hello')
    expect((await closed)[0]).toBe(1003)
    expect(channel.written).toEqual([])
  })

  it('stops reading the machine while the page does not read, and goes on when it does', async () => {
    page.pause()
    const piece = Buffer.alloc(256 * 1024)
    await until('a pause', 10_000, () => {
      if (!channel.paused) channel.say(piece)
      return channel.paused || undefined
    })
    page.resume()
    await until('going on', 10_000, () => !channel.paused || undefined)
  })

  it('lets a page go whose machine takes nothing', async () => {
    const closed = once(page, 'close')
    channel.unwritten = 5 * 1024 * 1024
    page.send(Buffer.from([1]))
    expect((await closed)[0]).toBe(1009)
  })
})
