import { setTimeout as pause } from 'node:timers/promises'

/** A machine on which labs run side by side is several times slower than one at rest. */
const PATIENCE = 4

/**
 * Asks `question` again and again until it answers something other than undefined and returns that.
 * Where none comes it throws, naming what was waited for and what the last attempt said. `limit` is what a machine at rest
 * needs at most, in milliseconds; a busy one gets several times that.
 */
export async function until<T>(
  what: string,
  limit: number,
  question: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const end = Date.now() + limit * PATIENCE
  let last = 'no answer'
  for (;;) {
    try {
      const answer = await question()
      if (answer !== undefined) return answer
    } catch (error) {
      last = error instanceof Error ? error.message : String(error)
    }
    if (Date.now() > end) throw new Error(`${what}: not within ${(limit * PATIENCE) / 1000} s (${last})`)
    await pause(50)
  }
}
