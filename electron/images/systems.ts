/** The systems that osinfo knows: search, names and what each can drive. Without osinfo-db every answer is empty, and nothing is blocked. */
import type { SystemEntry } from '../../shared/model/media.ts'
import { systemDatabase } from './osinfo/database.ts'
import type { SystemRecord } from './osinfo/records.ts'
import { systemTraits, type SystemTraits } from './osinfo/traits.ts'

export type { SystemTraits } from './osinfo/traits.ts'

/** The database's own word for "nothing known" is no system to choose. */
const UNKNOWN_ID = 'http://libosinfo.org/unknown'
const TEN_YEARS = 10 * 365.25 * 24 * 3600 * 1000

/** Systems whose names match every word, newest first, at most `limit`. */
export async function systemSearch(query: string, limit: number, now = new Date()): Promise<SystemEntry[]> {
  const { systems } = await systemDatabase()
  const words = fold(query).split(/\s+/).filter((word) => word !== '')
  return [...systems.values()]
    .filter((record) => record.id !== UNKNOWN_ID && matches(record, words))
    .sort(newestFirst)
    .slice(0, limit)
    .map((record) => systemEntry(record, now))
}

/** A system by its libosinfo id, or null. */
export async function systemById(id: string): Promise<SystemEntry | null> {
  const record = (await systemDatabase()).systems.get(id)
  return record ? systemEntry(record) : null
}

/** What a system can drive and wants; of an unknown one (null) what a Linux of today can. */
export async function systemTraitsOf(id: string | null, arch = 'x86_64'): Promise<SystemTraits> {
  return systemTraits(await systemDatabase(), id, arch)
}

export function systemEntry(record: SystemRecord, now = new Date()): SystemEntry {
  return {
    id: record.id,
    shortId: record.shortIds[0] ?? record.id,
    name: record.name,
    vendor: record.vendor,
    family: record.family,
    released: record.released,
    endOfLife: hasEnded(record, now),
  }
}

/** As virt-install: after its date; where there is none, ten years after its release, save what rolls on. */
export function hasEnded(record: SystemRecord, now: Date): boolean {
  if (record.endOfLife) return now.getTime() > Date.parse(record.endOfLife)
  if (record.status === 'rolling' || !record.released) return false
  return now.getTime() - Date.parse(record.released) > TEN_YEARS
}

function matches(record: SystemRecord, words: readonly string[]): boolean {
  const text = fold([record.name, ...record.shortIds, record.vendor, record.codename, record.distro].join(' '))
  return words.every((word) => text.includes(word))
}

/** Case and accents make no difference. */
export const fold = (text: string): string => text.normalize('NFD').replace(/\p{Diacritic}/gu, '').toLowerCase()

/** By date of release; what has none comes last. Same day: higher version first. */
function newestFirst(a: SystemRecord, b: SystemRecord): number {
  return (b.released ?? '').localeCompare(a.released ?? '') || b.name.localeCompare(a.name, 'en', { numeric: true })
}
