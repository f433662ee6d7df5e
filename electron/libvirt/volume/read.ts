/** A volume's document as the model. https://libvirt.org/formatstorage.html#storage-volume-xml */
import type { Volume } from '../../../shared/model/storage.ts'
import { attr, child, text, type XmlElement } from '../xml/document.ts'
import { bytesOf } from '../xml/units.ts'

export function readVolume(el: XmlElement): Volume {
  return {
    name: text(child(el, 'name'), true),
    path: text(child(el, 'target', 'path'), true),
    format: attr(child(el, 'target', 'format'), 'type'),
    capacityBytes: bytesOf(child(el, 'capacity'), 'bytes'),
    allocationBytes: bytesOf(child(el, 'allocation'), 'bytes'),
    backingPath: text(child(el, 'backingStore', 'path'), true) || null,
  }
}
