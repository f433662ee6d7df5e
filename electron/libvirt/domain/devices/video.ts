/** Graphics cards. https://libvirt.org/formatdomain.html#video-devices */
import { attr, child, element, type XmlElement } from '../../xml/document.ts'

export function readVideo(el: XmlElement): string {
  return attr(child(el, 'model'), 'type') ?? 'default'
}

export function buildVideo(spec: { readonly model: string }): XmlElement {
  return element('video', {}, element('model', { type: spec.model }))
}
