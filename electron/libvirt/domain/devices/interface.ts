/** Network cards. https://libvirt.org/formatdomain.html#network-interfaces */
import type { CardChange, CardSource } from '../../../../shared/model/card.ts'
import type { DomainInterface } from '../../../../shared/model/domain.ts'
import { readCardExtras } from './interface-extras.ts'
import { attr, child, children, element, ensureChild, insert, remove, setAttr, type XmlElement } from '../../xml/document.ts'

export interface InterfaceSpec {
  readonly source: CardSource
  /** virtio, e1000e, rtl8139… */
  readonly model: string
  /** Given, so that the machine is the same when its document is defined once more. */
  readonly mac: string
  readonly bootOrder?: number | null
}

/** https://libvirt.org/formatdomain.html#userspace-slirp-or-passt-connection */
export const isPasst = (card: XmlElement): boolean => attr(card, 'type') === 'user' && attr(child(card, 'backend'), 'type') === 'passt'

export function readInterface(el: XmlElement): DomainInterface {
  const source = child(el, 'source')
  const network = attr(source, 'network')
  const extras = readCardExtras(el)
  return {
    // a running card on a network of bridge mode says "bridge" and keeps the network's name
    type: network === null ? (attr(el, 'type') ?? 'user') : 'network',
    source: network ?? attr(source, 'bridge') ?? attr(source, 'dev') ?? attr(source, 'path') ?? otherSource(source),
    model: attr(child(el, 'model'), 'type'),
    mac: attr(child(el, 'mac'), 'address'),
    linkUp: attr(child(el, 'link'), 'state') !== 'down',
    ...(isPasst(el) ? { passt: true } : {}),
    ...(extras.length > 0 ? { extras } : {}),
  }
}

/** A device of the host by its PCI address, a socket by its address and port, an internal network by its name. */
function otherSource(source: XmlElement | undefined): string | null {
  const pci = child(source, 'address')
  const part = (name: string): string => (attr(pci, name) ?? '0').replace(/^0x/, '')
  if (pci) return `${part('domain').padStart(4, '0')}:${part('bus').padStart(2, '0')}:${part('slot').padStart(2, '0')}.${part('function')}`
  const port = attr(source, 'port')
  return port === null ? attr(source, 'name') : [attr(source, 'address'), port].filter(Boolean).join(':')
}

/** Changes what is named; all else of the card stays: its slot, boot order, names, and what is not known here. */
export function patchInterface(el: XmlElement, change: CardChange): void {
  if (change.mac !== undefined) setAttr(ensureChild(el, 'mac'), 'address', change.mac)
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
    spec.source.type === 'user' && spec.source.passt ? passtElement() : null,
    element('model', { type: spec.model }),
    spec.bootOrder ? element('boot', { order: spec.bootOrder }) : null,
  )
}

function sourceElement(source: CardSource): XmlElement | null {
  if (source.type === 'network') return element('source', { network: source.network })
  if (source.type === 'bridge') return element('source', { bridge: source.bridge })
  if (source.type === 'direct') return element('source', { dev: source.device, mode: 'bridge' })
  return null
}

/** What only the kind of source that it had understands. */
const ofUserMode = ['backend', 'ip', 'portForward']

function putSource(el: XmlElement, source: CardSource): void {
  const old = child(el, 'source')
  if ((old || source.type === 'user') && sameSource(el, source)) return
  if (attr(el, 'type') === 'user') {
    for (const tag of ofUserMode) for (const one of children(el, tag)) remove(el, one)
  }
  if (old) remove(el, old)
  dropOfSource(el)
  setAttr(el, 'type', source.type)
  const made = sourceElement(source)
  if (made) insert(el, made, { after: ['mac'] })
  if (source.type === 'user' && source.passt) insert(el, passtElement(), { after: ['mac'] })
}

/** What belonged to where it was plugged in, and that libvirt refuses elsewhere: a switch's port and VLANs, a host's device or tap of its own. */
function dropOfSource(el: XmlElement): void {
  const driver = child(el, 'driver')
  const target = child(el, 'target')
  const gone = [
    ...(['virtualport', 'vlan', 'script'] as const).flatMap((tag) => children(el, tag)),
    ...(attr(driver, 'name') === 'vfio' && driver ? [driver] : []),
    ...(attr(target, 'managed') !== null && target ? [target] : []),
  ]
  for (const one of gone) remove(el, one)
  setAttr(el, 'managed', null)
}

const passtElement = (): XmlElement => element('backend', { type: 'passt' })

/** It is plugged in there already, perhaps in a way of its own (macvtap's other modes, a port group). */
function sameSource(el: XmlElement, source: CardSource): boolean {
  const card = readInterface(el)
  if (card.type !== source.type) return false
  if (source.type === 'user') return (card.passt ?? false) === (source.passt ?? false)
  const name = source.type === 'network' ? source.network : source.type === 'bridge' ? source.bridge : source.type === 'direct' ? source.device : null
  return card.source === name
}

/**
 * The address that QEMU's user mode gives the guest: 10.0.2.15/24, or the fifteenth of the network that the card names.
 * https://libvirt.org/formatdomain.html#userspace-slirp-or-passt-connection
 */
export function userModeAddress(el: XmlElement): { readonly address: string; readonly prefix: number } {
  const ip = ipv4Of(el)
  const parts = (attr(ip, 'address') ?? '10.0.2.0').split('.').map(Number)
  const prefix = Number(attr(ip, 'prefix') ?? 24)
  const fine = parts.length === 4 && parts.every((part) => part >= 0 && part <= 255) && prefix > 0 && prefix <= 28
  if (!fine) return { address: '10.0.2.15', prefix: 24 }
  const base = parts.reduce((number, part) => number * 256 + part, 0)
  const address = base - (base % 2 ** (32 - prefix)) + 15
  return { address: [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.'), prefix }
}

const ipv4Of = (el: XmlElement): XmlElement | undefined => children(el, 'ip').find((ip) => attr(ip, 'family') !== 'ipv6')

/** The address that passt gives: the one that the card names; without one an address of the host's, which its document does not say. */
export function passtAddress(el: XmlElement): { readonly address: string; readonly prefix: number } | null {
  const address = attr(ipv4Of(el), 'address')
  return address === null ? null : { address, prefix: Number(attr(ipv4Of(el), 'prefix') ?? 24) }
}
