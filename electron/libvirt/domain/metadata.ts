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
  const machine = children(child(domain, 'metadata')).find((one) => localName(one) === 'machine' && namespaceOf(one) === VIVERO_NAMESPACE)
  return children(machine)
    .filter((one) => localName(one) === 'file')
    .map((one) => attr(one, 'path'))
    .filter((path) => path !== null)
}

export function buildMetadata(spec: { readonly osId: string | null; readonly createdFiles: readonly string[] }): XmlElement | null {
  const info = spec.osId === null ? null : element('libosinfo:libosinfo', { 'xmlns:libosinfo': LIBOSINFO }, element('libosinfo:os', { id: spec.osId }))
  const files = spec.createdFiles.map((path) => element('vivero:file', { path }))
  const machine = files.length === 0 ? null : element('vivero:machine', { 'xmlns:vivero': VIVERO_NAMESPACE }, ...files)
  return info || machine ? element('metadata', {}, info, machine) : null
}

/** An element's name without its prefix. */
export const localName = (el: XmlElement): string => el.tag.slice(el.tag.indexOf(':') + 1)

/** The namespace that an element of the metadata declares for itself. */
export function namespaceOf(el: XmlElement): string | null {
  const prefix = el.tag.includes(':') ? el.tag.slice(0, el.tag.indexOf(':')) : null
  return attr(el, prefix === null ? 'xmlns' : `xmlns:${prefix}`)
}
