import type { EventEnvelope, EventName, Events, Input, Output, RequestName } from '../../shared/contract/index.ts'
import { AppError, type WireError } from '../../shared/model/error.ts'
import { electronTransport } from './electron-transport.ts'
import { SocketTransport } from './socket-transport.ts'
import { takeTokenOfWindow } from './token.ts'
import { Listeners, type LinkState, type Transport } from './transport.ts'

const events = new Listeners<EventEnvelope>()
const links = new Listeners<LinkState>()
let transport: Transport | null = null
let link: LinkState = 'connecting'

/** Says how requests travel; called once at the start (and by tests). */
export function connectTransport(chosen: Transport): void {
  transport = chosen
  chosen.onEvent((envelope) => events.tell(envelope))
  chosen.onLink((state) => {
    link = state
    links.tell(state)
  })
}

/** Electron's bridge where the preload gave one, else the loopback WebSocket with the token of the address. */
export function openTransport(): void {
  if (window.api) {
    connectTransport(electronTransport(window.api))
    return
  }
  const token = takeTokenOfWindow()
  if (!token) {
    links.tell((link = 'refused'))
    return
  }
  const socket = new SocketTransport(`ws://${window.location.host}/socket`, token)
  window.addEventListener('focus', () => socket.retry())
  window.addEventListener('online', () => socket.retry())
  connectTransport(socket)
}

/** Errors cross the contract as values; here they become one thing to catch. */
export function asAppError(error: WireError): AppError {
  return new AppError(error.code, error.params, error.detail, error.remedies)
}

/** Sends a request of the contract. Throws an AppError where the host answers with an error, or cannot be reached. */
export async function call<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>> {
  return (await callByName(name, input)) as Output<N>
}

/** The same for a request that came as data, such as a remedy of an error; the host checks name and input. */
export async function callByName(name: string, input: unknown): Promise<unknown> {
  if (!transport) throw new AppError('connection-gone')
  const result = await transport.call(name, input)
  if (!result.ok) throw asAppError(result.error)
  return result.value
}

/** Listens to one kind of event; answers a function that stops. */
export function on<N extends EventName>(event: N, listener: (payload: Events[N]) => void): () => void {
  return events.add((envelope) => {
    if (envelope.event === event) listener(envelope.payload as Events[N])
  })
}

/** Listens to every event. */
export function onAny(listener: (envelope: EventEnvelope) => void): () => void {
  return events.add(listener)
}

/** Told at once whether the host can be reached, then at every change. */
export function onLink(listener: (state: LinkState) => void): () => void {
  listener(link)
  return links.add(listener)
}
