import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { call } from '../../api/client.ts'
import { appStore } from '../../stores/app-store.ts'
import type { CatalogueAnswer, CatalogueEntry } from '../../../shared/model/catalogue.ts'

/** More are named by their number only: who sees so many types a word more. */
const mostShown = 100

export interface CatalogueWish {
  readonly query: string
  readonly ended: boolean
  readonly otherArchitectures: boolean
}

export interface Found {
  readonly answer: CatalogueAnswer | null
  readonly error: unknown
}

/** What the catalogue has for a wish; the last answer stays until the next one comes. */
export function useCatalogue({ query, ended, otherArchitectures }: CatalogueWish): Found {
  const [quiet] = useDebouncedValue(query, 150)
  const [found, setFound] = useState<Found>({ answer: null, error: null })
  useEffect(() => {
    let current = true
    call('catalogue.search', { query: quiet, limit: mostShown, ended, otherArchitectures }).then(
      (answer) => current && setFound({ answer, error: null }),
      (error: unknown) => current && setFound((before) => ({ ...before, error })),
    )
    return () => {
      current = false
    }
  }, [quiet, ended, otherArchitectures])
  return found
}

/** The few that are shown first, null until they are known; read anew when the window is opened, for what was fetched meanwhile. */
export function useFeatured(): readonly CatalogueEntry[] | null {
  const { answer, error } = useCatalogue({ query: '', ended: false, otherArchitectures: false })
  return answer?.entries.filter((entry) => entry.featured) ?? (error === null ? null : [])
}

/** Shows an address in the person's browser: by the host where the page may open nothing itself. */
export async function openAddress(address: string): Promise<void> {
  if (appStore.getState().info?.nativeDialogs) await call('desktop.open-address', { address })
  else window.open(address, '_blank', 'noopener,noreferrer')
}
