import { useCallback, useEffect, useState, type RefObject } from 'react'

export interface FullScreen {
  readonly on: boolean
  enter(): void
  leave(): void
}

/** Chromium's lock, by which Alt+Tab and the like go to the page too. https://developer.mozilla.org/docs/Web/API/Keyboard/lock */
interface KeyboardLock {
  lock(): Promise<void>
  unlock(): void
}

function keyboardLock(): KeyboardLock | null {
  const keyboard: unknown = 'keyboard' in navigator ? navigator.keyboard : null
  return typeof keyboard === 'object' && keyboard !== null && 'lock' in keyboard ? (keyboard as KeyboardLock) : null
}

/** Shows an element on the whole screen, with all keys where the browser gives them. */
export function useFullScreen(element: RefObject<HTMLElement | null>): FullScreen {
  const [on, setOn] = useState(false)
  useEffect(() => {
    const changed = (): void => {
      const full = document.fullscreenElement !== null && document.fullscreenElement === element.current
      setOn(full)
      if (full) void keyboardLock()?.lock().catch(() => undefined)
      else keyboardLock()?.unlock()
    }
    document.addEventListener('fullscreenchange', changed)
    return () => document.removeEventListener('fullscreenchange', changed)
  }, [element])
  const enter = useCallback(() => void element.current?.requestFullscreen().catch(() => undefined), [element])
  const leave = useCallback(() => void (document.fullscreenElement && document.exitFullscreen().catch(() => undefined)), [])
  return { on, enter, leave }
}
