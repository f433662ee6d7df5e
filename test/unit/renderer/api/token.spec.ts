import { describe, expect, it } from 'vitest'
import { takeToken } from '../../../../renderer/api/token.ts'

function tab(hash: string, kept: string | null = null) {
  const seen = { kept, hash }
  return {
    seen,
    place: {
      hash,
      storage: { getItem: () => seen.kept, setItem: (_key: string, value: string) => void (seen.kept = value) },
      replaceHash: (next: string) => void (seen.hash = next),
    },
  }
}

describe('the token of the page', () => {
  it('is taken out of the address and kept for the tab', () => {
    const { place, seen } = tab('#t=Ab-9_x')
    expect(takeToken(place)).toBe('Ab-9_x')
    expect(seen).toEqual({ kept: 'Ab-9_x', hash: '#/' })
  })

  it('leaves the page that the address names', () => {
    const { place, seen } = tab('#t=abc/c/session/machines?dialog=about')
    expect(takeToken(place)).toBe('abc')
    expect(seen.hash).toBe('#/c/session/machines?dialog=about')
  })

  it('is the kept one where the address has none', () => {
    const { place, seen } = tab('#/machines', 'kept')
    expect(takeToken(place)).toBe('kept')
    expect(seen.hash).toBe('#/machines')
  })

  it('is replaced by that of a new address', () => {
    const { place, seen } = tab('#t=new', 'old')
    expect(takeToken(place)).toBe('new')
    expect(seen.kept).toBe('new')
  })

  it('is none where there is none', () => {
    expect(takeToken(tab('').place)).toBeNull()
    expect(takeToken(tab('#t=').place)).toBeNull()
  })
})
