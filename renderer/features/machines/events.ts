import type { MouseEvent } from 'react'

/** Whether a mouse event is on a card or row itself: not on a button or link in it, nor in a menu that React counts as inside. */
export function onItself(event: MouseEvent<HTMLElement>): boolean {
  const { target, currentTarget } = event
  return target instanceof Element && currentTarget.contains(target) && target.closest('button, a') === null
}

/** Whether a mouse event is in the card or row, and not in a menu that is drawn elsewhere. */
export function isInside(event: MouseEvent<HTMLElement>): boolean {
  return event.target instanceof Node && event.currentTarget.contains(event.target)
}
