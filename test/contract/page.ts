/** A page's end of the socket, as the tests drive it. */
import { WebSocket } from 'ws'
import type { WebTransport } from '../../electron/host/transports/websocket.ts'
import type { EventEnvelope, Input, Output, RequestName, Result } from '../../shared/contract/index.ts'

export interface Page {
  call(name: string, input: unknown): Promise<Result<unknown>>
  readonly events: readonly EventEnvelope[]
  close(): Promise<void>
}

/** A WebSocket to the host's page socket, before its token. */
export function openSocket(transport: Pick<WebTransport, 'origin' | 'socketBase'>, headers: Record<string, string> = {}): WebSocket {
  return new WebSocket(`${transport.socketBase}/socket`, { headers: { Origin: transport.origin, ...headers } })
}

export async function openSocketPage(transport: Pick<WebTransport, 'origin' | 'socketBase' | 'token'>): Promise<Page> {
  const socket = openSocket(transport)
  const events: EventEnvelope[] = []
  const waiting = new Map<number, (result: Result<unknown>) => void>()
  let last = 0
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  socket.send(JSON.stringify({ token: transport.token }))
  socket.on('message', (data) => {
    const frame = JSON.parse(data.toString()) as EventEnvelope | { readonly id: number; readonly result: Result<unknown> }
    if ('event' in frame) events.push(frame)
    else waiting.get(frame.id)?.(frame.result)
  })
  return {
    events,
    call: (name, input) =>
      new Promise((resolve) => {
        const id = ++last
        waiting.set(id, resolve)
        socket.send(JSON.stringify({ id, name, input }))
      }),
    close: () =>
      new Promise((resolve) => {
        socket.once('close', () => resolve())
        socket.close()
      }),
  }
}

/** The answer of a request that must succeed. */
export async function ask<N extends RequestName>(page: Page, name: N, input: Input<N>): Promise<Output<N>> {
  const result = await page.call(name, input)
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`)
  return result.value as Output<N>
}

/** Waits until a look gives something, for a minute at most. */
export async function eventually<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 60_000
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > end) throw new Error(`within a minute not seen: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
