/** What can be fetched: cloud images and ISOs with their addresses. */

export type CatalogueKind = 'cloud-image' | 'iso' | 'live'

/** How an image without a first-start seed lets somebody in; known to everybody, so worth saying. */
export interface Login {
  readonly user: string
  readonly password: string
}

/** How much of cloud-init an image understands: all of it, a little (CirrOS), or nothing. */
export type CloudInit = 'full' | 'partial' | 'none'

export interface CatalogueEntry {
  readonly id: string
  readonly name: string
  /** Server, Desktop…; null where there is only one. */
  readonly variant: string | null
  readonly vendor: string | null
  readonly arch: string
  readonly kind: CatalogueKind
  /** YYYY-MM-DD, or null. */
  readonly released: string | null
  readonly endOfLife: boolean
  /** Of the project's own few, shown first. */
  readonly featured: boolean
  /** Tried in this order, as the settings' mirrors have them. */
  readonly addresses: readonly string[]
  /** Where the addresses were read, or null. */
  readonly page: string | null
  readonly sizeBytes: number | null
  readonly osId: string | null
  readonly login: Login | null
  readonly cloudInit: CloudInit | null
  /** Where the library has it already, or null. */
  readonly fetched: string | null
}

export interface CatalogueAnswer {
  readonly entries: readonly CatalogueEntry[]
  /** How many there are in all, of which `entries` are the first. */
  readonly total: number
}

/** An entry as the project's own files and the settings write it. */
export interface CatalogueSource {
  readonly id: string
  readonly name: string
  readonly variant?: string | undefined
  readonly vendor?: string | undefined
  readonly arch: string
  readonly kind: CatalogueKind
  readonly released?: string | undefined
  readonly endOfLife?: string | undefined
  readonly addresses: readonly string[]
  /** Its own checksum (`sha512:…`, `sha256:…`, `md5:…`), or the address of a file of checksums; else one beside the image is looked for. */
  readonly checksum?: string | undefined
  readonly pages: readonly string[]
  readonly sizeBytes?: number | undefined
  readonly osId?: string | undefined
  readonly login?: Login | undefined
  readonly cloudInit?: CloudInit | undefined
}

/** Addresses that begin with `from` are fetched from `to`: a classroom's mirror. */
export interface Mirror {
  readonly from: string
  readonly to: string
}

/** What the settings say about the catalogue. */
export interface CatalogueSettings {
  readonly mirrors: readonly Mirror[]
  /** Own entries, shown before all others. */
  readonly entries: readonly CatalogueSource[]
}

/** What is known of an image that was fetched. */
export interface FetchedFacts {
  readonly title: string
  /** Id of its entry in the catalogue; null where a person gave an address. */
  readonly entry: string | null
  readonly address: string
  readonly osId: string | null
  readonly login: Login | null
  readonly cloudInit: CloudInit | null
  /** The algorithm of the checksum that it was compared with; null where the publisher gives none. */
  readonly checked: string | null
  /** ISO time. */
  readonly fetchedAt: string
}

/** An image of the library. */
export interface LibraryImage {
  readonly path: string
  readonly name: string
  readonly sizeBytes: number
  /** Null for a file that somebody put there by hand. */
  readonly facts: FetchedFacts | null
  /** Machines of open connections that stand on it or use it. */
  readonly usedBy: readonly { readonly connection: string; readonly name: string }[]
  /** Disks that stand on it, of whatever machine, known or not. */
  readonly overlays: readonly string[]
}
