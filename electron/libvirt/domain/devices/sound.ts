/** Sound cards. https://libvirt.org/formatdomain.html#sound-devices */
import { attr, element, type XmlElement } from '../../xml/document.ts'

export function readSound(el: XmlElement): string {
  return attr(el, 'model') ?? 'default'
}

export function buildSound(spec: { readonly model: string }): XmlElement {
  return element('sound', { model: spec.model })
}
