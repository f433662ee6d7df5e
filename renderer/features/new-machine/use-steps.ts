import { useEffect, useEffectEvent, useState } from 'react'
import { call } from '../../api/client.ts'
import { allowDesktopNotices } from '../jobs/index.ts'
import { wireErrorOf } from '../../ui/error-text.ts'
import type { CatalogueEntry } from '../../../shared/model/catalogue.ts'
import type { ConnectionId } from '../../../shared/model/connection.ts'
import type { Asked } from './creation.ts'
import type { Fetching } from './DownloadPage.tsx'
import type { PlanState } from './use-plan.ts'

export type Step = 'source' | 'catalogue' | 'download' | 'review' | 'progress'

/** The download between a choice and its review. */
function useFetching(choose: (path: string) => Promise<void>, begun: () => void) {
  const [fetching, setFetching] = useState<Fetching | null>(null)
  const [reading, setReading] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const fetch = async (wish: { readonly entry: string | null; readonly address: string | null; readonly name: string }): Promise<void> => {
    const { entry, address, name } = wish
    setReading(entry ?? address)
    setError(null)
    allowDesktopNotices()
    try {
      const { job } = await call('download.start', { entry, address })
      setFetching({ job, name, entry, address })
      begun()
    } catch (reason) {
      // somebody has fetched it meanwhile
      const { code, params } = wireErrorOf(reason)
      if (code === 'already-exists' && typeof params['path'] === 'string') await choose(params['path'])
      else setError(reason)
    } finally {
      setReading(null)
    }
  }
  const fetchEntry = (entry: CatalogueEntry): void => {
    const name = [entry.name, entry.variant].filter(Boolean).join(' ')
    if (entry.fetched !== null) void choose(entry.fetched)
    else void fetch({ entry: entry.id, address: null, name })
  }
  const fetchAddress = (address: string): void => void fetch({ entry: null, address, name: address.slice(address.lastIndexOf('/') + 1) || address })
  /** Once more, or from a corrected address. */
  const again = (address: string | null): void => {
    if (!fetching) return
    void fetch({ entry: fetching.entry, address: address ?? fetching.address, name: fetching.name })
  }
  return { fetching, reading, error, fetchEntry, fetchAddress, again }
}

/** Which page is open, and what leads from one to the next. */
export function useSteps(connection: ConnectionId, plan: PlanState, media: string | undefined) {
  const [step, setStep] = useState<Step>('source')
  const [asked, setAsked] = useState<Asked | null>(null)
  const [starting, setStarting] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const choose = async (path: string): Promise<void> => {
    // The same file again: what was edited is still there.
    const again = plan.form?.plan.mediaPath === path && plan.form.plan.connection === connection
    if (again || (await plan.propose({ connection, path }))) setStep('review')
    else setStep('source')
  }
  const downloads = useFetching(choose, () => setStep('download'))
  const given = useEffectEvent((path: string) => void choose(path))
  useEffect(() => {
    if (media !== undefined) given(media)
  }, [media])
  const create = async (): Promise<void> => {
    const wanted = plan.form?.plan
    if (!wanted || starting || plan.reading) return
    setStarting(true)
    setError(null)
    try {
      const { job } = await call('creation.start', wanted)
      setAsked({ job, plan: wanted })
      setStep('progress')
    } catch (reason) {
      setError(reason)
    } finally {
      setStarting(false)
    }
  }
  const back = (): void => {
    setError(null)
    setStep(step === 'progress' ? 'review' : 'source')
  }
  return { step, asked, starting, error, downloads, choose, create, back, search: () => setStep('catalogue') }
}
