/** A switch that lets work stand still and go on. */
import { AppError } from '../../shared/model/error.ts'

/** The reason of an abort where the app ends, and not the wish: work that can go on at the next start keeps what it has. */
export const LEAVING = 'leaving'

export interface Pause {
  readonly paused: boolean
  /** Aborted as soon as it is paused; a new one after each resume. */
  readonly signal: AbortSignal
  /** Waits until it is resumed. Errors: cancelled. */
  whenResumed(cancel: AbortSignal): Promise<void>
}

export class PauseSwitch implements Pause {
  #controller = new AbortController()
  readonly #waiting = new Set<() => void>()

  get paused(): boolean {
    return this.#controller.signal.aborted
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  pause(): void {
    this.#controller.abort()
  }

  resume(): void {
    if (!this.paused) return
    this.#controller = new AbortController()
    for (const go of [...this.#waiting]) go()
  }

  whenResumed(cancel: AbortSignal): Promise<void> {
    if (!this.paused) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const stop = (): void => end(() => reject(new AppError('cancelled')))
      const go = (): void => end(resolve)
      const end = (settle: () => void): void => {
        this.#waiting.delete(go)
        cancel.removeEventListener('abort', stop)
        settle()
      }
      if (cancel.aborted) return stop()
      this.#waiting.add(go)
      cancel.addEventListener('abort', stop)
    })
  }
}
