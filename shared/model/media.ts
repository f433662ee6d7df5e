/** What a machine can be made from: disk images and ISOs, and the systems that osinfo knows. */
import type { FetchedFacts } from './catalogue.ts'

export type MediaKind = 'iso' | 'disk'

/** Where the file was found. */
export type MediaOrigin = 'pool' | 'library' | 'downloads' | 'recent' | 'picked'

export interface SystemEntry {
  /** libosinfo id, e.g. "http://debian.org/debian/11". */
  readonly id: string
  /** Short id, e.g. "debian11"; the start of a machine's name. */
  readonly shortId: string
  readonly name: string
  readonly vendor: string | null
  /** Family as osinfo says: linux, winnt… */
  readonly family: string | null
  /** YYYY-MM-DD, or null. */
  readonly released: string | null
  readonly endOfLife: boolean
}

export interface MediaFile {
  readonly path: string
  readonly kind: MediaKind
  readonly origin: MediaOrigin
  readonly pool: string | null
  readonly sizeBytes: number
  /** Seconds since 1970. */
  readonly modifiedAt: number
  /** Guessed from the medium (ISO) or the file's name (disk); null where unknown. */
  readonly system: SystemEntry | null
  /** Names of the machines of this connection that use it. */
  readonly usedBy: readonly string[]
}

export interface MediaInspection extends MediaFile {
  /** raw, qcow2, vmdk…; "iso" for an ISO. */
  readonly format: string
  /** Size that the guest sees, in bytes (disk images). */
  readonly virtualSizeBytes: number | null
  /** Backing file of an overlay, or null. */
  readonly backingPath: string | null
  /** An ISO: has an El Torito boot record; null for disks. */
  readonly bootable: boolean | null
  /** An ISO: boots a live system, as osinfo says; null where unknown. */
  readonly live: boolean | null
  /** Of an image of the library: where it came from, whether it was compared, how to log in. */
  readonly fetched?: FetchedFacts | null
}

/** An entry of the app's own file browser. */
export interface FileEntry {
  readonly name: string
  readonly path: string
  readonly kind: 'folder' | 'file'
  readonly sizeBytes: number | null
  readonly modifiedAt: number | null
  readonly readable: boolean
}
