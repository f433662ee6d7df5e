import type { EventEnvelope, Result } from '../../shared/contract/index.ts'
import type { Transport } from './transport.ts'

/** What the preload puts on the window. */
export interface ElectronBridge {
  call(name: string, input: unknown): Promise<Result<unknown>>
  /** Answers a function that stops listening. */
  on(listener: (envelope: EventEnvelope) => void): () => void
}

/** Electron's channels: they cannot be lost while the window lives. */
export function electronTransport(bridge: ElectronBridge): Transport {
  return {
    call: (name, input) => bridge.call(name, input),
    onEvent: (listener) => bridge.on(listener),
    onLink: (listener) => {
      listener('open')
      return () => undefined
    },
  }
}
