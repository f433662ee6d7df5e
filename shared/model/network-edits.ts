/** What of a network an edit changes, and what becomes of it where somebody else has changed the network meanwhile. */
import type { NetworkEdit } from './network-plan.ts'

/** In the order of the form. */
const editParts = [
  'kind', 'hostBridge', 'hostDevice', 'ipv4', 'ipv6', 'dhcp', 'ranges', 'hosts', 'domain', 'dnsRecords', 'forwardDevice', 'mtu', 'bridge',
] as const
export type EditPart = (typeof editParts)[number]

const families = ['ipv4', 'ipv6'] as const
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Parts whose text differs. */
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

/** A person's edit of a network that says something else by now: what they did not touch is taken over, what they did stays. */
export function rebaseEdit(before: NetworkEdit, mine: NetworkEdit, now: NetworkEdit): NetworkEdit {
  return rebase(before, mine, now) as NetworkEdit
}

/** Field by field where all three have fields; lists are taken whole. */
function rebase(before: unknown, mine: unknown, now: unknown): unknown {
  if (same(before, mine)) return now
  if (!hasFields(before) || !hasFields(mine) || !hasFields(now)) return mine
  return Object.fromEntries(Object.keys(mine).map((field) => [field, rebase(before[field], mine[field], now[field])]))
}

const hasFields = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)
