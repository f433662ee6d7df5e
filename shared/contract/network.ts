import { z } from 'zod'
import type { HostNetworking } from '../model/host-networking.ts'
import { plannedKinds, type NetworkEdit, type NetworkEditOutcome, type NetworkFinding, type NetworkPlan, type NetworkStartOutcome } from '../model/network-plan.ts'
import type { Network, NetworkLease } from '../model/network.ts'
import type { SavedXml } from '../model/xml-edit.ts'
import { call, connectionId, editedXml, objectRef, onConnection, shortText, uuid } from './define.ts'

/** What is wrong with a field is said by checkNetwork, so that much may be in it here. */
const word = z.string().max(200)
const many = 1_000
const ranges = z.array(z.strictObject({ start: word, end: word })).max(many).readonly()
const hosts = z.array(z.strictObject({ mac: word, address: word, name: shortText })).max(many).readonly()
const subnet = z.strictObject({ cidr: word, gateway: word.nullable(), dhcp: z.strictObject({ ranges, hosts }).nullable() })

const editFields = {
  kind: z.enum(plannedKinds),
  forwardDevice: word.nullable(),
  ipv4: subnet.nullable(),
  ipv6: subnet.nullable(),
  domain: shortText,
  dnsRecords: z.array(z.strictObject({ address: word, names: z.array(shortText).max(many).readonly() })).max(many).readonly(),
  mtu: z.number().nullable(),
  bridge: word,
  hostBridge: word,
  hostDevice: word,
}
const networkEdit = z.strictObject(editFields) satisfies z.ZodType<NetworkEdit>
const networkPlan = z.strictObject({
  connection: connectionId,
  name: shortText,
  ...editFields,
  start: z.boolean(),
  autostart: z.boolean(),
}) satisfies z.ZodType<NetworkPlan>
const editOf = z.strictObject({ connection: connectionId, uuid, edit: networkEdit })
const editFrom = editOf.extend({ before: networkEdit })

export const networkRequests = {
  'network.list': call(onConnection)<readonly Network[]>(),
  'network.leases': call(objectRef)<readonly NetworkLease[]>(),
  /** Its running machines are plugged in again. Errors: already-active, and why it does not start. */
  'network.start': call(objectRef)<NetworkStartOutcome>(),
  /** Machines on it lose their network. Errors: network-missing, network-inactive. */
  'network.stop': call(objectRef)<void>(),
  /** Stops and starts it, and plugs its running machines in again. Errors: network-missing, and why it does not start. */
  'network.restart': call(objectRef)<NetworkStartOutcome>(),
  /** Stops it where it is on, and forgets it. Errors: network-missing. */
  'network.delete': call(objectRef)<void>(),
  /** Whether the network starts with the host. Errors: network-missing; a transient one is refused in libvirt's own words. */
  'network.set-autostart': call(z.strictObject({ connection: connectionId, uuid, autostart: z.boolean() }))<void>(),
  'network.xml': call(objectRef)<{ readonly xml: string }>(),
  /** Stores its document as a person has edited it. Errors: network-missing, not-persistent, conflict, xml-invalid (params.line), xml-uuid, xml-name. */
  'network.define-xml': call(editedXml)<SavedXml>(),
  /** The network of the connection's host; null where nothing is known of it. */
  'network.host': call(onConnection)<HostNetworking | null>(),
  /** What is to be said about a network before it is made. */
  'network.check': call(networkPlan)<{ readonly findings: readonly NetworkFinding[] }>(),
  /** Its document, and the lines that Create would run. Errors: invalid-input (params.finding). */
  'network.preview': call(networkPlan)<{ readonly xml: string; readonly lines: readonly string[] }>(),
  /** Makes it; what fails leaves nothing. Errors: invalid-input (params.finding), network-forbidden, and why it does not start. */
  'network.create': call(networkPlan)<{ readonly uuid: string }>(),
  'network.check-edit': call(editOf)<{ readonly findings: readonly NetworkFinding[] }>(),
  /** The document that would be stored, and the lines that Save would run; no lines where nothing differs. Errors: invalid-input (params.finding), network-missing. */
  'network.preview-edit': call(editOf)<{ readonly xml: string; readonly lines: readonly string[] }>(),
  /**
   * Changes what differs, at once where libvirt can. `before`: what the network said when the person began.
   * Errors: invalid-input (params.finding), network-missing, conflict (it says something else by now).
   */
  'network.edit': call(editFrom)<NetworkEditOutcome>(),
}
