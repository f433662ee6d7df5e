import { beforeAll, describe, expect, it } from 'vitest'
import {
  compareText,
  formatBytes,
  formatDuration,
  formatFromNow,
  formatKiB,
  formatNumber,
  formatPercent,
  matchesSearch,
} from '../../../../renderer/ui/format.ts'
import { speak } from '../words.ts'

const space = '\u00a0'

describe('figures in English', () => {
  beforeAll(() => speak('en').then(() => undefined))

  it.each([
    [0, `0${space}B`],
    [1_000, `1000${space}B`],
    [1_023, `1023${space}B`],
    [1_024, `1${space}KiB`],
    [1_536, `1.5${space}KiB`],
    [1_048_540, `1${space}MiB`],
    [1_048_520, `1023.9${space}KiB`],
    [1.3 * 1024 ** 3, `1.3${space}GiB`],
    [9.264 * 1024 ** 3, `9.26${space}GiB`],
    [11.7216 * 1024 ** 3, `11.7${space}GiB`],
    [10.25 * 1024 ** 3, `10.25${space}GiB`],
    [20 * 1024 ** 3, `20${space}GiB`],
    [3 * 1024 ** 5, `3${space}PiB`],
    [5_000 * 1024 ** 5, `5000${space}PiB`],
  ])('%i bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))

  it('of memory come in KiB', () => expect(formatKiB(2_097_152)).toBe(`2${space}GiB`))

  it('have as many decimals as asked for', () => {
    expect([formatNumber(1_234.56), formatNumber(1.234, 2), formatNumber(2, 3)]).toEqual(['1,234.6', '1.23', '2'])
  })

  it('of a share are whole per cents', () => expect([0, 0.625, 1].map(formatPercent)).toEqual(['0%', '63%', '100%']))

  it.each([
    [0, `0${space}ms`],
    [41.6, `42${space}ms`],
    [95, `0.1${space}s`],
    [200, `0.2${space}s`],
    [12_340, `12${space}s`],
    [65_000, `1${space}min 05${space}s`],
    [3_600_000, `60${space}min 00${space}s`],
  ])('%i ms are %s', (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text))

  it.each([
    [30_000, 'in 30 sec.'],
    [-120_000, '2 min. ago'],
    [7_200_000, 'in 2 hr.'],
    [86_400_000, 'tomorrow'],
  ])('a moment %i ms from now is "%s"', (away, text) => expect(formatFromNow(1_000_000 + away, 1_000_000)).toBe(text))
})

describe('figures in Spanish', () => {
  beforeAll(() => speak('es').then(() => undefined))

  it('have a comma', () => {
    expect([formatBytes(1_536), formatNumber(12_345.6), formatDuration(1_500)]).toEqual([
      `1,5${space}KiB`,
      '12.345,6',
      `1,5${space}s`,
    ])
    expect(formatPercent(0.5)).toMatch(/^50\s%$/)
  })
})

describe('names', () => {
  it('are sorted with their numbers by value, whatever their case', () => {
    expect(['vm10', 'VM2', 'vm1', 'ñu', 'nb'].toSorted(compareText)).toEqual(['nb', 'ñu', 'vm1', 'VM2', 'vm10'])
  })

  it('are found by every word of a search, without accents and case', () => {
    expect(matchesSearch('maquina  CURSO', ['Máquina', null, 'del curso'])).toBe(true)
    expect(matchesSearch('máquina', ['maquina'])).toBe(true)
    expect(matchesSearch('maquina otra', ['Máquina', 'del curso'])).toBe(false)
    expect(matchesSearch('', [])).toBe(true)
  })
})
