/** What is to be said about leases: an old one must not be taken for a machine's address. */
import type { DomainSummary } from '../../../shared/model/domain.ts'
import type { Network, NetworkLease } from '../../../shared/model/network.ts'
import { isActive } from '../../../shared/model/domain-rules.ts'
import { isPluggedInto, sameMac } from '../../../shared/model/network-machines.ts'

/**
 * `current`: of a running machine's card; `off`: its machine is off; `replaced`: the card has a newer one; `expired`; `elsewhere`: the
 * card's machine is not on this network any more; `stranger`: no machine has that card.
 */
export type LeaseState = 'current' | 'off' | 'replaced' | 'expired' | 'elsewhere' | 'stranger'

export interface LeaseRow {
  readonly lease: NetworkLease
  /** Whose card it is, on this network or not. */
  readonly machine: DomainSummary | null
  readonly state: LeaseState
}

/** libvirt's leases without an end have the time 0. */
export const neverEnds = (lease: Pick<NetworkLease, 'expiresAt'>): boolean => lease.expiresAt <= 0

const hasEnded = (lease: NetworkLease, nowSeconds: number): boolean => !neverEnds(lease) && lease.expiresAt <= nowSeconds

const isIpv6 = (lease: NetworkLease): boolean => lease.address.includes(':')

const endOf = (lease: NetworkLease): number => (neverEnds(lease) ? Infinity : lease.expiresAt)

function isReplaced(lease: NetworkLease, all: readonly NetworkLease[]): boolean {
  return all.some((one) => one !== lease && sameMac(one.mac, lease.mac) && isIpv6(one) === isIpv6(lease) && endOf(one) > endOf(lease))
}

/** Every lease with its machine and what it is worth; current ones first, then by address. `domains`: all of the connection. */
export function leaseRows(
  network: Pick<Network, 'name' | 'kind' | 'bridge' | 'forwardDevice'>,
  leases: readonly NetworkLease[],
  domains: readonly DomainSummary[],
  nowSeconds: number,
): readonly LeaseRow[] {
  return leases
    .map((lease): LeaseRow => {
      const has = (domain: DomainSummary, here: boolean): boolean =>
        domain.cards.some((card) => sameMac(card.mac, lease.mac) && (!here || isPluggedInto(card, network)))
      const machine = domains.find((one) => has(one, true)) ?? domains.find((one) => has(one, false)) ?? null
      return { lease, machine, state: stateOf(machine, machine !== null && has(machine, true)) }

      function stateOf(owner: DomainSummary | null, here: boolean): LeaseState {
        if (hasEnded(lease, nowSeconds)) return 'expired'
        if (owner === null) return 'stranger'
        if (!here) return 'elsewhere'
        if (isReplaced(lease, leases)) return 'replaced'
        return isActive(owner) ? 'current' : 'off'
      }
    })
    .toSorted((a, b) => order(a) - order(b) || a.lease.address.localeCompare(b.lease.address, 'en', { numeric: true }))
}

const order = ({ state }: LeaseRow): number => (state === 'current' ? 0 : state === 'off' ? 1 : 2)

/** Addresses that are lent to these cards now, newest lease of each family. */
export function currentAddresses(leases: readonly NetworkLease[], macs: readonly (string | null)[], nowSeconds: number): readonly string[] {
  return leases
    .filter((lease) => macs.some((mac) => sameMac(mac, lease.mac)) && !hasEnded(lease, nowSeconds) && !isReplaced(lease, leases))
    .map((lease) => lease.address)
}
