/** A pool's document as the model. https://libvirt.org/formatstorage.html#storage-pool-xml */
import type { Pool } from '../../../shared/model/storage.ts'
import { attr, child, text, type XmlElement } from '../xml/document.ts'
import { bytesOf } from '../xml/units.ts'

export type PoolFacts = Pick<Pool, 'name' | 'type' | 'path' | 'capacityBytes' | 'allocationBytes' | 'availableBytes'>

export function readPool(el: XmlElement): PoolFacts {
  return {
    name: text(child(el, 'name'), true),
    type: attr(el, 'type') ?? '',
    path: text(child(el, 'target', 'path'), true) || null,
    capacityBytes: bytesOf(child(el, 'capacity'), 'bytes'),
    allocationBytes: bytesOf(child(el, 'allocation'), 'bytes'),
    availableBytes: bytesOf(child(el, 'available'), 'bytes'),
  }
}
