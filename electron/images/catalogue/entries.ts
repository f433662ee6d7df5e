/** Every image that can be fetched: own entries first, then what osinfo-db has addresses of. */
import type { CatalogueEntry, CatalogueSettings, CatalogueSource } from '../../../shared/model/catalogue.ts'
import { mirrored } from '../downloads/index.ts'
import type { SystemDatabase } from '../osinfo/database.ts'
import type { DownloadRecord } from '../osinfo/downloads.ts'
import type { SystemRecord } from '../osinfo/records.ts'
import { hasEnded } from '../systems.ts'
import { ownEntries } from './own.ts'

/** An entry with what only the host needs of it. */
export interface KnownEntry extends CatalogueEntry {
  /** As CatalogueSource has it. */
  readonly checksum: string | null
  /** Short ids, code name and distribution: for searching. */
  readonly words: readonly string[]
}

/** Settings' entries, the project's, and the database's, as the mirrors have them; what is fetched already is known by its id. */
export function allEntries(database: SystemDatabase, settings: CatalogueSettings, fetched: ReadonlyMap<string, string>, now = new Date()): KnownEntry[] {
  const own = [...settings.entries, ...ownEntries].map((source) => ofSource(source, now))
  const known = new Set(own.flatMap((entry) => entry.addresses))
  const others = [...database.systems.values()].flatMap((record) => ofRecord(record, now)).filter((entry) => entry.addresses.every((address) => !known.has(address)))
  return distinct([...own, ...others]).map((entry) => ({
    ...entry,
    addresses: entry.addresses.map((address) => mirrored(address, settings.mirrors)),
    checksum: entry.checksum === null ? null : mirrored(entry.checksum, settings.mirrors),
    fetched: fetched.get(entry.id) ?? null,
  }))
}

/** Versions that differ in nothing that is shown may share an address. */
const distinct = (entries: readonly KnownEntry[]): KnownEntry[] => {
  const first = new Map<string, KnownEntry>()
  for (const entry of entries) if (!first.has(entry.id)) first.set(entry.id, entry)
  return [...first.values()]
}

function ofSource(source: CatalogueSource, now: Date): KnownEntry {
  const { id, name, variant, vendor, arch, kind, released, endOfLife, addresses, checksum, pages, sizeBytes, osId, login, cloudInit } = source
  return {
    ...{ id, name, variant: variant ?? null, vendor: vendor ?? null, arch, kind, released: released ?? null },
    endOfLife: endOfLife !== undefined && now.getTime() > Date.parse(endOfLife),
    featured: true,
    addresses,
    page: pages[0] ?? null,
    ...{ sizeBytes: sizeBytes ?? null, osId: osId ?? null, login: login ?? null, cloudInit: cloudInit ?? null },
    fetched: null,
    checksum: checksum ?? null,
    words: [],
  }
}

function ofRecord(record: SystemRecord, now: Date): KnownEntry[] {
  const endOfLife = hasEnded(record, now)
  return record.downloads.map((download) => ({
    id: download.address,
    name: record.name,
    variant: variantOf(record, download),
    vendor: record.vendor,
    arch: download.arch,
    kind: download.kind,
    released: record.released,
    endOfLife,
    featured: false,
    addresses: [download.address],
    page: null,
    sizeBytes: null,
    osId: record.id,
    login: null,
    cloudInit: download.kind === 'cloud-image' ? (download.cloudInit ? 'full' : 'none') : null,
    fetched: null,
    checksum: null,
    words: [...record.shortIds, record.codename ?? '', record.distro ?? '', fileName(download.address)],
  }))
}

/** Words in files' names that set media of one system apart, and how they are written. */
const editions = [
  ['server', 'Server'], ['desktop', 'Desktop'], ['workstation', 'Workstation'], ['minimal', 'Minimal'], ['genericcloud', 'Generic Cloud'],
  ['virt', 'Virtual'], ['standard', 'Standard'],
] as const // prettier-ignore
const media = [['netinst', 'Netinst'], ['boot', 'Boot'], ['dvd', 'DVD'], ['.vmdk', 'VMDK']] as const

/** What sets it apart: the variants' own names without the system's, else what the file's name says; and how much of it is on the medium. */
function variantOf(record: SystemRecord, { variants, address }: DownloadRecord): string | null {
  const file = fileName(address).toLowerCase()
  const said = (words: typeof editions | typeof media): string | undefined => words.find(([word]) => file.includes(word))?.[1]
  const named = [...new Set(variants.map((name) => withoutName(name, record)).filter((name) => name !== ''))].join(', ')
  const extent = said(media)
  const words = [named || said(editions), named.toLowerCase().includes(extent?.toLowerCase() ?? ' ') ? undefined : extent]
  return words.filter(Boolean).join(' ') || null
}

/** "Fedora Server 37" of Fedora Linux 37 is "Server", "Debian 11 (Generic)" of Debian 11 is "Generic". */
function withoutName(variant: string, { name, version }: SystemRecord): string {
  const known = new Set([...name.split(' '), version ?? ''].map((word) => word.toLowerCase()))
  const own = variant.split(' ').filter((word) => !known.has(word.toLowerCase())).join(' ')
  return own.replace(/^\((.*)\)$/, '$1')
}

const fileName = (address: string): string => address.slice(address.lastIndexOf('/') + 1)
