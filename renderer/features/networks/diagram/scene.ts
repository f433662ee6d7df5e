/** What a network's picture shows: who is in it and what is joined to what. Pure; places are layout.ts's, words are words.ts's. */
import type { DomainSummary } from '../../../../shared/model/domain.ts'
import type { Network } from '../../../../shared/model/network.ts'
import { displayName, isActive } from '../../../../shared/model/domain-rules.ts'
import { summariseNetwork, type NoAddress } from '../../../../shared/model/network-summary.ts'
import { hasDhcp } from '../../../../shared/model/reach.ts'

/** So many machines are drawn; the rest are one node. */
export const MOST_DRAWN = 12

/** What the host does in the network. */
export type Role = 'router' | 'nat' | 'dhcp' | 'dns'

export interface SceneMachine {
  readonly domain: DomainSummary
  readonly name: string
  readonly running: boolean
  /** Without prefix lengths. */
  readonly addresses: readonly string[]
  /** Why there is none; null where there is one. */
  readonly noAddress: NoAddress | null
}

export interface Scene {
  /** `host`: what leaves goes through the host; `lan`: the machines are on the host's own local network. */
  readonly shape: 'host' | 'lan'
  /** Whether machines get outside: through the host, or straight. */
  readonly outside: boolean
  /** Whether machines and host reach each other. */
  readonly host: boolean
  /** The host's device that traffic leaves by, where one is named. */
  readonly device: string | null
  readonly roles: readonly Role[]
  /** The host's addresses in the network. */
  readonly addresses: readonly string[]
  /** The bridge, or macvtap's device. */
  readonly hub: string | null
  /** Running ones first. */
  readonly machines: readonly SceneMachine[]
  /** How many of them are drawn. */
  readonly drawn: number
}

/** The picture of a network with these machines on it. */
export function sceneOf(network: Network, domains: readonly DomainSummary[]): Scene {
  const { kind } = network
  const lan = kind === 'bridge' || kind === 'macvtap' || kind === 'other'
  const machines = domains.map((domain) => machineOf(network, domain)).toSorted((a, b) => Number(b.running) - Number(a.running))
  return {
    shape: lan ? 'lan' : 'host',
    outside: kind !== 'isolated' && kind !== 'very-isolated',
    host: kind !== 'very-isolated' && kind !== 'macvtap' && kind !== 'other',
    device: lan ? null : network.forwardDevice,
    roles: rolesOf(network),
    addresses: network.addresses.map((one) => one.address),
    hub: kind === 'macvtap' ? network.forwardDevice : network.bridge,
    machines,
    drawn: Math.min(machines.length, MOST_DRAWN),
  }
}

function rolesOf(network: Network): readonly Role[] {
  const { kind } = network
  const routes = kind === 'nat' || kind === 'route' || kind === 'open'
  const names = network.dns && network.addresses.length > 0
  const all: readonly (readonly [Role, boolean])[] = [
    ['router', routes],
    ['nat', kind === 'nat'],
    ['dhcp', hasDhcp(network)],
    ['dns', names],
  ]
  return all.filter(([, has]) => has).map(([role]) => role)
}

function machineOf(network: Network, domain: DomainSummary): SceneMachine {
  const lines = summariseNetwork(network, [domain])
  const addresses = [...new Set(lines.flatMap((line) => line.addresses.map((one) => one.address)))]
  return {
    domain,
    name: displayName(domain),
    running: isActive(domain),
    addresses,
    noAddress: addresses.length > 0 ? null : (lines[0]?.noAddress ?? 'unknown'),
  }
}
