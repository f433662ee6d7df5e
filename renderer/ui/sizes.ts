/** Stops of a slider of sizes: doubling with three steps between, so that small and large machines can be set alike. */
import { clampTo } from '../../shared/lib/units.ts'

export interface SizeRange {
  readonly min: number
  readonly max: number
}

/** Sizes from min to max in ascending order, both ends included: 1, 1.25, 1.5 and 1.75 times each power of two of `unit`. */
export function sizeStops(range: SizeRange, unit: number): readonly number[] {
  const min = Math.min(range.min, range.max)
  const stops = new Set([min, range.max])
  for (let power = unit; power <= range.max; power *= 2) {
    for (const factor of [1, 1.25, 1.5, 1.75]) {
      const stop = power * factor
      if (stop > min && stop < range.max && Number.isInteger(stop / unit)) stops.add(stop)
    }
  }
  return [...stops].sort((left, right) => left - right)
}

/** Where a size stands among the stops: a whole number on a stop, a fraction between two. */
export function positionOf(size: number, stops: readonly number[]): number {
  const next = stops.findIndex((stop) => stop >= size)
  if (next < 0) return Math.max(0, stops.length - 1)
  if (next === 0) return 0
  const low = stops[next - 1] ?? 0
  const high = stops[next] ?? low
  return high === low ? next : next - 1 + (size - low) / (high - low)
}

/** The size at a position of the slider. */
export function sizeAt(position: number, stops: readonly number[]): number {
  return stops[clampTo(position, { min: 0, max: Math.max(0, stops.length - 1) })] ?? 0
}
