/** A source of random numbers. https://libvirt.org/formatdomain.html#random-number-generator-device */
import { element, type XmlElement } from '../../xml/document.ts'

export function buildRng(): XmlElement {
  return element('rng', { model: 'virtio' }, element('backend', { model: 'random' }, '/dev/urandom'))
}
