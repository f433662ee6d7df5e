import { useEffect } from 'react'
import { runAction } from './actions.ts'
import { actionOfKeys, belongsToGuest } from './shortcuts.ts'

/** The app's own keys, except while a dialog is open or a machine has the keyboard. */
export function useShortcuts(openMenu: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || belongsToGuest(event.target)) return
      const action = actionOfKeys(event)
      if (!action) return
      // A page without a search field leaves the keys to the browser, which searches the page.
      if (action === 'search' && !document.getElementById('search')) return
      event.preventDefault()
      if (document.querySelector('[aria-modal="true"]')) return
      if (action === 'menu') openMenu()
      else runAction(action)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [openMenu])
}
