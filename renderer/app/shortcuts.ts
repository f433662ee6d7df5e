import { menuKey, shortcuts, type MenuAction } from '../../shared/model/menu.ts'

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>

/** The keys of an event as they are written: "Ctrl+N". */
export function written(event: Pressed): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key
  return [event.ctrlKey && 'Ctrl', event.altKey && 'Alt', event.metaKey && 'Meta', event.shiftKey && key.length > 1 && 'Shift', key]
    .filter(Boolean)
    .join('+')
}

/** The action that keys stand for, or null. */
export function actionOfKeys(event: Pressed): MenuAction | 'menu' | null {
  const keys = written(event)
  if (keys === menuKey) return 'menu'
  const found = Object.entries(shortcuts).find(([, all]) => all.includes(keys))
  return found ? (found[0] as MenuAction) : null
}

/** Keys typed into a machine's display or serial port belong to the machine. */
export function belongsToGuest(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-guest-keys]') !== null
}
