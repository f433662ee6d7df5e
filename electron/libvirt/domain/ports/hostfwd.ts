/** Ports that a running QEMU's user mode forwards. https://www.qemu.org/docs/master/system/monitor.html (hostfwd_add) */
import type { PortForward } from '../../../../shared/model/card.ts'
import { AppError } from '../../../../shared/model/error.ts'
import { forwardKey, isForward, sameForward } from '../../../../shared/model/forward-rules.ts'
import type { Target } from '../../target.ts'
import { virshReadOne, virshWrite } from '../../virsh.ts'
import { attr, child, type XmlElement } from '../../xml/document.ts'

/** What libvirt calls the back end of a running card, or null: an alias that is no plain word goes into no command. */
export function netdevOf(card: XmlElement): string | null {
  const alias = attr(child(card, 'alias'), 'name')
  return alias !== null && /^[A-Za-z0-9][\w-]*$/.test(alias) ? `host${alias}` : null
}

/** Forwards by the back end's name, as `info usernet` prints them. */
export function readUserNets(text: string): ReadonlyMap<string, readonly PortForward[]> {
  const nets = new Map<string, PortForward[]>()
  let at: PortForward[] = []
  for (const line of text.split(/\r?\n/)) {
    const [, name] = /^Hub -?\d+ \((.+)\):\s*$/.exec(line) ?? []
    if (name !== undefined) nets.set(name, (at = []))
    const [, protocol, address, hostPort, guestPort] = /^\s*(TCP|UDP)\[HOST_FORWARD\]\s+\d+\s+(\S+)\s+(\d+)\s+\S+\s+(\d+)\s/.exec(line) ?? []
    if (protocol === undefined || address === undefined) continue
    const hostAddress = address === '*' ? '0.0.0.0' : address
    at.push({ protocol: protocol === 'UDP' ? 'udp' : 'tcp', hostAddress, hostPort: Number(hostPort), guestPort: Number(guestPort) })
  }
  return nets
}

/** What runs now. Errors: not-active, unsupported (no QEMU). */
export async function userNets(target: Target, uuid: string): Promise<ReadonlyMap<string, readonly PortForward[]>> {
  return readUserNets(await virshReadOne(target, ['qemu-monitor-command', `--domain=${uuid}`, '--hmp', '--cmd=info usernet']))
}

/** Errors: forward-refused where QEMU says no, in its own words. */
export async function addForward(target: Target, uuid: string, netdev: string, forward: PortForward): Promise<void> {
  const rule = `${checked(forward)}-:${forward.guestPort}`
  const said = await monitor(target, uuid, `hostfwd_add ${netdev} ${rule}`)
  // the monitor answers a command that worked with nothing, and one that did not with words and status 0
  if (said !== '' && !(await isThere(target, uuid, netdev, forward))) throw refused(forward, said)
}

export async function removeForward(target: Target, uuid: string, netdev: string, forward: PortForward): Promise<void> {
  const said = await monitor(target, uuid, `hostfwd_remove ${netdev} ${checked(forward)}`)
  if (await isThere(target, uuid, netdev, forward)) throw refused(forward, said)
}

const isThere = async (target: Target, uuid: string, netdev: string, forward: PortForward): Promise<boolean> =>
  ((await userNets(target, uuid)).get(netdev) ?? []).some((one) => sameForward(one, forward))

const refused = (forward: PortForward, said: string): AppError =>
  new AppError('forward-refused', { address: forward.hostAddress, port: forward.hostPort }, said)

async function monitor(target: Target, uuid: string, command: string): Promise<string> {
  return (await virshWrite(target, ['qemu-monitor-command', `--domain=${uuid}`, '--hmp', `--cmd=${command}`])).trim()
}

/** "tcp:127.0.0.1:2222". */
function checked(forward: PortForward): string {
  if (!isForward(forward)) throw new AppError('invalid-input', { finding: 'forward' })
  return forwardKey(forward)
}
