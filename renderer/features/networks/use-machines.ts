import { useMemo } from 'react'
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

/** The machines with a card on a network, or straight in its bridge or on its device, by their names. */
export function useMachinesOn(network: Place): readonly DomainSummary[] {
  // The store changes often: only who is on the network is asked then, not their order.
  const machines = useAppStore(useShallow((state) => Object.values(state.domains).filter((machine) => isOn(machine, network))))
  return useMemo(() => machines.toSorted((a, b) => compareText(displayName(a), displayName(b))), [machines])
}
