/** A few at a time; the others wait for their turn. */
import { AppError } from '../../../shared/model/error.ts'

export class Slots {
  readonly #limit: number
  #taken = 0
  readonly #queue: (() => void)[] = []

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Whether one who comes now has to wait. */
  get full(): boolean {
    return this.#taken >= this.#limit
  }

  /** Answers a function that gives the place back; calling it again does nothing. Errors: cancelled. */
  async take(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) throw new AppError('cancelled')
    if (this.full) await this.#turn(signal)
    else this.#taken += 1
    let given = false
    return () => {
      if (given) return
      given = true
      const next = this.#queue.shift()
      if (next) next()
      else this.#taken -= 1
    }
  }

  /** The place of the one who leaves passes on to the next in the queue. */
  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = (): void => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const leave = (): void => {
        this.#queue.splice(this.#queue.indexOf(go), 1)
        reject(new AppError('cancelled'))
      }
      this.#queue.push(go)
      signal.addEventListener('abort', leave, { once: true })
    })
  }
}
