/** A VNC display beside what a machine has: machines of other programs often have SPICE alone. */
import type { Target } from '../target.ts'
import { connectionKind } from '../uri.ts'
import { child, children, insert, remove, type XmlElement } from '../xml/document.ts'
import { buildGraphics, patchGraphics, readGraphics } from './devices/graphics.ts'
import { displayPassword } from './display-password.ts'
import { domainRedefine } from './redefine.ts'

/**
 * Gives the machine a VNC display from its next start; its other displays stay as they are, and stay first. One that has
 * VNC stays as it is. In a session it listens on a socket of this user's; else on the loopback address, which every user
 * of the host reaches, with a password. Errors: those of domainRedefine.
 */
export async function domainAddVnc(target: Target, uuid: string): Promise<void> {
  const session = connectionKind(target.uri) === 'session'
  await domainRedefine(target, uuid, (domain) => {
    const devices = child(domain, 'devices')
    if (!devices || vncOf(devices).length > 0) return false
    insert(devices, session ? ownSocket() : withPassword(), { after: before })
    return true
  })
}

/** Takes VNC away from the next start, where another display stays. Errors: those of domainRedefine. */
export async function domainRemoveVnc(target: Target, uuid: string): Promise<void> {
  await domainRedefine(target, uuid, (domain) => {
    const devices = child(domain, 'devices')
    const gone = vncOf(devices)
    const others = children(devices, 'graphics').length - gone.length
    if (!devices || gone.length === 0 || others === 0) return false
    for (const one of gone) remove(devices, one)
    return true
  })
}

/** What stands before a display in a document of libvirt's. */
const before = ['disk', 'controller', 'interface', 'serial', 'console', 'channel', 'input', 'tpm', 'graphics']

const vncOf = (devices: XmlElement | undefined): XmlElement[] =>
  children(devices, 'graphics').filter((one) => readGraphics(one)?.type === 'vnc')

const ownSocket = (): XmlElement => buildGraphics({ type: 'vnc', listen: 'socket' })

function withPassword(): XmlElement {
  const graphics = buildGraphics({ type: 'vnc', listen: 'address', address: '127.0.0.1' })
  patchGraphics(graphics, { password: displayPassword() })
  return graphics
}
