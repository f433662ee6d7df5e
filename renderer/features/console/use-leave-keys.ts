import { useEffect, useRef, type RefObject } from 'react'
import { LeaveKeys } from './keyboard/leave-keys.ts'

/**
 * Calls `onLeave` when Ctrl and Alt were pressed and released alone inside `container`, and `onBlur` with the keys
 * (KeyboardEvent.code) that were still down when the focus went: the guest would hold them for ever.
 */
export function useLeaveKeys(
  container: RefObject<HTMLElement | null>,
  onLeave: () => void,
  onBlur: (held: readonly string[]) => void = () => undefined,
): void {
  const told = useRef({ onLeave, onBlur })
  useEffect(() => {
    told.current = { onLeave, onBlur }
  })
  useEffect(() => {
    const place = container.current
    if (!place) return
    const keys = new LeaveKeys()
    const down = (event: KeyboardEvent): void => keys.down(event.code)
    const up = (event: KeyboardEvent): void => {
      // Not before the guest has been told of the release too.
      if (keys.up(event.code)) setTimeout(() => told.current.onLeave())
    }
    const blur = (): void => {
      told.current.onBlur(keys.held)
      keys.reset()
    }
    // Captured: the display and the terminal keep their keys from going further.
    place.addEventListener('keydown', down, true)
    place.addEventListener('keyup', up, true)
    place.addEventListener('focusout', blur)
    return () => {
      place.removeEventListener('keydown', down, true)
      place.removeEventListener('keyup', up, true)
      place.removeEventListener('focusout', blur)
    }
  }, [container])
}
