/** Ports that libvirt's passt back end forwards, from a start to its end. https://libvirt.org/formatdomain.html#userspace-slirp-or-passt-connection */
import type { PortForward } from '../../../../shared/model/card.ts'
import { isForward } from '../../../../shared/model/forward-rules.ts'
import { attr, children, element, insert, remove, type XmlElement } from '../../xml/document.ts'

/** Single ports; ranges and what else somebody wrote there are left out, and left alone. */
export function readPasstForwards(card: XmlElement): PortForward[] {
  return children(card, 'portForward').flatMap((el) => simple(el) ?? [])
}

/** Gives the card these single ports. */
export function patchPasstForwards(card: XmlElement, forwards: readonly PortForward[]): void {
  for (const el of children(card, 'portForward')) if (simple(el)) remove(card, el)
  for (const { protocol, hostAddress, hostPort, guestPort } of forwards) {
    const range = element('range', { start: hostPort, to: guestPort === hostPort ? null : guestPort })
    insert(card, element('portForward', { proto: protocol, address: hostAddress }, range), { after: ['mac', 'source', 'ip', 'portForward'] })
  }
}

function simple(el: XmlElement): PortForward[] | null {
  const ranges = children(el, 'range')
  const [range] = ranges
  if (ranges.length !== 1 || attr(range, 'end') !== null || attr(range, 'exclude') !== null || attr(el, 'dev') !== null) return null
  const hostPort = Number(attr(range, 'start'))
  const forward: PortForward = {
    protocol: attr(el, 'proto') === 'udp' ? 'udp' : 'tcp',
    hostAddress: attr(el, 'address') ?? '0.0.0.0',
    hostPort,
    guestPort: Number(attr(range, 'to') ?? hostPort),
  }
  return isForward(forward) ? [forward] : null
}
