/** Changing a network that is there. https://libvirt.org/formatnetwork.html */
import { AppError } from '../../../shared/model/error.ts'
import { changedParts } from '../../../shared/model/network-edits.ts'
import type { NetworkEdit, NetworkEditOutcome, SubnetPlan } from '../../../shared/model/network-plan.ts'
import type { Network } from '../../../shared/model/network.ts'
import { hasAddresses, planOfNetwork } from '../../../shared/model/network-proposal.ts'
import { isCode } from '../errors.ts'
import type { Target } from '../target.ts'
import { documentLine } from '../virsh.ts'
import { buildXml, child, children, parseXml, type XmlElement } from '../xml/document.ts'
import { hostChanges, rangeChanges, recordChanges, type Changes } from './changes.ts'
import { networkDefine, networkDefineArguments, networksByUuid, networkXml } from './index.ts'
import { hasSubnet, ipOf, patchNetwork } from './patch.ts'
import { readNetwork } from './read.ts'
import { inverse, networkUpdate, updateLine, type NetworkUpdate, type UpdateSection } from './update.ts'

/** What a person wants a network to say, and what it said when they began. */
export interface NetworkChange {
  readonly edit: NetworkEdit
  readonly before: NetworkEdit
}

/**
 * Changes what differs from the stored document: DHCP ranges, static entries and DNS records of a running network at
 * once, all else at its next start. What fails half-way is taken back.
 * Errors: network-missing, not-persistent, unsupported (a kind of its own), conflict (it does not say `before` any more), xml-invalid, bridge-in-use.
 */
export async function networkEdit(target: Target, uuid: string, { edit, before }: NetworkChange): Promise<NetworkEditOutcome> {
  const network = await readEditable(target, uuid)
  const stored = await networkXml(target, uuid)
  if (changedParts(before, planOfNetwork(readNetwork(parseXml(stored)))).length > 0) throw new AppError('conflict', { uuid })
  const updates = updatesNow(network, parseXml(stored), edit)
  if ((await networkXml(target, uuid)) !== stored) throw new AppError('conflict', { uuid })
  const done = await updateAll(target, uuid, updates)
  try {
    const now = parseXml(await networkXml(target, uuid))
    if (patchNetwork(now, edit)) await networkDefine(target, buildXml(now))
  } catch (error) {
    await takeBack(target, uuid, done)
    throw error
  }
  const { active, pending } = await readOne(target, uuid)
  return { restart: active && pending.length > 0 }
}

/** The document that an edit would store, and the lines that it would run; nothing is changed. Errors: network-missing, not-persistent, unsupported. */
export async function previewNetworkEdit(target: Target, uuid: string, edit: NetworkEdit): Promise<{ readonly xml: string; readonly lines: readonly string[] }> {
  const network = await readEditable(target, uuid)
  const stored = parseXml(await networkXml(target, uuid))
  const updates = updatesNow(network, stored, edit)
  if (updates.length > 0) patchNetwork(stored, withLists(planOfNetwork(readNetwork(stored)), edit))
  const rest = patchNetwork(stored, edit)
  const xml = buildXml(stored)
  return { xml, lines: [...updates.map((one) => updateLine(target, uuid, one)), ...(rest ? [documentLine(target, networkDefineArguments, xml)] : [])] }
}

/** The network as it is, with the lists of an edit that net-update changes. */
function withLists(now: NetworkEdit, edit: NetworkEdit): NetworkEdit {
  const lists = (old: SubnetPlan | null, wanted: SubnetPlan | null): SubnetPlan | null =>
    old && wanted && old.cidr === wanted.cidr && old.gateway === wanted.gateway ? { ...old, dhcp: wanted.dhcp } : old
  return { ...now, ipv4: lists(now.ipv4, edit.ipv4), ipv6: lists(now.ipv6, edit.ipv6), dnsRecords: edit.dnsRecords }
}

async function readEditable(target: Target, uuid: string): Promise<Network> {
  const network = await readOne(target, uuid)
  if (!network.persistent) throw new AppError('not-persistent', { name: network.name })
  if (network.kind === 'other') throw new AppError('unsupported', { name: network.name })
  return network
}

async function readOne(target: Target, uuid: string): Promise<Network> {
  const [network] = await networksByUuid(target, [uuid])
  if (!network) throw new AppError('network-missing', { name: uuid })
  return network
}

/** Where the two documents differ already, an update of both would fail at one of them: all waits then. */
const updatesNow = ({ active, next }: Network, stored: XmlElement, edit: NetworkEdit): NetworkUpdate[] => (active && next === null ? liveUpdates(stored, edit) : [])

/** What of an edit libvirt can do on a running network, deletions first: an address must be free before it is given again. */
export function liveUpdates(stored: XmlElement, edit: NetworkEdit): NetworkUpdate[] {
  if (readNetwork(stored).kind !== edit.kind || !hasAddresses(edit.kind)) return []
  const all = [
    ...addressUpdates(stored, ipOf(stored, 'ipv4'), edit.ipv4),
    ...addressUpdates(stored, ipOf(stored, 'ipv6'), edit.ipv6),
    ...updatesOf(recordChanges(child(stored, 'dns'), edit.dnsRecords), 'dns-host', null),
  ]
  return [...all.filter((one) => one.command === 'delete'), ...all.filter((one) => one.command !== 'delete')]
}

function addressUpdates(stored: XmlElement, ip: XmlElement | undefined, plan: SubnetPlan | null): NetworkUpdate[] {
  if (!ip || !plan || !hasSubnet(ip, plan)) return []
  const parent = children(stored, 'ip').indexOf(ip)
  const dhcp = child(ip, 'dhcp')
  return [
    ...updatesOf(rangeChanges(dhcp, plan.dhcp?.ranges ?? []), 'ip-dhcp-range', parent),
    ...updatesOf(hostChanges(dhcp, plan.dhcp?.hosts ?? []), 'ip-dhcp-host', parent),
  ]
}

function updatesOf({ gone, added }: Changes, section: UpdateSection, parent: number | null): NetworkUpdate[] {
  const update = (command: NetworkUpdate['command']) => (element: XmlElement): NetworkUpdate => ({ command, section, parent, element })
  return [...gone.map(update('delete')), ...added.map(update('add-last'))]
}

/** All of them or none; answers those that were done. What libvirt refuses is left to the next start. */
async function updateAll(target: Target, uuid: string, updates: readonly NetworkUpdate[]): Promise<readonly NetworkUpdate[]> {
  const done: NetworkUpdate[] = []
  try {
    for (const update of updates) {
      await networkUpdate(target, uuid, update)
      done.push(update)
    }
    return done
  } catch (error) {
    await takeBack(target, uuid, done)
    if (isCode(error, 'connection-gone', 'timeout', 'cancelled', 'network-missing', 'permission-denied', 'auth-denied')) throw error
    return []
  }
}

async function takeBack(target: Target, uuid: string, done: readonly NetworkUpdate[]): Promise<void> {
  for (const update of [...done].reverse()) await networkUpdate(target, uuid, inverse(update)).catch(() => undefined) // its line and its error are in the command log
}
