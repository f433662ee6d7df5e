import { useShallow } from 'zustand/react/shallow'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import type { Network } from '../../../shared/model/network.ts'
import { displayName } from '../../../shared/model/domain-rules.ts'
import { isPluggedInto } from '../../../shared/model/network-machines.ts'
import { useAppStore } from '../../stores/app-store.ts'
import { compareText } from '../../ui/format.ts'

type Place = Pick<Network, 'connection' | 'name' | 'kind' | 'bridge' | 'forwardDevice'>

const isOn = (machine: DomainSummary, network: Place): boolean =>
  machine.connection === network.connection && machine.cards.some((card) => isPluggedInto(card, network))

const byName = (a: DomainSummary, b: DomainSummary): number => compareText(displayName(a), displayName(b))

function machinesOn(network: Place, domains: Readonly<Record<string, DomainSummary>>): readonly DomainSummary[] {
  return Object.values(domains)
    .filter((machine) => isOn(machine, network))
    .toSorted(byName)
}

/** The machines with a card on a network, or straight in its bridge or on its device, by their names. */
export function useMachinesOn(network: Place): readonly DomainSummary[] {
  return useAppStore(useShallow((state) => machinesOn(network, state.domains)))
}
