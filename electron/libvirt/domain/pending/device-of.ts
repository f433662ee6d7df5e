/** The element of a device by the name of its field: `disk:vda`, `interface:52:54:…`. */
import { cardField, diskField } from '../../../../shared/model/pending.ts'
import { attr, child, children, type XmlElement } from '../../xml/document.ts'

export function deviceOf(domain: XmlElement, field: string): XmlElement | undefined {
  return children(child(domain, 'devices')).find((device) => fieldOf(device) === field)
}

/** Null for a device that has no key of its own. */
export function fieldOf(device: XmlElement): string | null {
  if (device.tag === 'disk') return diskField(attr(child(device, 'target'), 'dev') ?? '')
  if (device.tag === 'interface') return cardField(attr(child(device, 'mac'), 'address') ?? '')
  return null
}
