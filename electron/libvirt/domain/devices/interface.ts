/** Network cards. https://libvirt.org/formatdomain.html#network-interfaces */
import type { DomainInterface } from '../../../../shared/model/domain.ts'
import { attr, child, element, ensureChild, remove, setAttr, type XmlElement } from '../../xml/document.ts'

export type InterfaceSource =
  | { readonly type: 'user' }
  | { readonly type: 'network'; readonly network: string }
  | { readonly type: 'bridge'; readonly bridge: string }

export interface InterfaceSpec {
  readonly source: InterfaceSource
  /** virtio, e1000e, rtl8139… */
  readonly model: string
  /** Given, so that the machine is the same when its document is defined once more. */
  readonly mac: string
  readonly bootOrder?: number | null
}

export function readInterface(el: XmlElement): DomainInterface {
  const source = child(el, 'source')
  const network = attr(source, 'network')
  return {
    // a running card on a network of bridge mode says "bridge" and keeps the network's name
    type: network === null ? (attr(el, 'type') ?? 'user') : 'network',
    source: network ?? attr(source, 'bridge') ?? attr(source, 'dev') ?? attr(source, 'path'),
    model: attr(child(el, 'model'), 'type'),
    mac: attr(child(el, 'mac'), 'address'),
    linkUp: attr(child(el, 'link'), 'state') !== 'down',
  }
}

export function patchInterface(
  el: XmlElement,
  change: { readonly source?: InterfaceSource; readonly model?: string; readonly linkUp?: boolean },
): void {
  if (change.source) putSource(el, change.source)
  if (change.model !== undefined) setAttr(ensureChild(el, 'model', { after: ['mac', 'source'] }), 'type', change.model)
  if (change.linkUp !== undefined) setAttr(ensureChild(el, 'link', { after: ['model', 'target'] }), 'state', change.linkUp ? 'up' : 'down')
}

export function buildInterface(spec: InterfaceSpec): XmlElement {
  return element(
    'interface',
    { type: spec.source.type },
    element('mac', { address: spec.mac }),
    sourceElement(spec.source),
    element('model', { type: spec.model }),
    spec.bootOrder ? element('boot', { order: spec.bootOrder }) : null,
  )
}

function sourceElement(source: InterfaceSource): XmlElement | null {
  if (source.type === 'network') return element('source', { network: source.network })
  if (source.type === 'bridge') return element('source', { bridge: source.bridge })
  return null
}

function putSource(el: XmlElement, source: InterfaceSource): void {
  const old = child(el, 'source')
  if (old) remove(el, old)
  setAttr(el, 'type', source.type)
  const made = sourceElement(source)
  if (made) Object.assign(ensureChild(el, 'source', { after: ['mac'] }).attributes, made.attributes)
}

/**
 * The address that QEMU's user mode gives the guest: 10.0.2.15/24, or the fifteenth of the network that the card names.
 * https://libvirt.org/formatdomain.html#userspace-slirp-or-passt-connection
 */
export function userModeAddress(el: XmlElement): { readonly address: string; readonly prefix: number } {
  const ip = el.content.find((node): node is XmlElement => 'tag' in node && node.tag === 'ip' && attr(node, 'family') !== 'ipv6')
  const parts = (attr(ip, 'address') ?? '10.0.2.0').split('.').map(Number)
  const prefix = Number(attr(ip, 'prefix') ?? 24)
  const fine = parts.length === 4 && parts.every((part) => part >= 0 && part <= 255) && prefix > 0 && prefix <= 28
  if (!fine) return { address: '10.0.2.15', prefix: 24 }
  const base = parts.reduce((number, part) => number * 256 + part, 0)
  const address = base - (base % 2 ** (32 - prefix)) + 15
  return { address: [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.'), prefix }
}
