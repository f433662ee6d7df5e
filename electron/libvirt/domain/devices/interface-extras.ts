/** What a card says beyond its source, model, MAC and cable. https://libvirt.org/formatdomain.html#network-interfaces */
import type { CardExtra, CardExtraKind } from '../../../../shared/model/card-extras.ts'
import { attr, child, children, type XmlElement } from '../../xml/document.ts'

/** In the order of the page; what is not there is left out. */
export function readCardExtras(el: XmlElement): readonly CardExtra[] {
  const source = child(el, 'source')
  const mode = attr(el, 'type') === 'direct' && attr(source, 'network') === null ? attr(source, 'mode') : null
  const all: readonly (readonly [CardExtraKind, string | null])[] = [
    ['mode', mode === 'bridge' ? null : mode],
    ['portGroup', attr(source, 'portgroup')],
    ['isolated', attr(child(el, 'port'), 'isolated') === 'yes' ? '' : null],
    ['filter', filterText(child(el, 'filterref'))],
    ['vlan', children(child(el, 'vlan'), 'tag').map((tag) => attr(tag, 'id')).join(', ') || null],
    ['virtualPort', attr(child(el, 'virtualport'), 'type')],
    ['inbound', speedText(el, 'inbound')],
    ['outbound', speedText(el, 'outbound')],
    ['mtu', attr(child(el, 'mtu'), 'size')],
    ['queues', attr(child(el, 'driver'), 'queues')],
    ['teaming', attr(child(el, 'teaming'), 'type')],
  ]
  return all.flatMap(([what, text]): CardExtra[] => (text === null ? [] : [{ what, text }]))
}

/** "clean-traffic (IP 192.168.122.5)". */
function filterText(filter: XmlElement | undefined): string | null {
  const name = attr(filter, 'filter')
  const values = children(filter, 'parameter').map((one) => `${attr(one, 'name') ?? ''} ${attr(one, 'value') ?? ''}`)
  return name === null || values.length === 0 ? name : `${name} (${values.join(', ')})`
}

/** libvirt counts in kibibytes a second. */
function speedText(el: XmlElement, way: 'inbound' | 'outbound'): string | null {
  const average = attr(child(el, 'bandwidth', way), 'average')
  return average === null ? null : `${average} KiB/s`
}
