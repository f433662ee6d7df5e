import { once } from 'node:events'
import WebSocket from 'ws'
import type { EventEnvelope, EventName, Events } from '../../shared/contract/events.ts'
import type { Input, Output, RequestName, ResponseFrame } from '../../shared/contract/index.ts'

export interface HostClient {
  call<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>>
  /** The next event of that name. */
  next<N extends EventName>(event: N): Promise<Events[N]>
  /** Every event from now on, until the answer is called. */
  follow(listener: (envelope: EventEnvelope) => void): () => void
  close(): void
}

/** Speaks to the host as a page does: for what a picture needs and no click gives. */
export async function hostClient(address: string): Promise<HostClient> {
  const { origin, host, hash } = new URL(address)
  const socket = new WebSocket(`ws://${host}/socket`, { origin })
  await once(socket, 'open')
  socket.send(JSON.stringify({ token: hash.slice('#t='.length) }))
  let next = 1
  return {
    call: <N extends RequestName>(name: N, input: Input<N>) =>
      new Promise<Output<N>>((resolve, reject) => {
        const id = next++
        const listen = (data: WebSocket.RawData): void => {
          const frame = JSON.parse(String(data)) as ResponseFrame
          if (frame.id !== id) return
          socket.off('message', listen)
          if (frame.result.ok) resolve(frame.result.value as Output<N>)
          else reject(new Error(`${name}: ${JSON.stringify(frame.result.error)}`))
        }
        socket.on('message', listen)
        socket.send(JSON.stringify({ id, name, input }))
      }),
    next: <N extends EventName>(event: N) =>
      new Promise<Events[N]>((resolve) => {
        const listen = (data: WebSocket.RawData): void => {
          const frame = JSON.parse(String(data)) as Partial<EventEnvelope<N>>
          if (frame.event !== event || frame.payload === undefined) return
          socket.off('message', listen)
          resolve(frame.payload)
        }
        socket.on('message', listen)
      }),
    follow: (listener) => {
      const listen = (data: WebSocket.RawData): void => {
        const frame = JSON.parse(String(data)) as Partial<EventEnvelope>
        if (frame.event !== undefined && frame.payload !== undefined) listener(frame as EventEnvelope)
      }
      socket.on('message', listen)
      return () => void socket.off('message', listen)
    },
    close: () => socket.close(),
  }
}
