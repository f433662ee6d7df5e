/** Trusted platform modules. https://libvirt.org/formatdomain.html#tpm-device */
import { attr, child, element, type XmlElement } from '../../xml/document.ts'

export function readTpm(el: XmlElement): { readonly model: string | null; readonly backend: string | null; readonly version: string | null } {
  const backend = child(el, 'backend')
  return { model: attr(el, 'model'), backend: attr(backend, 'type'), version: attr(backend, 'version') }
}

/** An emulated one; needs the program swtpm. */
export function buildTpm(): XmlElement {
  return element('tpm', { model: 'tpm-crb' }, element('backend', { type: 'emulator', version: '2.0' }))
}
