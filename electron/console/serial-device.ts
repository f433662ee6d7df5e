/** Which character device of a machine is its serial port number N. https://libvirt.org/formatdomain.html#consoles-serial-parallel-channel-devices */
import { AppError } from '../../shared/model/error.ts'
import { attr, child, children, childText, type XmlElement } from '../libvirt/xml/document.ts'

export interface SerialDevice {
  /** For `virsh console --devname`. */
  readonly alias: string
  /** libvirt's number of the running machine: another one after a restart. */
  readonly domainId: string
}

/**
 * The port of a live document: a serial port, or for port 0 a console of another kind (virtio, sclp).
 * Errors: not-active (params.name); no-serial (params.name, params.port, params.types = its type where it has no terminal).
 */
export function serialDevice(domain: XmlElement, port: number): SerialDevice {
  const name = childText(domain, 'name') ?? ''
  const domainId = attr(domain, 'id')
  if (domainId === null) throw new AppError('not-active', { name })
  const devices = child(domain, 'devices')
  const numbered = (tag: string): XmlElement | undefined =>
    children(devices, tag).find((one) => (attr(child(one, 'target'), 'port') ?? '0') === String(port))
  const device = numbered('serial') ?? numbered('console')
  const alias = attr(child(device, 'alias'), 'name')
  const type = attr(device, 'type')
  if (!alias || type !== 'pty') throw new AppError('no-serial', { name, port, types: type ?? '' })
  return { alias, domainId }
}
