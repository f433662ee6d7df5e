/** What is to be said about leases: an old one must not be taken for a machine's address. */
import type { DomainAddress, DomainSummary } from '../../../shared/model/domain.ts'
import type { Network, NetworkLease } from '../../../shared/model/network.ts'
import { isActive } from '../../../shared/model/domain-rules.ts'
import { isPluggedInto, sameMac } from '../../../shared/model/network-machines.ts'
import { summariseNetwork } from '../../../shared/model/network-summary.ts'

/**
 * `current`: the address of a running machine; `before`: lent before that machine's present start, or replaced by another; `off`: its
 * machine is off; `expired`; `elsewhere`: the card's machine is not on this network any more; `stranger`: no machine has that card.
 */
export type LeaseState = 'current' | 'before' | 'off' | 'expired' | 'elsewhere' | 'stranger'

export interface LeaseRow {
  readonly lease: NetworkLease
  /** Whose card it is, on this network or not. */
  readonly machine: DomainSummary | null
  readonly state: LeaseState
}

type Place = Pick<Network, 'name' | 'kind' | 'bridge' | 'forwardDevice'>

/** libvirt's leases without an end have the time 0. */
export const neverEnds = (lease: Pick<NetworkLease, 'expiresAt'>): boolean => lease.expiresAt <= 0

const hasCard = (machine: DomainSummary, { mac }: NetworkLease, network: Place | null): boolean =>
  machine.cards.some((card) => sameMac(card.mac, mac) && (network === null || isPluggedInto(card, network)))

const hasAddress = (machine: DomainSummary, { address }: NetworkLease): boolean => machine.addresses.some((one) => one.address === address)

/** The addresses of a machine's cards on a network. */
export function addressesOn(network: Network, machine: DomainSummary): readonly DomainAddress[] {
  return summariseNetwork(network, [machine]).flatMap((line) => line.addresses)
}

/** Whether the addresses of a running machine are told by what is known: it has some, and each of its leases is among them. */
export function isTold(network: Network, machine: DomainSummary, leases: readonly NetworkLease[]): boolean {
  const own = leases.filter((lease) => hasCard(machine, lease, network))
  return addressesOn(network, machine).length > 0 && own.every((lease) => hasAddress(machine, lease))
}

function stateOf(network: Place, lease: NetworkLease, machine: DomainSummary | null, nowSeconds: number): LeaseState {
  if (!neverEnds(lease) && lease.expiresAt <= nowSeconds) return 'expired'
  if (machine === null) return 'stranger'
  if (!hasCard(machine, lease, network)) return 'elsewhere'
  if (!isActive(machine)) return 'off'
  return hasAddress(machine, lease) ? 'current' : 'before'
}

/** Every lease with its machine and what it is worth; current ones first, then by address. `machines`: all of the connection. */
export function leaseRows(
  network: Place,
  leases: readonly NetworkLease[],
  machines: readonly DomainSummary[],
  nowSeconds: number,
): readonly LeaseRow[] {
  return leases
    .map((lease): LeaseRow => {
      const machine = machines.find((one) => hasCard(one, lease, network)) ?? machines.find((one) => hasCard(one, lease, null)) ?? null
      return { lease, machine, state: stateOf(network, lease, machine, nowSeconds) }
    })
    .toSorted((a, b) => order(a) - order(b) || a.lease.address.localeCompare(b.lease.address, 'en', { numeric: true }))
}

const order = ({ state }: LeaseRow): number => (state === 'current' ? 0 : state === 'off' ? 1 : 2)
