/** The addresses that osinfo-db has of a system's media: ISOs and ready images. */
import { attr, children, childText, type XmlElement } from '../../libvirt/xml/document.ts'

export interface DownloadRecord {
  readonly kind: 'cloud-image' | 'iso' | 'live'
  readonly arch: string
  readonly address: string
  /** Names of the variants that it is of ("Fedora Server 37"); empty where the system has none. */
  readonly variants: readonly string[]
  readonly cloudInit: boolean
}

/** What can be started as it comes: packed and container images cannot. */
const usable = /\.(iso|img|qcow2|raw|vmdk)$/i

/** In the order of the database. */
export function readDownloads(os: XmlElement): DownloadRecord[] {
  const names = new Map(children(os, 'variant').map((el) => [attr(el, 'id') ?? '', childText(el, 'name') ?? '']))
  return [...children(os, 'image').map((el) => readOne(el, true, names)), ...children(os, 'media').map((el) => readOne(el, false, names))].filter((one) => one !== null)
}

function readOne(el: XmlElement, image: boolean, names: ReadonlyMap<string, string>): DownloadRecord | null {
  const address = childText(el, 'url')?.trim() ?? ''
  if (!/^https?:\/\//i.test(address) || !usable.test(address.replace(/[?#].*$/, ''))) return null
  return {
    kind: image ? 'cloud-image' : attr(el, 'live') === 'true' ? 'live' : 'iso',
    arch: attr(el, 'arch') ?? 'all',
    address,
    variants: children(el, 'variant').flatMap((variant) => names.get(attr(variant, 'id') ?? '') ?? []).filter((name) => name !== ''),
    cloudInit: image && attr(el, 'cloud-init') === 'true',
  }
}
