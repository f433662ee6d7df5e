/** Keyboards, mice and tablets. https://libvirt.org/formatdomain.html#input-devices */
import { attr, element, type XmlElement } from '../../xml/document.ts'

export function readInput(el: XmlElement): { readonly type: string; readonly bus: string | null } {
  return { type: attr(el, 'type') ?? 'mouse', bus: attr(el, 'bus') }
}

/** A tablet tells the guest where the pointer is, so that it never has to be caught. */
export function buildInput(spec: { readonly type: 'tablet' | 'keyboard' | 'mouse'; readonly bus: 'usb' | 'virtio' | 'ps2' }): XmlElement {
  return element('input', { type: spec.type, bus: spec.bus })
}
