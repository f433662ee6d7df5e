/** Displays. https://libvirt.org/formatdomain.html#graphical-framebuffers */
import type { DomainGraphics, GraphicsType } from '../../../../shared/model/domain.ts'
import { attr, child, element, setAttr, type XmlElement } from '../../xml/document.ts'

export type GraphicsSpec =
  | { readonly type: 'vnc' | 'spice'; readonly listen: 'socket' }
  | { readonly type: 'vnc' | 'spice'; readonly listen: 'address'; readonly address: string }

const types: readonly string[] = ['vnc', 'spice', 'sdl', 'rdp', 'dbus', 'egl-headless'] satisfies GraphicsType[]
const listens: readonly string[] = ['socket', 'address', 'network', 'none'] satisfies DomainGraphics['listen'][]

/** Null for a kind that is not known here. */
export function readGraphics(el: XmlElement): DomainGraphics | null {
  const type = attr(el, 'type') ?? ''
  if (!isType(type)) return null
  const listen = child(el, 'listen')
  const how = attr(listen, 'type') ?? (attr(el, 'socket') === null ? 'address' : 'socket')
  const port = Number(attr(el, 'port') ?? -1)
  return {
    type,
    listen: isListen(how) ? how : 'none',
    address: attr(listen, 'address') ?? attr(el, 'listen'),
    port: port > 0 ? port : null,
    socket: attr(listen, 'socket') ?? attr(el, 'socket'),
    hasPassword: attr(el, 'passwd') !== null || attr(el, 'passwdValidTo') !== null,
  }
}

/** A password (kept in the document, so only with `--security-info`), or none. */
export function patchGraphics(el: XmlElement, change: { readonly password?: string | null }): void {
  if (change.password !== undefined) setAttr(el, 'passwd', change.password)
}

/** A socket opens no port: only this user reaches the display. */
export function buildGraphics(spec: GraphicsSpec): XmlElement {
  if (spec.listen === 'socket') return element('graphics', { type: spec.type }, element('listen', { type: 'socket' }))
  const listen = element('listen', { type: 'address', address: spec.address })
  return element('graphics', { type: spec.type, port: -1, autoport: 'yes', listen: spec.address }, listen)
}

function isType(word: string): word is GraphicsType {
  return types.includes(word)
}

function isListen(word: string): word is DomainGraphics['listen'] {
  return listens.includes(word)
}
