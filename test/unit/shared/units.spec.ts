import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clampTo, formatSize, GiB, KiB, MiB, parseSize, TiB, unitFor } from '../../../shared/lib/units.ts'

describe('a size as typed', () => {
  it.each([
    ['512', 512 * MiB],
    [' 512 MiB ', 512 * MiB],
    ['512mb', 512 * MiB],
    ['2g', 2 * GiB],
    ['2 GB', 2 * GiB],
    ['2 GiB', 2 * GiB],
    ['1,5 G', 1.5 * GiB],
    ['1.5 G', 1.5 * GiB],
    ['.5 T', 0.5 * TiB],
    [',5 T', 0.5 * TiB],
    ['1.234,5 M', 1234.5 * MiB],
    ['1,234.5 M', 1234.5 * MiB],
    ['1.234.567 K', 1_234_567 * KiB],
    ['1 024 M', 1024 * MiB],
    ['1\u00a0024 M', 1024 * MiB],
    ['1\u202f024 M', 1024 * MiB],
    ["1'024 M", 1024 * MiB],
    ['100 b', 100],
    ['100 bytes', 100],
    ['0', 0],
    ['1.', MiB],
  ])('%j is %d bytes', (text, bytes) => {
    expect(parseSize(text, 'MiB')).toBe(bytes)
  })

  it.each(['', ' ', 'x', '-1', '1 X', '1 GiBs', 'G', '1..5x', '1e3', '0x10', '１', '1 2 3 Q', '.', ',', 'NaN', 'Infinity'])('%j is none', (text) => {
    expect(parseSize(text, 'MiB')).toBeNull()
  })

  it('alone counts in the unit of its field', () => {
    expect(parseSize('3', 'GiB')).toBe(3 * GiB)
    expect(parseSize('3', 'B')).toBe(3)
  })

  it('never fails, and is never less than nothing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const size = parseSize(text, 'GiB')
        expect(size === null || size >= 0).toBe(true)
      }),
    )
  })
})

describe('a size as shown', () => {
  it.each([
    [512 * MiB, 'en', '512 MiB'],
    [1.5 * GiB, 'en', '1.5 GiB'],
    [1.5 * GiB, 'es', '1,5 GiB'],
    [1234 * GiB, 'en', '1.21 TiB'],
    [1000 * MiB, 'es', '1000 MiB'],
    [300 * KiB, 'en', '0.29 MiB'],
    [12_003 * MiB, 'en', '11.7 GiB'],
    [10.25 * GiB, 'en', '10.25 GiB'],
    [13.25 * MiB, 'en', '13.3 MiB'],
    [1024 ** 5, 'en', '1 PiB'],
    [0, 'en', '0 MiB'],
  ])('%d in %s is %s', (bytes, language, text) => {
    expect(formatSize(bytes, language)).toBe(text)
  })

  it('is in the largest unit of which there is one', () => {
    expect([TiB, TiB - 1, TiB - GiB, GiB, MiB, 1].map((bytes) => unitFor(bytes))).toEqual(['TiB', 'TiB', 'GiB', 'GiB', 'MiB', 'MiB'])
    expect(unitFor(2 * KiB, 'B')).toBe('KiB')
    expect(unitFor(10, 'B')).toBe('B')
    expect(formatSize(2 * KiB, 'en', 'KiB')).toBe('2 KiB')
  })

  it('is what it was when it is typed back: to one part in two hundred in both languages, exactly where it is whole or a quarter of a GiB', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 * 1024 ** 2 }), fc.constantFrom('en', 'es'), (mebibytes, language) => {
        const bytes = mebibytes * MiB
        const back = parseSize(formatSize(bytes, language), 'MiB') ?? NaN
        const factor = { B: 1, KiB, MiB, GiB, TiB, PiB: 1024 * TiB }[unitFor(bytes)]
        expect(Math.abs(back - bytes)).toBeLessThanOrEqual(bytes / 200)
        if (Number.isInteger(((factor < GiB ? 1 : 4) * bytes) / factor)) expect(back).toBe(bytes)
      }),
    )
  })
})

describe('a value in its range', () => {
  const range = { min: 3, max: 1000 }
  it.each([
    [500, 1, 500],
    [500.4, 1, 500],
    [1, 1, 3],
    [2000, 1, 1000],
    [510, 100, 500],
    [999, 100, 1000],
    [4, 100, 3],
    [NaN, 1, 3],
    [Infinity, 1, 3],
  ])('%d in steps of %d is %d', (value, step, clamped) => {
    expect(clampTo(value, range, step)).toBe(clamped)
  })
})
