/** Jobs whose end somebody looks at already: no notice speaks of it beside. */
const watched = new Map<string, number>()

/** Answers a function that stops watching. */
export function watchJob(id: string): () => void {
  watched.set(id, (watched.get(id) ?? 0) + 1)
  return () => {
    const left = (watched.get(id) ?? 1) - 1
    if (left > 0) watched.set(id, left)
    else watched.delete(id)
  }
}

export const isWatched = (id: string): boolean => watched.has(id)
