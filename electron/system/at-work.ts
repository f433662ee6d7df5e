/** What this app works with now: things that libvirt, or a file system, would take away under the work. */

const working = new Map<string, readonly string[]>()

/** Notes that somebody (as a person knows it) works with these things, until the function that it answers is called. */
export function workWith(things: ReadonlySet<string>, who: string): () => void {
  for (const thing of things) working.set(thing, [...workersOn(thing), who])
  return () => {
    for (const thing of things) {
      const left = [...workersOn(thing)]
      left.splice(left.indexOf(who), 1)
      if (left.length > 0) working.set(thing, left)
      else working.delete(thing)
    }
  }
}

/** Who works with it: a file by its path. */
export const workersOn = (thing: string): readonly string[] => working.get(thing) ?? []
