import type { EventEnvelope, RequestFrame, ResponseFrame, Result } from '../../shared/contract/index.ts'
import { Listeners, type LinkState, type Transport } from './transport.ts'

/** Waits between tries, in milliseconds; the last one repeats. */
const backoff = [250, 500, 1_000, 2_000, 4_000] as const
/** Close codes by which a host says that it does not know this page (policy violation, and its own "no token"). */
const refusals: readonly number[] = [1008, 4401, 4403]

interface Waiting {
  readonly frame: RequestFrame
  readonly resolve: (result: Result<unknown>) => void
  sent: boolean
}

type Incoming = ResponseFrame | EventEnvelope

const gone: Result<unknown> = { ok: false, error: { code: 'connection-gone', params: {}, detail: null, remedies: [] } }

/**
 * The loopback WebSocket: one frame with the token, then requests and answers by number, and events.
 * It reconnects by itself. A request that was sent when the link broke fails (it may or may not have run);
 * one that was not sent yet goes out when the link is back.
 */
export class SocketTransport implements Transport {
  readonly #url: string
  readonly #token: string
  readonly #open: (url: string) => WebSocket
  readonly #events = new Listeners<EventEnvelope>()
  readonly #links = new Listeners<LinkState>()
  readonly #waiting = new Map<number, Waiting>()
  #socket: WebSocket | null = null
  #state: LinkState = 'connecting'
  #next = 1
  #tries = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #closed = false

  constructor(url: string, token: string, open: (url: string) => WebSocket = (address) => new WebSocket(address)) {
    this.#url = url
    this.#token = token
    this.#open = open
    this.#connect()
  }

  call(name: string, input: unknown): Promise<Result<unknown>> {
    if (this.#closed || this.#state === 'refused') return Promise.resolve(gone)
    return new Promise((resolve) => {
      const frame = { id: this.#next++, name, input }
      const waiting = { frame, resolve, sent: false }
      this.#waiting.set(frame.id, waiting)
      if (this.#state === 'open') this.#send(waiting)
    })
  }

  onEvent(listener: (envelope: EventEnvelope) => void): () => void {
    return this.#events.add(listener)
  }

  onLink(listener: (state: LinkState) => void): () => void {
    listener(this.#state)
    return this.#links.add(listener)
  }

  /** Ends the link for good. */
  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    this.#socket?.close()
    for (const waiting of this.#waiting.values()) waiting.resolve(gone)
    this.#waiting.clear()
  }

  /** Tries again at once, e.g. when the window gets focus. */
  retry(): void {
    if (this.#closed || this.#state !== 'lost') return
    clearTimeout(this.#timer)
    this.#connect()
  }

  #connect(): void {
    const socket = this.#open(this.#url)
    this.#socket = socket
    socket.addEventListener('open', () => {
      if (this.#socket !== socket) return
      socket.send(JSON.stringify({ token: this.#token }))
      this.#tries = 0
      this.#setState('open')
      for (const waiting of this.#waiting.values()) this.#send(waiting)
    })
    socket.addEventListener('message', (message: MessageEvent) => this.#receive(message.data))
    // Nothing to do: a close follows. Without a listener Node's sockets throw.
    socket.addEventListener('error', () => undefined)
    socket.addEventListener('close', (event: CloseEvent) => {
      if (this.#socket === socket) this.#lose(event.code)
    })
  }

  #send(waiting: Waiting): void {
    waiting.sent = true
    this.#socket?.send(JSON.stringify(waiting.frame))
  }

  #receive(data: unknown): void {
    if (typeof data !== 'string') return
    const frame = JSON.parse(data) as Incoming
    if ('event' in frame) {
      this.#events.tell(frame)
      return
    }
    this.#waiting.get(frame.id)?.resolve(frame.result)
    this.#waiting.delete(frame.id)
  }

  #lose(code: number): void {
    this.#socket = null
    if (this.#closed) return
    const refused = refusals.includes(code)
    for (const [id, waiting] of this.#waiting) {
      if (!waiting.sent && !refused) continue
      waiting.resolve(gone)
      this.#waiting.delete(id)
    }
    this.#setState(refused ? 'refused' : 'lost')
    if (refused) return
    const wait = backoff[Math.min(this.#tries, backoff.length - 1)]
    this.#tries += 1
    this.#timer = setTimeout(() => this.#connect(), wait)
  }

  #setState(state: LinkState): void {
    if (state === this.#state) return
    this.#state = state
    this.#links.tell(state)
  }
}
