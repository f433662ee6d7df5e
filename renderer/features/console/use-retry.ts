import { useCallback, useEffect, useRef, useState } from 'react'
import { retryAfter } from './retry.ts'

export interface Retry {
  /** Grows with each try; an effect that opens something depends on it. */
  readonly attempt: number
  /** Asks for another try after the wait that is due. */
  later(): void
  now(): void
  /** It worked: the next loss is tried again soon. */
  worked(): void
}

/** Counts tries and waits between them. */
export function useRetry(): Retry {
  const [attempt, setAttempt] = useState(0)
  const tries = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const now = useCallback(() => {
    clearTimeout(timer.current)
    setAttempt((value) => value + 1)
  }, [])
  const later = useCallback(() => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setAttempt((value) => value + 1), retryAfter(tries.current))
    tries.current += 1
  }, [])
  const worked = useCallback(() => {
    tries.current = 0
  }, [])
  return { attempt, later, now, worked }
}
