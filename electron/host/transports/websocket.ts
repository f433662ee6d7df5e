/** The host for an ordinary browser on this machine: the page, its socket and the console relay on one loopback server. */
import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { WebSocket, WebSocketServer, type RawData } from 'ws'
import { z } from 'zod'
import type { ResponseFrame } from '../../../shared/contract/index.ts'
import type { Host } from '../create-host.ts'
import type { Relay } from '../relay.ts'
import { openLoopback, refuseUpgrade, type Loopback } from './loopback.ts'
import { servePage } from './pages.ts'

/** Largest frame that a page may send, in bytes. */
export const MAX_FRAME = 2 * 1024 * 1024
/** Requests of one page that may be under way together. */
export const MAX_CALLS = 256
/** Close code of a page without the right token. */
export const NO_TOKEN = 4401
const TOKEN_MS = 5_000
const PING_MS = 30_000
/** A page that reads nothing is let go before its events fill the memory. */
const MAX_UNSENT = 64 * 1024 * 1024

const tokenFrame = z.strictObject({ token: z.string().max(200) })
const requestFrame = z.strictObject({ id: z.int().min(0), name: z.string().max(100), input: z.unknown() })

export interface WebTransportOptions {
  readonly port: number
  /** Folder of the built page. */
  readonly pages: string
  readonly relay: Pick<Relay, 'handleUpgrade'>
  /** Origins beside its own whose pages may come, while the page is developed. */
  readonly origins?: readonly string[]
  /** A token that whoever started the host knows already; else a new one. */
  readonly token?: string | undefined
  /** How many pages are connected, at every change. */
  onPages(count: number): void
}

export interface WebTransport {
  readonly origin: string
  readonly token: string
  /** `ws://127.0.0.1:PORT`, the base of console addresses. */
  readonly socketBase: string
  /** Pages are answered from here on. */
  attach(host: Host): void
  close(): Promise<void>
}

/** Opens the server; until a host is attached, sockets wait with 503. */
export async function openWebTransport(options: WebTransportOptions): Promise<WebTransport> {
  const token = options.token ?? randomBytes(32).toString('base64url')
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME, perMessageDeflate: false })
  const pages = new Set<WebSocket>()
  let host: Host | null = null
  const loopback: Loopback = await openLoopback({
    port: options.port,
    origins: options.origins,
    onRequest: (request, response) => void servePage(options.pages, socketBase, request, response),
    onUpgrade: (path, request, socket, head) => {
      const ticket = /^\/console\/([A-Za-z0-9_-]{1,200})$/.exec(path)?.[1]
      if (ticket) return options.relay.handleUpgrade(ticket, request, socket, head)
      if (path !== '/socket') return refuseUpgrade(socket, 404)
      const attached = host
      if (!attached) return refuseUpgrade(socket, 503)
      sockets.handleUpgrade(request, socket, head, (client) => {
        admit(client, token, () => {
          pages.add(client)
          options.onPages(pages.size)
          client.once('close', () => {
            pages.delete(client)
            options.onPages(pages.size)
          })
          servePageSocket(client, attached)
        })
      })
    },
  })
  const socketBase = `ws://127.0.0.1:${loopback.port}`
  return {
    origin: loopback.origin,
    token,
    socketBase,
    attach: (given) => {
      host = given
    },
    close: async () => {
      for (const client of sockets.clients) client.close(1001)
      sockets.close()
      await loopback.close()
    },
  }
}

/** Waits for the frame with the token; nothing else is answered before it. */
function admit(client: WebSocket, token: string, onAdmitted: () => void): void {
  const timer = setTimeout(() => client.close(NO_TOKEN), TOKEN_MS)
  timer.unref()
  client.on('error', () => client.terminate()) // frames that are too large or no WebSocket frames at all
  client.once('close', () => clearTimeout(timer))
  client.once('message', (data, isBinary) => {
    clearTimeout(timer)
    const frame = isBinary ? null : tokenFrame.safeParse(parse(data))
    if (!frame?.success || !sameToken(frame.data.token, token)) return client.close(NO_TOKEN)
    onAdmitted()
  })
}

function sameToken(given: string, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(token))
}

function servePageSocket(client: WebSocket, host: Host): void {
  const gone = new AbortController()
  setMaxListeners(0, gone.signal) // one for each call under way
  const caller = { id: randomUUID(), gone: gone.signal }
  let calls = 0
  const send = (value: unknown): void => {
    if (client.readyState !== WebSocket.OPEN) return
    if (client.bufferedAmount > MAX_UNSENT) return client.terminate()
    client.send(JSON.stringify(value))
  }
  const answer = async (data: RawData): Promise<void> => {
    const frame = requestFrame.safeParse(parse(data))
    if (!frame.success) return send(refusal(idOf(parse(data)), 'invalid-input'))
    const { id, name, input } = frame.data
    if (calls >= MAX_CALLS) return send(refusal(id, 'too-large'))
    calls++
    const result = await host.dispatch(name, input, caller)
    calls--
    send({ id, result } satisfies ResponseFrame)
  }
  const unsubscribe = host.subscribe(send)
  const stopPing = keepAlive(client)
  client.on('message', (data, isBinary) => (isBinary ? client.close(1003) : void answer(data)))
  client.once('close', () => {
    stopPing()
    unsubscribe()
    gone.abort()
  })
}

/** A page that answers no ping is gone (a suspended machine, a killed browser). */
function keepAlive(client: WebSocket): () => void {
  let alive = true
  client.on('pong', () => {
    alive = true
  })
  const timer = setInterval(() => {
    if (!alive) return client.terminate()
    alive = false
    client.ping()
  }, PING_MS)
  timer.unref()
  return () => clearInterval(timer)
}

function parse(data: RawData): unknown {
  try {
    return JSON.parse(data.toString())
  } catch {
    return undefined
  }
}

/** The number of a frame that is wrong otherwise, so that its page can tell whose answer this is; 0 where it has none. */
function idOf(frame: unknown): number {
  const id: unknown = typeof frame === 'object' && frame !== null && 'id' in frame ? frame.id : null
  return typeof id === 'number' && Number.isSafeInteger(id) ? id : 0
}

function refusal(id: number, code: 'invalid-input' | 'too-large'): ResponseFrame {
  return { id, result: { ok: false, error: { code, params: {}, detail: null, remedies: [] } } }
}
