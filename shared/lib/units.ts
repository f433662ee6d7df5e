/** Sizes as people type them: "512", "512 MiB", "1,5 G". Computers' memory and disks are counted in powers of 1024. */

export const KiB = 1024
export const MiB = 1024 ** 2
export const GiB = 1024 ** 3
export const TiB = 1024 ** 4

export type SizeUnit = 'B' | 'KiB' | 'MiB' | 'GiB' | 'TiB' | 'PiB'

const factors: Readonly<Record<SizeUnit, number>> = { B: 1, KiB, MiB, GiB, TiB, PiB: 1024 * TiB }

/** "1.234,5", "1,234.5", "1,5" and "1.5" alike: the last mark that is followed by other than three digits is the decimal one. */
function parseNumber(text: string): number | null {
  const compact = text.replaceAll(/[\s\u00a0\u202f']/g, '')
  if (!/^\d[\d.,]*$|^[.,]\d+$/.test(compact)) return null
  const lastMark = Math.max(compact.lastIndexOf('.'), compact.lastIndexOf(','))
  if (lastMark < 0) return Number(compact)
  const whole = compact.slice(0, lastMark).replaceAll(/[.,]/g, '')
  const rest = compact.slice(lastMark + 1)
  const marks = compact.replaceAll(/\d/g, '')
  const repeated = marks.length > 1 && [...marks].every((mark) => mark === marks[0])
  const value = Number(repeated ? whole + rest : `${whole || '0'}.${rest || '0'}`)
  return Number.isFinite(value) ? value : null
}

/**
 * Bytes of a size as typed, or null where it is none. A number alone counts in `unit`. KB, MB, GB and K, M, G are taken as KiB, MiB, GiB,
 * which is what is meant by them when a machine is given memory; the field then shows what was understood.
 */
export function parseSize(text: string, unit: SizeUnit): number | null {
  const match = /^\s*([\d.,\s\u00a0\u202f']+?)\s*(b|bytes|[kmgtp](?:i?b)?)?\s*$/i.exec(text)
  if (!match) return null
  const value = parseNumber(match[1] ?? '')
  if (value === null) return null
  const letter = (match[2] ?? '').charAt(0).toUpperCase()
  const found = letter === '' ? unit : (`${letter}${letter === 'B' ? '' : 'iB'}` as SizeUnit)
  return Math.round(value * factors[found])
}

const order: readonly SizeUnit[] = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

/** One decimal, two below ten; a whole quarter of a GiB keeps both, since sliders stop there and people type them. */
function decimalsOf(figure: number, unit: SizeUnit): number {
  const typed = order.indexOf(unit) >= order.indexOf('GiB') && Number.isInteger(figure * 4)
  return figure < 10 || typed ? 2 : 1
}

const rounded = (figure: number, unit: SizeUnit): number => Number(figure.toFixed(decimalsOf(figure, unit)))

/** The largest unit in which a size is 1 or more as it is written, from MiB up unless `smallest` says otherwise. */
export function unitFor(bytes: number, smallest: SizeUnit = 'MiB'): SizeUnit {
  const found = order.slice(order.indexOf(smallest)).find((unit) => rounded(bytes / factors[unit], unit) < 1024)
  return found ?? 'PiB'
}

/**
 * A size as all of the app writes it: "512 MiB", "1.5 GiB", "11.7 GiB", in the language's own figures.
 * Typed back it is the same size where it is whole, or a quarter of a GiB.
 */
export function formatSize(bytes: number, language: string, smallest: SizeUnit = 'MiB'): string {
  const unit = unitFor(bytes, smallest)
  const figure = bytes / factors[unit]
  const figures = new Intl.NumberFormat(language, { maximumFractionDigits: decimalsOf(figure, unit), useGrouping: false })
  return `${figures.format(figure)} ${unit}`
}

/** The nearest multiple of `step` inside min..max; the ends themselves are always allowed. */
export function clampTo(value: number, range: { readonly min: number; readonly max: number }, step = 1): number {
  if (!Number.isFinite(value)) return range.min
  const stepped = Math.round(value / step) * step
  return Math.min(range.max, Math.max(range.min, stepped))
}
