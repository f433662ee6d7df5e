import { useEffect, useEffectEvent, useState } from 'react'

/** After this long without a change the host is asked. */
const quietMilliseconds = 250

export interface Checked<T> {
  /** The last answer; null before the first. */
  readonly answer: T | null
  /** The answer is of what is typed now. */
  readonly fresh: boolean
  readonly error: unknown
}

/** Asks the host about what is typed, once it is still; `key` says what that is, null that there is nothing to ask. */
export function useCheck<T>(ask: () => Promise<T>, key: string | null): Checked<T> {
  const [state, setState] = useState<{ readonly key: string; readonly answer: T | null; readonly error: unknown } | null>(null)
  const run = useEffectEvent(ask)
  useEffect(() => {
    if (key === null) return
    let current = true
    const timer = setTimeout(() => {
      run().then(
        (answer) => current && setState({ key, answer, error: null }),
        (error: unknown) => current && setState({ key, answer: null, error }),
      )
    }, quietMilliseconds)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [key])
  return { answer: state?.answer ?? null, fresh: state !== null && state.key === key, error: state?.error ?? null }
}
