/** The keys that give the keyboard back from the guest to the page: Ctrl and Alt, pressed and released alone. */

const isControl = (code: string): boolean => code === 'ControlLeft' || code === 'ControlRight'

/**
 * Watches keys by their places (KeyboardEvent.code). Only the left Alt counts: the right one is AltGr,
 * which some systems report as Ctrl and Alt.
 */
export class LeaveKeys {
  readonly #held = new Set<string>()
  #together = false
  #others = false

  /** Keys that are down now. */
  get held(): readonly string[] {
    return [...this.#held]
  }

  down(code: string): void {
    this.#held.add(code)
    if (!isControl(code) && code !== 'AltLeft') this.#others = true
    if (this.#held.has('AltLeft') && [...this.#held].some(isControl)) this.#together = true
  }

  /** True once the last key is up, where Ctrl and Alt were down together and no other key was. */
  up(code: string): boolean {
    this.#held.delete(code)
    if (this.#held.size > 0) return false
    const leave = this.#together && !this.#others
    this.reset()
    return leave
  }

  reset(): void {
    this.#held.clear()
    this.#together = false
    this.#others = false
  }
}
