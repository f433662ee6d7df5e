/** What of an edit libvirt can do on the running network, and what waits for its next start. https://libvirt.org/html/libvirt-libvirt-network.html#virNetworkUpdate */
import { changedParts, type EditPart } from '../../../shared/model/network-edits.ts'
import type { NetworkEdit } from '../../../shared/model/network-plan.ts'
import { hasAddresses } from '../../../shared/model/network-proposal.ts'

export interface EditEffect {
  readonly now: readonly EditPart[]
  readonly restart: readonly EditPart[]
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
const families = ['ipv4', 'ipv6'] as const

/** Whether what DHCP does in a family can change while the network runs: its subnet stays. */
function staysUp(before: NetworkEdit, after: NetworkEdit): boolean {
  return families.every((family) => {
    const [was, is] = [before[family], after[family]]
    const dhcpChanged = !same(was?.dhcp ?? null, is?.dhcp ?? null)
    return !dhcpChanged || (was !== null && is !== null && was.cidr === is.cidr && was.gateway === is.gateway)
  })
}

/**
 * net-update changes DHCP and DNS records of a running network; of one that becomes of another kind, or on which
 * something waits already (`waiting`), all waits together. https://libvirt.org/manpages/virsh.html#net-update
 */
export function effectOf(before: NetworkEdit, after: NetworkEdit, waiting = false): EditEffect {
  const changed = changedParts(before, after)
  const running = !waiting && before.kind === after.kind && hasAddresses(after.kind)
  const dhcp = running && staysUp(before, after)
  const live = (part: EditPart): boolean => (part === 'dnsRecords' ? running : (part === 'dhcp' || part === 'ranges' || part === 'hosts') && dhcp)
  return { now: changed.filter(live), restart: changed.filter((part) => !live(part)) }
}
