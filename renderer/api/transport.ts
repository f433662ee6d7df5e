import type { EventEnvelope, Result } from '../../shared/contract/index.ts'

/** Whether the host can be reached: `refused` means that it does not know us (no token, or a wrong one). */
export type LinkState = 'connecting' | 'open' | 'lost' | 'refused'

/** How requests and events travel; Electron's channels and the loopback WebSocket are the two there are. */
export interface Transport {
  call(name: string, input: unknown): Promise<Result<unknown>>
  onEvent(listener: (envelope: EventEnvelope) => void): () => void
  /** Told at once of the present state, then of every change. */
  onLink(listener: (state: LinkState) => void): () => void
}

/** A set of listeners, told in the order they came. */
export class Listeners<T> {
  readonly #all = new Set<(value: T) => void>()

  add(listener: (value: T) => void): () => void {
    this.#all.add(listener)
    return () => this.#all.delete(listener)
  }

  tell(value: T): void {
    for (const listener of [...this.#all]) listener(value)
  }
}
