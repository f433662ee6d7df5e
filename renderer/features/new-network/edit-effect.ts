/** What of an edit libvirt can do on the running network, and what waits for its next start. https://libvirt.org/html/libvirt-libvirt-network.html#virNetworkUpdate */
import type { NetworkEdit } from '../../../shared/model/network-plan.ts'

export const editParts = [
  'kind', 'hostBridge', 'hostDevice', 'ipv4', 'ipv6', 'dhcp', 'ranges', 'hosts', 'domain', 'dnsRecords', 'forwardDevice', 'mtu', 'bridge',
] as const
export type EditPart = (typeof editParts)[number]

export interface EditEffect {
  readonly now: readonly EditPart[]
  readonly restart: readonly EditPart[]
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
const families = ['ipv4', 'ipv6'] as const

/** Parts whose text differs, in the order of the form. */
export function changedParts(before: NetworkEdit, after: NetworkEdit): readonly EditPart[] {
  const plain = (['kind', 'hostBridge', 'hostDevice', 'domain', 'dnsRecords', 'forwardDevice', 'mtu', 'bridge'] as const).filter(
    (part) => !same(before[part], after[part]),
  )
  const found = new Set<EditPart>(plain)
  for (const family of families) {
    const [was, is] = [before[family], after[family]]
    if (was?.cidr !== is?.cidr || was?.gateway !== is?.gateway) found.add(family)
    const [had, has] = [was?.dhcp ?? null, is?.dhcp ?? null]
    if ((had === null) !== (has === null)) found.add('dhcp')
    if (had && has && !same(had.ranges, has.ranges)) found.add('ranges')
    if (had && has && !same(had.hosts, has.hosts)) found.add('hosts')
  }
  return editParts.filter((part) => found.has(part))
}

/** net-update changes ranges, static entries and DNS records; with anything else beside them all of it waits together. */
export function effectOf(before: NetworkEdit, after: NetworkEdit): EditEffect {
  const changed = changedParts(before, after)
  const live = (part: EditPart): boolean => part === 'ranges' || part === 'hosts' || part === 'dnsRecords'
  return { now: changed.filter(live), restart: changed.filter((part) => !live(part)) }
}
