/** How fast something comes, from what has come of late. */

/** The last so many milliseconds count: long enough to be calm, short enough to notice a break. */
const WINDOW = 5_000

export class Pace {
  readonly #points: { readonly at: number; readonly done: number }[] = []

  /** Notes how much there is now; answers bytes a second, or null while too little is known. */
  note(done: number, at = performance.now()): number | null {
    this.#points.push({ at, done })
    while (this.#points.length > 2 && at - (this.#points[0]?.at ?? at) > WINDOW) this.#points.shift()
    const [first] = this.#points
    if (!first || at - first.at < 200) return null
    return Math.max(0, Math.round(((done - first.done) * 1000) / (at - first.at)))
  }
}
