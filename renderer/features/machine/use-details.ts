import { useCallback, useEffect, useRef, useState } from 'react'
import { call, on } from '../../api/client.ts'
import { useDomain } from '../../stores/app-store.ts'
import { useRefreshWhileVisible } from '../../ui/use-refresh-while-visible.ts'
import type { DomainDetails } from '../../../shared/model/domain.ts'
import type { MachineRef } from '../../stores/dialogs.ts'

export interface DetailsState {
  readonly details: DomainDetails | null
  readonly error: unknown
  readonly reload: () => Promise<void>
  /** Puts in what a request answered, without reading again. */
  readonly put: (details: DomainDetails) => void
}

/**
 * A machine with everything: read when the page opens, on focus, every 30 s while visible, when its row in the list changed, and when the
 * host says that something no event describes may differ. An answer that a later reading overtook is dropped. Not while `off`.
 */
export function useDetails({ connection, uuid }: MachineRef, off = false): DetailsState {
  const [details, setDetails] = useState<DomainDetails | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [stale, setStale] = useState(0)
  const readings = useRef(0)
  const domain = useDomain(connection, uuid)
  const take = useCallback((answer: DomainDetails | null, reason: unknown): void => {
    if (answer) setDetails(answer)
    setError(reason)
  }, [])
  const reload = useCallback(async (): Promise<void> => {
    if (off) return
    readings.current += 1
    const mine = readings.current
    try {
      const answer = await call('domain.get', { connection, uuid })
      if (mine === readings.current) take(answer, null)
    } catch (reason) {
      if (mine === readings.current) take(null, reason)
    }
  }, [connection, uuid, take, off])
  useEffect(
    () =>
      on(
        'object.stale',
        (object) =>
          object.kind === 'domain' &&
          object.uuid === uuid &&
          object.connection === connection &&
          setStale((count) => count + 1),
      ),
    [connection, uuid],
  )
  const row = domain
    ? `${domain.state}|${domain.name}|${domain.title}|${domain.saved}|${domain.autostart}|${domain.memoryKiB}|${domain.vcpus}`
    : ''
  useRefreshWhileVisible(reload, 30_000, `${connection}|${uuid}|${stale}|${row}|${off}`)
  const put = useCallback(
    (answer: DomainDetails): void => {
      readings.current += 1
      take(answer, null)
    },
    [take],
  )
  // another machine's are not shown while this one's are read
  return { details: details?.uuid === uuid && details.connection === connection ? details : null, error, reload, put }
}
