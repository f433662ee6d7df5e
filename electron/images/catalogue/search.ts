/** Finding what to fetch by words. */
import type { CatalogueAnswer, CatalogueEntry, CatalogueSettings } from '../../../shared/model/catalogue.ts'
import { libraryByEntry } from '../library/index.ts'
import { systemDatabase } from '../osinfo/database.ts'
import { fold } from '../systems.ts'
import { allEntries, type KnownEntry } from './entries.ts'

export interface CatalogueQuery {
  readonly query: string
  readonly limit: number
  /** With those that are no longer maintained. */
  readonly ended: boolean
  /** With those for other processors than this machine's. */
  readonly otherArchitectures: boolean
}

/** Entries in which every word is found: own ones first, then the newest. Without osinfo-db there are the own ones. */
export async function catalogueSearch(settings: CatalogueSettings, query: CatalogueQuery): Promise<CatalogueAnswer> {
  const found = search(await knownEntries(settings), query)
  return { entries: found.slice(0, query.limit).map(shown), total: found.length }
}

/** One entry by its id, or null. */
export async function catalogueEntry(settings: CatalogueSettings, id: string): Promise<KnownEntry | null> {
  return (await knownEntries(settings)).find((entry) => entry.id === id) ?? null
}

async function knownEntries(settings: CatalogueSettings): Promise<KnownEntry[]> {
  const [database, fetched] = await Promise.all([systemDatabase(), libraryByEntry()])
  return allEntries(database, settings, fetched)
}

/** The same over given entries, for this machine's processor unless another is named. */
export function search(entries: readonly KnownEntry[], { query, ended, otherArchitectures }: Omit<CatalogueQuery, 'limit'>, arch = process.arch): KnownEntry[] {
  const words = fold(query).split(/\s+/).filter((word) => word !== '')
  const runs = runnable(arch)
  return entries
    .filter((entry) => (ended || !entry.endOfLife) && (otherArchitectures || runs.has(entry.arch)))
    .filter((entry) => matches(entry, words))
    .sort(order)
}

function matches(entry: KnownEntry, words: readonly string[]): boolean {
  const text = fold([entry.name, entry.variant, entry.vendor, ...entry.words].join(' '))
  return words.every((word) => text.includes(word))
}

/** libosinfo's names of processors whose systems run here. */
function runnable(arch: string): ReadonlySet<string> {
  if (arch === 'x64') return new Set(['x86_64', 'i686', 'i386', 'all'])
  const own = { arm64: 'aarch64', ppc64: 'ppc64le', s390x: 's390x', riscv64: 'riscv64', arm: 'armv7l' }[arch]
  return new Set([own ?? arch, 'all'])
}

/** Own entries as they are written, then by date of release; of one day cloud images first, and 64 bits before 32. */
function order(a: KnownEntry, b: KnownEntry): number {
  if (a.featured !== b.featured) return a.featured ? -1 : 1
  if (a.featured) return 0
  return (
    (b.released ?? '').localeCompare(a.released ?? '') ||
    b.name.localeCompare(a.name, 'en', { numeric: true }) ||
    a.kind.localeCompare(b.kind) ||
    b.arch.localeCompare(a.arch) ||
    (a.variant ?? '').localeCompare(b.variant ?? '')
  )
}

function shown({ checksum: _checksum, words: _words, ...entry }: KnownEntry): CatalogueEntry {
  return entry
}
