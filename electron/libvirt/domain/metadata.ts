/** What Vivero and libosinfo keep in a machine's own document. https://libvirt.org/formatdomain.html#general-metadata */
import { attr, child, children, element, type XmlElement } from '../xml/document.ts'

/** Namespace of Vivero's element; libvirt keeps what it holds untouched. */
export const VIVERO_NAMESPACE = 'https://vivero.app/xmlns/1'
const LIBOSINFO = 'http://libosinfo.org/xmlns/libvirt/domain/1.0'

/** The system that was told when the machine was made: libosinfo's id, or null. */
export function readOsId(domain: XmlElement): string | null {
  const info = children(child(domain, 'metadata')).find((one) => localName(one) === 'libosinfo')
  return attr(children(info).find((one) => localName(one) === 'os'), 'id')
}

/** Files that were made for this machine, which may go with it. */
export function readCreatedFiles(domain: XmlElement): string[] {
  return children(vivero(domain))
    .filter((one) => localName(one) === 'file')
    .map((one) => attr(one, 'path'))
    .filter((path) => path !== null)
}

/** The user that its first start made, by whom one logs in; null where none was told. */
export function readLogin(domain: XmlElement): string | null {
  const login = children(vivero(domain)).find((one) => localName(one) === 'login')
  return attr(login, 'user')
}

export interface MetadataSpec {
  readonly osId: string | null
  readonly createdFiles: readonly string[]
  readonly login?: string | null
}

export function buildMetadata(spec: MetadataSpec): XmlElement | null {
  const info = spec.osId === null ? null : element('libosinfo:libosinfo', { 'xmlns:libosinfo': LIBOSINFO }, element('libosinfo:os', { id: spec.osId }))
  const facts = spec.createdFiles.map((path) => element('vivero:file', { path }))
  if (spec.login) facts.push(element('vivero:login', { user: spec.login }))
  const machine = facts.length === 0 ? null : element('vivero:machine', { 'xmlns:vivero': VIVERO_NAMESPACE }, ...facts)
  return info || machine ? element('metadata', {}, info, machine) : null
}

function vivero(domain: XmlElement): XmlElement | undefined {
  return children(child(domain, 'metadata')).find((one) => localName(one) === 'machine' && namespaceOf(one) === VIVERO_NAMESPACE)
}

/** An element's name without its prefix. */
export const localName = (el: XmlElement): string => el.tag.slice(el.tag.indexOf(':') + 1)

/** The namespace that an element of the metadata declares for itself. */
export function namespaceOf(el: XmlElement): string | null {
  const prefix = el.tag.includes(':') ? el.tag.slice(0, el.tag.indexOf(':')) : null
  return attr(el, prefix === null ? 'xmlns' : `xmlns:${prefix}`)
}
