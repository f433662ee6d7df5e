/** One-time tickets: who has one may open what it stands for, once, within a short time. */
import { randomBytes } from 'node:crypto'

/** How long a ticket is good for, in milliseconds. */
export const TICKET_MS = 30_000
/** Tickets that may wait at the same time; the oldest goes first. A page needs two. */
const MOST = 64

interface Waiting<T> {
  readonly value: T
  readonly timer: NodeJS.Timeout
}

export class Tickets<T> {
  readonly #waiting = new Map<string, Waiting<T>>()
  readonly #drop: (value: T) => void
  readonly #lifeMs: number

  /** `drop` frees what a ticket stood for that nobody came with. */
  constructor(drop: (value: T) => void, lifeMs = TICKET_MS) {
    this.#drop = drop
    this.#lifeMs = lifeMs
  }

  /** A new ticket of 256 random bits, as a word for an address. */
  issue(value: T): string {
    const ticket = randomBytes(32).toString('base64url')
    const timer = setTimeout(() => this.#forget(ticket), this.#lifeMs)
    timer.unref()
    this.#waiting.set(ticket, { value, timer })
    const oldest = this.#waiting.keys().next().value
    if (this.#waiting.size > MOST && oldest !== undefined) this.#forget(oldest)
    return ticket
  }

  /** What the ticket stands for; null for one that is unknown, used or too old. It is used up in any case. */
  take(ticket: string): T | null {
    const found = this.#waiting.get(ticket)
    if (!found) return null
    clearTimeout(found.timer)
    this.#waiting.delete(ticket)
    return found.value
  }

  /** Forgets all tickets. */
  clear(): void {
    for (const ticket of [...this.#waiting.keys()]) this.#forget(ticket)
  }

  #forget(ticket: string): void {
    const value = this.take(ticket)
    if (value !== null) this.#drop(value)
  }
}
