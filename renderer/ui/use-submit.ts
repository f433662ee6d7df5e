import { useState } from 'react'

export interface Submitting {
  readonly busy: boolean
  /** Why the last one failed; null where none has. */
  readonly error: unknown
  readonly submit: (work: () => Promise<unknown>) => Promise<void>
}

/** What a dialog needs that sends its form once; the error stays beside the form. */
export function useSubmit(): Submitting {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const submit = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      await work()
    } catch (reason) {
      setError(reason)
    } finally {
      setBusy(false)
    }
  }
  return { busy, error, submit }
}
