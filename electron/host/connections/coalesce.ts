/**
 * Events are hints: the first of a quiet object is acted on at once, those that follow within the window
 * are gathered into one more.
 */
export interface Coalescer {
  hint(key: string): void
  /** Forgets everything gathered; nothing is acted on any more. */
  stop(): void
}

interface Window {
  again: boolean
  readonly timer: NodeJS.Timeout
}

export function createCoalescer(act: (key: string) => void, windowMs = 200): Coalescer {
  const windows = new Map<string, Window>()
  let stopped = false

  const open = (key: string): void => {
    const timer = setTimeout(() => {
      const { again } = windows.get(key) ?? { again: false }
      windows.delete(key)
      if (again) open(key)
    }, windowMs)
    timer.unref()
    windows.set(key, { again: false, timer })
    act(key)
  }

  return {
    hint: (key) => {
      if (stopped) return
      const window = windows.get(key)
      if (window) window.again = true
      else open(key)
    },
    stop: () => {
      stopped = true
      for (const { timer } of windows.values()) clearTimeout(timer)
      windows.clear()
    },
  }
}
