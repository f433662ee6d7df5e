/** The list of what a new machine's network card can be plugged into; pure. */
import { sourceName, type SourceChoice, type SourceEntry, type SourceObstacle, type SourceType } from '../../../shared/model/card-rules.ts'
import type { MachinePlan } from '../../../shared/model/plan.ts'
import { plannedSource } from '../../../shared/model/plan-rules.ts'

export interface NetworkOption {
  readonly value: string
  readonly kind: SourceType | 'none'
  /** Of a kind that has entries; null for the kind itself: one that is off, one whose name is typed, user mode. */
  readonly entry: SourceEntry | null
  readonly obstacle: SourceObstacle | null
}

/**
 * Every entry of every kind; of a kind that cannot be had, or of which names can be typed, one option; no network
 * at all; at last what cannot be had.
 */
export function networkOptions(sources: readonly SourceChoice[]): readonly NetworkOption[] {
  const options = sources.flatMap(({ type, obstacle, entries, open }): readonly NetworkOption[] => {
    const kind = { value: type, kind: type, entry: null, obstacle }
    if (obstacle !== null || entries === null || type === 'user') return [kind]
    // a bridge stands in the list as a bridge already
    const shown = entries.filter((entry) => entry.obstacle?.code !== 'device-is-bridge')
    const listed = shown.map((entry) => ({ value: `${type}:${entry.name}`, kind: type, entry, obstacle: entry.obstacle }))
    return open ? [...listed, kind] : listed
  })
  const able = options.filter(({ obstacle }) => obstacle === null)
  return [...able, { value: 'none', kind: 'none', entry: null, obstacle: null }, ...options.filter(({ obstacle }) => obstacle !== null)]
}

type Network = MachinePlan['network']

export function networkOf(value: string): Network {
  const [kind = '', ...rest] = value.split(':')
  const name = rest.join(':')
  if (kind === 'network' || kind === 'bridge' || kind === 'direct') return { kind, name }
  return { kind: kind === 'none' ? 'none' : 'user' }
}

/** The chosen option's value. */
export function networkValue(network: Network, sources: readonly SourceChoice[]): string {
  if (network.kind === 'user' || network.kind === 'none' || typesName(network, sources)) return network.kind
  return `${network.kind}:${network.name}`
}

/** The name of a bridge or device of a host that cannot be looked at is typed, where it is none of those that are known. */
export function typesName(network: Network, sources: readonly SourceChoice[]): boolean {
  if (network.kind !== 'bridge' && network.kind !== 'direct') return false
  const choice = sources.find((one) => one.type === network.kind)
  return choice !== undefined && (choice.entries === null || (choice.open === true && !choice.entries.some((entry) => entry.name === network.name)))
}

/** The entry that is chosen, where it is one of a list. */
export function networkEntry(network: Network, sources: readonly SourceChoice[]): SourceEntry | null {
  const source = plannedSource(network)
  if (source === null) return null
  return sources.find((one) => one.type === source.type)?.entries?.find((entry) => entry.name === sourceName(source)) ?? null
}
