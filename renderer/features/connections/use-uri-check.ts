import { useEffect, useState } from 'react'
import type { WireError } from '../../../shared/model/error.ts'
import { call } from '../../api/client.ts'

/** What is wrong with a URI, asked of the host a moment after the last key; null while nothing is known to be. */
export function useUriCheck(uri: string): WireError | null {
  const [answer, setAnswer] = useState<{ readonly uri: string; readonly error: WireError | null }>({ uri: '', error: null })
  const asked = uri.trim()
  useEffect(() => {
    if (asked === '') return
    let current = true
    const timer = setTimeout(() => {
      call('connection.check', { uri: asked }).then(
        (error) => current && setAnswer({ uri: asked, error }),
        () => undefined,
      )
    }, 250)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [asked])
  return answer.uri === asked && asked !== '' ? answer.error : null
}
