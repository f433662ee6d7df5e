const key = 'vivero.token'
const inHash = /^#t=([A-Za-z0-9_-]+)(.*)$/

interface Place {
  readonly hash: string
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>
  readonly replaceHash: (hash: string) => void
}

/**
 * The token of this page: taken from the address (`#t=…`) at the first visit, kept for this tab alone, and taken out of
 * the address, so that it is in no history entry and no bookmark. Null where there is none.
 */
export function takeToken(place: Place): string | null {
  const match = inHash.exec(place.hash)
  if (!match?.[1]) return place.storage.getItem(key)
  place.storage.setItem(key, match[1])
  place.replaceHash(match[2]?.startsWith('/') ? `#${match[2]}` : '#/')
  return match[1]
}

/** The same, of the real window. */
export function takeTokenOfWindow(): string | null {
  return takeToken({
    hash: window.location.hash,
    storage: window.sessionStorage,
    replaceHash: (hash) => window.history.replaceState(null, '', hash),
  })
}
