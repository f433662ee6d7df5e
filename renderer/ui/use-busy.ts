import { useState } from 'react'
import { showError } from './notices.tsx'

export interface Busy {
  /** Something that was begun here is on its way. */
  readonly busy: boolean
  /** Does it, and tells in a notice why it failed. */
  readonly run: (work: () => Promise<unknown>) => Promise<void>
}

/** What a button needs that begins one thing at a time. */
export function useBusy(): Busy {
  const [busy, setBusy] = useState(false)
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true)
    try {
      await work()
    } catch (error) {
      showError(error)
    } finally {
      setBusy(false)
    }
  }
  return { busy, run }
}
