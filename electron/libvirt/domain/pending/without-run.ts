/** A device of a running machine as a stored document describes it. https://libvirt.org/formatdomain.html#devices */
import { attr, child, children, cloneXml, remove, setAttr, type XmlElement } from '../../xml/document.ts'

/** Without what libvirt gave it at the start: names, ports, sockets, terminals, the disks that its disk stands on. */
export function withoutRun(device: XmlElement): XmlElement {
  const made = cloneXml(device)
  for (const tag of ['alias', 'backingStore', 'mirror']) drop(made, tag)
  if (made.tag === 'disk') cleanDisk(made)
  else if (made.tag === 'interface') cleanCard(made)
  else if (made.tag === 'graphics') cleanDisplay(made)
  else cleanPort(made)
  return made
}

function drop(el: XmlElement, tag: string): void {
  for (const one of children(el, tag)) remove(el, one)
}

function cleanDisk(disk: XmlElement): void {
  for (const source of children(disk, 'source')) setAttr(source, 'index', null)
  for (const target of children(disk, 'target')) setAttr(target, 'tray', null)
}

/** A card on a network runs as what the network leads to. */
function cleanCard(card: XmlElement): void {
  const source = child(card, 'source')
  if (source && attr(source, 'network') !== null) {
    setAttr(card, 'type', 'network')
    for (const name of ['portid', 'bridge', 'dev', 'mode']) setAttr(source, name, null)
  }
  const target = child(card, 'target')
  if (/^(vnet|macvtap|macvlan)\d+$/.test(attr(target, 'dev') ?? '')) drop(card, 'target')
}

function cleanDisplay(display: XmlElement): void {
  if (attr(display, 'autoport') === 'yes') {
    setAttr(display, 'port', -1)
    setAttr(display, 'tlsPort', null)
    setAttr(display, 'websocket', attr(display, 'websocket') === null ? null : -1)
  }
  for (const listen of children(display, 'listen')) {
    if (attr(listen, 'type') === 'network') setAttr(listen, 'address', null)
    if (isGiven(attr(listen, 'socket'))) setAttr(listen, 'socket', null)
  }
  if (isGiven(attr(display, 'socket'))) setAttr(display, 'socket', null)
}

/** Serial ports and channels: a terminal or socket that libvirt chose. */
function cleanPort(port: XmlElement): void {
  const source = child(port, 'source')
  if (source && (attr(port, 'type') === 'pty' || isGiven(attr(source, 'path')))) drop(port, 'source')
  if (port.tag === 'channel') for (const target of children(port, 'target')) setAttr(target, 'state', null)
  if (port.tag === 'tpm') for (const backend of children(port, 'backend')) if (attr(backend, 'type') === 'emulator') drop(backend, 'source')
}

/** libvirt's own folder of a running machine: `…/domain-7-name/vnc.sock`. */
const isGiven = (path: string | null): boolean => path !== null && /\/(domain-)?\d+-[^/]*\/[^/]*$/.test(path)
