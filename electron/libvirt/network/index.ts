/** Virtual networks. https://libvirt.org/manpages/virsh.html#virtual-network-commands */
import type { Network, NetworkLease } from '../../../shared/model/network.ts'
import { isCode } from '../errors.ts'
import { uuidSet } from '../lists.ts'
import type { Target } from '../target.ts'
import { withUuid } from '../uuid.ts'
import { textOf, virshRead, virshReadOne, virshWrite, virshWriteDocument } from '../virsh.ts'
import { parseXml } from '../xml/document.ts'
import { readLeases } from './leases.ts'
import { readNetwork } from './read.ts'

/** Every network, on or off, in two virsh processes. One that goes away meanwhile is left out. */
export async function networkList(target: Target): Promise<readonly Network[]> {
  const lists = await virshRead(target, [
    ['net-list', '--uuid', '--all'],
    ['net-list', '--uuid'],
    ['net-list', '--uuid', '--all', '--autostart'],
    ['net-list', '--uuid', '--all', '--persistent'],
  ])
  const uuids = [...uuidSet({ ok: true, text: textOf(lists[0]) })]
  const [active, autostart, persistent] = lists.slice(1).map(uuidSet)
  const answers = await virshRead(target, uuids.map((uuid) => ['net-dumpxml', `--network=${uuid}`]))
  return uuids.flatMap((uuid, index): Network[] => {
    const answer = answers[index]
    if (answer && !answer.ok && isCode(answer.error, 'not-found', 'network-missing')) return []
    const flag = (set: ReadonlySet<string> | undefined): boolean => set?.has(uuid) ?? false
    const facts = readNetwork(parseXml(textOf(answer)))
    return [{ connection: target.connection, uuid, active: flag(active), autostart: flag(autostart), persistent: flag(persistent), ...facts }]
  })
}

/** What the network's DHCP has lent. Errors: not-found. */
export async function networkLeases(target: Target, uuid: string): Promise<readonly NetworkLease[]> {
  return readLeases(await virshReadOne(target, ['net-dhcp-leases', `--network=${uuid}`]))
}

/** The stored document, without secrets. Errors: not-found. */
export async function networkXml(target: Target, uuid: string): Promise<string> {
  return virshReadOne(target, ['net-dumpxml', `--network=${uuid}`, '--inactive'])
}

/** Errors: already-active, network-forbidden (a session may not), in-use (bridge or addresses). */
export async function networkStart(target: Target, uuid: string): Promise<void> {
  await virshWrite(target, ['net-start', `--network=${uuid}`])
}

/** Errors: not-active. Machines on it lose their network. */
export async function networkDestroy(target: Target, uuid: string): Promise<void> {
  await virshWrite(target, ['net-destroy', `--network=${uuid}`])
}

export async function networkAutostart(target: Target, uuid: string, on: boolean): Promise<void> {
  await virshWrite(target, ['net-autostart', `--network=${uuid}`, ...(on ? [] : ['--disable'])])
}

/** Defines a network from its document; answers its UUID, which a document without one gets. Errors: name-taken, name-invalid, xml-invalid. */
export async function networkDefine(target: Target, xml: string): Promise<string> {
  const { document, uuid } = withUuid(xml, 'network')
  await virshWriteDocument(target, ['net-define', '--validate'], document)
  return uuid
}

/** Errors: not-found. */
export async function networkUndefine(target: Target, uuid: string): Promise<void> {
  await virshWrite(target, ['net-undefine', `--network=${uuid}`])
}
