/** A source of random numbers. https://libvirt.org/formatdomain.html#random-number-generator-device */
import { attr, child, element, text, type XmlElement } from '../../xml/document.ts'

export function readRng(el: XmlElement): { readonly model: string | null; readonly source: string } {
  return { model: attr(el, 'model'), source: text(child(el, 'backend')) }
}

export function buildRng(): XmlElement {
  return element('rng', { model: 'virtio' }, element('backend', { model: 'random' }, '/dev/urandom'))
}
