import type { ReactNode } from 'react'
import classes from './dialog-text.module.css'

/** What has the focus first in a dialog that is only read: its text, which screen readers then read, and not the cross. */
export function DialogText({ children }: { readonly children: ReactNode }) {
  return (
    <div className={classes.root} tabIndex={-1} data-autofocus>
      {children}
    </div>
  )
}
