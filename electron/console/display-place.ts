/** Where a running machine's VNC server listens, read from its live document. https://libvirt.org/formatdomain.html#graphical-framebuffers */
import { AppError } from '../../shared/model/error.ts'
import { attr, child, children, childText, type XmlElement } from '../libvirt/xml/document.ts'

export type DisplayPlace =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  /** It listens nowhere; only libvirt can hand a connection over. */
  | { readonly kind: 'none' }

export interface Display {
  readonly place: DisplayPlace
  readonly password: string | null
}

/** Any address of this machine is reached by its loopback one. */
const everywhere: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1', '*': '127.0.0.1' }

/**
 * The first VNC display of a live document.
 * Errors: not-active (params.name); no-display (params.name, params.types = what there is instead, joined by ", ").
 */
export function displayPlace(domain: XmlElement): Display {
  const name = childText(domain, 'name') ?? ''
  if (attr(domain, 'id') === null) throw new AppError('not-active', { name })
  const graphics = children(child(domain, 'devices'), 'graphics')
  const vnc = graphics.find((one) => attr(one, 'type') === 'vnc')
  if (!vnc) throw noDisplay(name, graphics.map((one) => attr(one, 'type') ?? '').join(', '), 'none')
  return { place: placeOf(vnc), password: attr(vnc, 'passwd') }
}

/**
 * `reason`: none (there is no VNC), unreachable (nobody answers), refused (libvirt hands over none, perhaps not yet),
 * forbidden (no right to it, however often one asks), remote (another host's).
 */
export function noDisplay(name: string, types: string, reason: 'none' | 'unreachable' | 'refused' | 'forbidden' | 'remote', detail: string | null = null): AppError {
  return new AppError('no-display', { name, types, reason }, detail)
}

function placeOf(vnc: XmlElement): DisplayPlace {
  const listen = child(vnc, 'listen')
  const socket = attr(listen, 'socket') ?? attr(vnc, 'socket')
  if (socket !== null) return { kind: 'socket', path: socket }
  const port = Number(attr(vnc, 'port') ?? -1)
  if (port <= 0 || attr(listen, 'type') === 'none') return { kind: 'none' }
  const address = attr(listen, 'address') ?? attr(vnc, 'listen') ?? '127.0.0.1'
  return { kind: 'tcp', host: everywhere[address] ?? address, port }
}
