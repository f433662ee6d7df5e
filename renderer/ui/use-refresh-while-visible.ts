import { useEffect, useRef } from 'react'

/**
 * Runs `refresh` when the page that uses it opens, when the window gets focus or is shown again, and every `milliseconds`
 * while it is on screen; never while hidden, and never twice at a time. `key` names what is shown: a new one reads at once.
 */
export function useRefreshWhileVisible(refresh: () => Promise<unknown> | void, milliseconds = 30_000, key = ''): void {
  const latest = useRef(refresh)
  useEffect(() => {
    latest.current = refresh
  })
  useEffect(() => {
    let running = false
    let stopped = false
    const now = async (): Promise<void> => {
      if (running || stopped || document.hidden) return
      running = true
      try {
        await latest.current()
      } finally {
        running = false
      }
    }
    const again = (): void => void now()
    again()
    const timer = setInterval(again, milliseconds)
    window.addEventListener('focus', again)
    document.addEventListener('visibilitychange', again)
    return () => {
      stopped = true
      clearInterval(timer)
      window.removeEventListener('focus', again)
      document.removeEventListener('visibilitychange', again)
    }
  }, [milliseconds, key])
}
