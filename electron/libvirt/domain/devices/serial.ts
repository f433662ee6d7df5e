/** Serial ports and the console on them. https://libvirt.org/formatdomain.html#consoles-serial-parallel-channel-devices */
import { attr, child, element, type XmlElement } from '../../xml/document.ts'

export interface SerialPort {
  /** pty, tcp, file… */
  readonly type: string
  readonly port: number | null
}

export function readSerial(el: XmlElement): SerialPort {
  const port = attr(child(el, 'target'), 'port')
  return { type: attr(el, 'type') ?? 'pty', port: port === null ? null : Number(port) }
}

/** A port that `virsh console` opens, with the console element that goes with the first one. */
export function buildSerial(spec: { readonly port: number } = { port: 0 }): readonly XmlElement[] {
  const serial = element('serial', { type: 'pty' }, element('target', { type: 'isa-serial', port: spec.port }))
  if (spec.port > 0) return [serial]
  return [serial, element('console', { type: 'pty' }, element('target', { type: 'serial', port: 0 }))]
}
