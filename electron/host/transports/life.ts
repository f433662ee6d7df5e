/** How long the host of a browser lives: until a while after its last page closed, but never while a job runs. */
export interface LifeOptions {
  /** Time without a page, in milliseconds. */
  readonly idleMs: number
  jobsRun(): boolean
  onEnd(): void
}

export interface Life {
  /** Pages that are connected now. Before the first one the host waits without limit. */
  pages(count: number): void
  /** A job started or ended. */
  jobsChanged(): void
  stop(): void
}

export function createLife(options: LifeOptions): Life {
  let timer: NodeJS.Timeout | null = null
  /** The time is over, and only jobs keep the host. */
  let due = false

  const stop = (): void => {
    if (timer) clearTimeout(timer)
    timer = null
    due = false
  }
  const check = (): void => {
    due = options.jobsRun()
    if (!due) options.onEnd()
  }
  return {
    stop,
    pages: (count) => {
      stop()
      if (count === 0) timer = setTimeout(check, options.idleMs)
    },
    jobsChanged: () => {
      if (due) check()
    },
  }
}
