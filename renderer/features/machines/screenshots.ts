/** Pictures of running machines' screens: one request at a time, each visible card every 5 s, nothing while the window is hidden. */
import { call } from '../../api/client.ts'
import type { DomainSummary } from '../../../shared/model/domain.ts'

/** A card's picture is this old at most while it is on screen. */
export const pictureMilliseconds = 5_000
/** A machine whose screen could not be read (no display, another driver) is asked again after this long. */
export const failedMilliseconds = 30_000

export interface Watch {
  readonly key: string
  readonly ref: { readonly connection: string; readonly uuid: string }
  /** Told each picture as base64 PNG, or null where there is none. */
  readonly onPicture: (png: string | null) => void
}

interface Entry {
  readonly watch: Watch
  dueAt: number
}

export interface Clock {
  readonly now: () => number
  readonly after: (milliseconds: number, run: () => void) => () => void
  readonly hidden: () => boolean
}

const browserClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  },
  hidden: () => document.hidden,
}

/** Takes pictures in turn, the one that is longest due first. */
export class PictureTaker {
  readonly #entries = new Map<string, Entry>()
  readonly #take: (ref: Watch['ref']) => Promise<string>
  readonly #clock: Clock
  #busy = false
  #cancelTimer: (() => void) | null = null

  constructor(take: (ref: Watch['ref']) => Promise<string>, clock: Clock = browserClock) {
    this.#take = take
    this.#clock = clock
  }

  /** Watches a machine while its card is on screen; answers a function that stops. */
  watch(watch: Watch): () => void {
    const entry: Entry = { watch, dueAt: this.#clock.now() }
    this.#entries.set(watch.key, entry)
    this.wake()
    return () => {
      if (this.#entries.get(watch.key) === entry) this.#entries.delete(watch.key)
    }
  }

  /** Looks at once what is due: after the window was shown again. */
  wake(): void {
    this.#cancelTimer?.()
    this.#cancelTimer = null
    if (this.#busy || this.#entries.size === 0 || this.#clock.hidden()) return
    const next = [...this.#entries.values()].reduce((first, entry) => (entry.dueAt < first.dueAt ? entry : first))
    const wait = next.dueAt - this.#clock.now()
    if (wait > 0) this.#cancelTimer = this.#clock.after(wait, () => this.wake())
    else void this.#run(next)
  }

  async #run(entry: Entry): Promise<void> {
    this.#busy = true
    let pause = pictureMilliseconds
    let png: string | null = null
    try {
      png = await this.#take(entry.watch.ref)
    } catch {
      pause = failedMilliseconds
    }
    this.#busy = false
    entry.dueAt = this.#clock.now() + pause
    if (this.#entries.get(entry.watch.key) === entry) entry.watch.onPicture(png)
    this.wake()
  }
}

/** The one taker of the page. */
export const pictures = new PictureTaker(async (ref) => (await call('domain.screenshot', ref)).png)

/** Whether a machine's screen can be looked at: it is on (a paused one keeps its last picture). */
export function hasPicture(domain: Pick<DomainSummary, 'state' | 'displays'>): boolean {
  return domain.displays.length > 0 && ['running', 'blocked', 'paused', 'shutdown'].includes(domain.state)
}
