import { GiB, MiB } from '../../shared/lib/units.ts'

/** A size as a word that is the same in every language: whole GiB, else whole MiB. */
export function sizeWord(bytes: number): string {
  if (bytes >= GiB && bytes % GiB === 0) return `${bytes / GiB} GiB`
  if (bytes >= 10 * GiB) return `${Math.round(bytes / GiB)} GiB`
  return `${Math.round(bytes / MiB)} MiB`
}

export const kibWord = (kib: number): string => sizeWord(kib * 1024)
