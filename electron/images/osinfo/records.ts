/** What osinfo-db says about systems, as records. https://gitlab.com/libosinfo/osinfo-db */
import { attr, child, children, childText, parseXml, text, type XmlElement } from '../../libvirt/xml/document.ts'
import { readDownloads, type DownloadRecord } from './downloads.ts'

export interface ResourceRecord {
  readonly arch: string
  /** Takes what it does not say from the system that it derives from. */
  readonly inherit: boolean
  readonly minimum: ResourceValues
  readonly recommended: ResourceValues
}

/** Bytes and counts; null where osinfo says nothing. */
export interface ResourceValues {
  readonly cpus: number | null
  readonly memoryBytes: number | null
  readonly storageBytes: number | null
}

/** A medium of a system: what its ISO says about itself. Patterns match anywhere in the field. */
export interface MediumRecord {
  readonly arch: string | null
  readonly volume: RegExp | null
  readonly system: RegExp | null
  readonly publisher: RegExp | null
  readonly application: RegExp | null
  readonly sizeBytes: number | null
  readonly live: boolean
}

export interface FirmwareRecord {
  readonly arch: string
  readonly type: string
  readonly supported: boolean
}

export interface SystemRecord {
  readonly id: string
  readonly shortIds: readonly string[]
  readonly name: string
  readonly vendor: string | null
  readonly version: string | null
  readonly family: string | null
  readonly distro: string | null
  readonly codename: string | null
  readonly released: string | null
  readonly endOfLife: string | null
  /** prerelease, rolling, snapshot; null for what is released. */
  readonly status: string | null
  /** Ids of the systems whose devices and firmware it has too. */
  readonly parents: readonly string[]
  readonly devices: readonly { readonly id: string; readonly supported: boolean }[]
  readonly resources: readonly ResourceRecord[]
  readonly firmware: readonly FirmwareRecord[]
  readonly media: readonly MediumRecord[]
  /** What can be fetched, with its address. */
  readonly downloads: readonly DownloadRecord[]
}

/** Translations are half of the database's text, and systems' names are the same in both languages of the app. */
const translated = /<(name|vendor) xml:lang="[^"]*">[^<]*<\/\1>/g

/** The systems of one file of the database; a file that is no XML gives none. */
export function readSystemFile(source: string): SystemRecord[] {
  let root: XmlElement
  try {
    root = parseXml(source.replace(translated, ''))
  } catch {
    return [] // one broken file must not hide the other nine hundred
  }
  return children(root, 'os').flatMap((os) => {
    const id = attr(os, 'id')
    return id ? [readSystem(os, id)] : []
  })
}

function readSystem(os: XmlElement, id: string): SystemRecord {
  const devices = child(os, 'devices')
  return {
    id,
    shortIds: children(os, 'short-id').map((el) => text(el)),
    name: childText(os, 'name') ?? '',
    vendor: childText(os, 'vendor'),
    version: childText(os, 'version'),
    family: childText(os, 'family'),
    distro: childText(os, 'distro'),
    codename: childText(os, 'codename'),
    released: childText(os, 'release-date'),
    endOfLife: childText(os, 'eol-date'),
    status: childText(os, 'release-status'),
    parents: [...ids(os, 'derives-from'), ...ids(os, 'clones')],
    devices: devices ? children(devices, 'device').map((el) => ({ id: attr(el, 'id') ?? '', supported: supported(el) })) : [],
    resources: children(os, 'resources').map(readResources),
    firmware: children(os, 'firmware').map((el) => ({ arch: attr(el, 'arch') ?? 'all', type: attr(el, 'type') ?? '', supported: supported(el) })),
    media: children(os, 'media').map(readMedium).filter((medium) => medium !== null),
    downloads: readDownloads(os),
  }
}

function readResources(el: XmlElement): ResourceRecord {
  return {
    arch: attr(el, 'arch') ?? 'all',
    inherit: attr(el, 'inherit') === 'true',
    minimum: readValues(child(el, 'minimum')),
    recommended: readValues(child(el, 'recommended')),
  }
}

function readValues(el: XmlElement | undefined): ResourceValues {
  const number = (name: string): number | null => {
    const found = Number(childText(el, name))
    return Number.isFinite(found) && found > 0 ? found : null
  }
  return { cpus: number('n-cpus'), memoryBytes: number('ram'), storageBytes: number('storage') }
}

function readMedium(el: XmlElement): MediumRecord | null {
  const iso = child(el, 'iso')
  if (!iso) return null
  const size = Number(childText(iso, 'volume-size'))
  return {
    arch: attr(el, 'arch'),
    volume: pattern(childText(iso, 'volume-id')),
    system: pattern(childText(iso, 'system-id')),
    publisher: pattern(childText(iso, 'publisher-id')),
    application: pattern(childText(iso, 'application-id')),
    sizeBytes: size > 0 ? size : null,
    live: attr(el, 'live') === 'true',
  }
}

/** Nothing matches an expression that this language cannot read. */
const never = /(?!)/

function pattern(source: string | null): RegExp | null {
  if (source === null) return null
  try {
    return new RegExp(source)
  } catch {
    return never
  }
}

const supported = (el: XmlElement): boolean => attr(el, 'supported') !== 'false'
const ids = (el: XmlElement, tag: string): string[] => children(el, tag).flatMap((link) => attr(link, 'id') ?? [])
