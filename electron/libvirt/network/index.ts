/** Virtual networks. https://libvirt.org/manpages/virsh.html#virtual-network-commands */
import { randomBytes } from 'node:crypto'
import type { Network, NetworkLease } from '../../../shared/model/network.ts'
import { isCode } from '../errors.ts'
import { uuidList, uuidSet } from '../lists.ts'
import type { Target } from '../target.ts'
import { withUuid } from '../uuid.ts'
import { textOf, virshRead, virshReadOne, virshWrite, virshWriteDocument } from '../virsh.ts'
import { attr, buildXml, child, element, insert, parseXml } from '../xml/document.ts'
import { readLeases } from './leases.ts'
import { pendingSettings, readNetwork, type NetworkFacts } from './read.ts'

/** Every network, on or off, in two virsh processes. One that goes away meanwhile is left out. */
export async function networkList(target: Target): Promise<readonly Network[]> {
  return networksByUuid(target, await networkUuids(target))
}

export async function networkUuids(target: Target): Promise<readonly string[]> {
  return uuidList(await virshReadOne(target, ['net-list', '--uuid', '--all']))
}

const flagQueries = [
  ['net-list', '--uuid'],
  ['net-list', '--uuid', '--all', '--autostart'],
  ['net-list', '--uuid', '--all', '--persistent'],
] as const

/** These networks, in one virsh process; those that are not (or no longer) there are left out. */
export async function networksByUuid(target: Target, uuids: readonly string[]): Promise<readonly Network[]> {
  if (uuids.length === 0) return []
  const documents = uuids.flatMap((uuid) => [['net-dumpxml', `--network=${uuid}`], ['net-dumpxml', `--network=${uuid}`, '--inactive']])
  const answers = await virshRead(target, [...flagQueries, ...documents])
  const [active, autostart, persistent] = answers.slice(0, flagQueries.length).map(uuidSet)
  return uuids.flatMap((uuid, index): Network[] => {
    const [live, stored] = answers.slice(flagQueries.length + 2 * index)
    if (live && !live.ok && isCode(live.error, 'not-found', 'network-missing')) return []
    const has = (set: ReadonlySet<string> | undefined): boolean => set?.has(uuid) ?? false
    const flags = { active: has(active), autostart: has(autostart), persistent: has(persistent) }
    const facts = readNetwork(parseXml(textOf(live)))
    // a driver that keeps no second document has nothing pending
    const next = flags.active && flags.persistent && stored?.ok ? readNetwork(parseXml(stored.text)) : facts
    return [{ connection: target.connection, uuid, ...flags, ...facts, ...pendingOf(facts, next) }]
  })
}

function pendingOf(now: NetworkFacts, { name: _, ...next }: NetworkFacts): Pick<Network, 'pending' | 'next'> {
  const pending = pendingSettings(now, next)
  return { pending, next: pending.length === 0 ? null : next }
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

/** Defines a network from its document; answers its UUID, which a document without one gets, as it gets the MAC of its bridge. Errors: name-taken, name-invalid, xml-invalid. */
export async function networkDefine(target: Target, xml: string): Promise<string> {
  const { document, uuid } = withUuid(withMac(xml), 'network')
  await virshWriteDocument(target, networkDefineArguments, document)
  return uuid
}

/** The command that networkDefine runs, without its file. */
export const networkDefineArguments: readonly string[] = ['net-define', '--validate']

/** Errors: network-missing. */
export async function networkUndefine(target: Target, uuid: string): Promise<void> {
  await virshWrite(target, ['net-undefine', `--network=${uuid}`])
}

/** The bridge of a network of libvirt's own has a MAC; libvirt would draw another one each time the document is defined. */
function withMac(xml: string): string {
  const network = parseXml(xml)
  const mode = attr(child(network, 'forward'), 'mode') ?? 'nat'
  if (network.tag !== 'network' || child(network, 'mac') || !['nat', 'route', 'open'].includes(mode)) return xml
  insert(network, element('mac', { address: drawMac() }), { after: ['name', 'uuid', 'forward', 'bridge'] })
  return buildXml(network)
}

/** A MAC of those that QEMU and libvirt use for what is not real. */
export function drawMac(): string {
  return `52:54:00:${[...randomBytes(3)].map((byte) => byte.toString(16).padStart(2, '0')).join(':')}`
}
