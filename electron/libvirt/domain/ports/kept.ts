/** The forwards that a machine's cards shall have, kept in its own document. https://libvirt.org/formatdomain.html#general-metadata */
import type { PortForward } from '../../../../shared/model/card.ts'
import { isForward } from '../../../../shared/model/forward-rules.ts'
import type { Target } from '../../target.ts'
import { virshWrite } from '../../virsh.ts'
import { attr, buildXml, child, children, element, type XmlElement } from '../../xml/document.ts'
import { localName, namespaceOf } from '../metadata.ts'

/** One namespace has one element: the machine's other facts are in Vivero's own. */
export const FORWARDS_NAMESPACE = 'https://vivero.app/xmlns/forwards/1'

/** Forwards by the MAC of their card, in lower case. */
export type KeptForwards = ReadonlyMap<string, readonly PortForward[]>

/** What anybody may have written there is taken only where it is a forward. */
export function readForwards(domain: XmlElement): KeptForwards {
  const kept = children(child(domain, 'metadata')).find((one) => localName(one) === 'forwards' && namespaceOf(one) === FORWARDS_NAMESPACE)
  const found = new Map<string, PortForward[]>()
  for (const one of children(kept).filter((el) => localName(el) === 'forward')) {
    const mac = attr(one, 'mac')?.toLowerCase() ?? ''
    const protocol = attr(one, 'protocol')
    const forward: PortForward = {
      protocol: protocol === 'udp' ? 'udp' : 'tcp',
      hostAddress: attr(one, 'host-address') ?? '',
      hostPort: Number(attr(one, 'host-port')),
      guestPort: Number(attr(one, 'guest-port')),
    }
    if (mac !== '' && protocol === forward.protocol && isForward(forward)) found.set(mac, [...(found.get(mac) ?? []), forward])
  }
  return found
}

/** Keeps them, live and for the next start. Errors: not-found. */
export async function keepForwards(target: Target, uuid: string, all: KeptForwards, where: readonly string[]): Promise<void> {
  const command = ['metadata', `--domain=${uuid}`, `--uri=${FORWARDS_NAMESPACE}`, ...where]
  const entries = [...all].flatMap(([mac, forwards]) => forwards.map((forward) => entry(mac, forward)))
  if (entries.length === 0) await virshWrite(target, [...command, '--remove'])
  else await virshWrite(target, [...command, '--key=vivero-forwards', `--set=${buildXml(element('forwards', {}, ...entries))}`])
}

const entry = (mac: string, { protocol, hostAddress, hostPort, guestPort }: PortForward): XmlElement =>
  element('forward', { mac, protocol, 'host-address': hostAddress, 'host-port': hostPort, 'guest-port': guestPort })
