import { setTimeout as pause } from 'node:timers/promises'

/**
 * Asks `question` again and again until it answers something other than undefined and returns that.
 * Throws after `limit` milliseconds, naming what was waited for and what the last attempt said.
 */
export async function until<T>(
  what: string,
  limit: number,
  question: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const end = Date.now() + limit
  let last = 'no answer'
  for (;;) {
    try {
      const answer = await question()
      if (answer !== undefined) return answer
    } catch (error) {
      last = error instanceof Error ? error.message : String(error)
    }
    if (Date.now() > end) throw new Error(`${what}: not within ${limit / 1000} s (${last})`)
    await pause(50)
  }
}
