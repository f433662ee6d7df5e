/** Channels into the guest: its agent, the clipboard. https://libvirt.org/formatdomain.html#channel */
import { attr, child, element, type XmlElement } from '../../xml/document.ts'

const AGENT = 'org.qemu.guest_agent.0'

export interface Channel {
  readonly type: string
  readonly name: string | null
  /** Something in the guest has opened it; null while the machine is off. */
  readonly connected: boolean | null
}

export function readChannel(el: XmlElement): Channel {
  const target = child(el, 'target')
  const state = attr(target, 'state')
  return { type: attr(el, 'type') ?? 'unix', name: attr(target, 'name'), connected: state === null ? null : state === 'connected' }
}

export function isGuestAgent(channel: Channel): boolean {
  return channel.name === AGENT
}

/** The channel of QEMU's guest agent. */
export function buildAgentChannel(): XmlElement {
  return element('channel', { type: 'unix' }, element('source', { mode: 'bind' }), element('target', { type: 'virtio', name: AGENT }))
}
