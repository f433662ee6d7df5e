/**
 * Reads of one connection run one after the other, so that what is told to the page is in the order in which it was true.
 * A read that still waits is shared by everybody who asks for it; one that has begun may have missed what was just done.
 */
export interface ReadQueue {
  read<T>(key: string, work: () => Promise<T>): Promise<T>
}

export function createReadQueue(): ReadQueue {
  const waiting = new Map<string, Promise<unknown>>()
  let last: Promise<unknown> = Promise.resolve()

  return {
    read: <T>(key: string, work: () => Promise<T>): Promise<T> => {
      const shared = waiting.get(key)
      if (shared) return shared as Promise<T>
      const next = last.then(() => {
        waiting.delete(key)
        return work()
      })
      waiting.set(key, next)
      last = next.catch(() => undefined)
      return next
    },
  }
}
