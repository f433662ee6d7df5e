/** The kinds of networks as they are offered: by name, with DHCP as part of the choice where the course makes it one. */
import type { NetworkEdit, PlannedKind } from '../../../shared/model/network-plan.ts'
import { reachOf, type NetworkReach } from '../../../shared/model/reach.ts'

export const choices = ['nat', 'route', 'open', 'isolated-dhcp', 'isolated', 'very-isolated', 'bridge', 'macvtap'] as const
export type Choice = (typeof choices)[number]

/** The course's two groups: private virtual networks, and those on the host's own network. */
export const choiceGroups = [
  { id: 'private', choices: choices.slice(0, 6) },
  { id: 'public', choices: choices.slice(6) },
] as const satisfies readonly { readonly id: string; readonly choices: readonly Choice[] }[]

/** The kind that a choice means, and whether it begins with DHCP. */
export function kindOfChoice(choice: Choice): { readonly kind: PlannedKind; readonly dhcp: boolean } {
  if (choice === 'isolated-dhcp') return { kind: 'isolated', dhcp: true }
  return { kind: choice, dhcp: choice === 'nat' || choice === 'route' || choice === 'open' }
}

export function handsOut({ ipv4, ipv6 }: Pick<NetworkEdit, 'ipv4' | 'ipv6'>): boolean {
  return (ipv4?.dhcp ?? null) !== null || (ipv6?.dhcp ?? null) !== null
}

export function choiceOf(plan: Pick<NetworkEdit, 'kind' | 'ipv4' | 'ipv6'>): Choice {
  return plan.kind === 'isolated' && handsOut(plan) ? 'isolated-dhcp' : plan.kind
}

/** The row of the matrix for a choice, with its own answer to DHCP. */
export function reachOfChoice(choice: Choice): NetworkReach {
  const { kind, dhcp } = kindOfChoice(choice)
  const row = reachOf(kind, { dhcp })
  if (!row) throw new Error(`no row for ${kind}`)
  return row
}
