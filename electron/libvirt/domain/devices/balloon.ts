/** The balloon, which gives memory back and tells how much is in use. https://libvirt.org/formatdomain.html#memory-balloon-device */
import { element, type XmlElement } from '../../xml/document.ts'

export function buildBalloon(): XmlElement {
  return element('memballoon', { model: 'virtio' })
}
