import { useShallow } from 'zustand/react/shallow'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import type { Network } from '../../../shared/model/network.ts'
import { displayName } from '../../../shared/model/domain-rules.ts'
import { useAppStore } from '../../stores/app-store.ts'
import { compareText } from '../../ui/format.ts'

/** The machines with a card on a network, by their names. */
export function useMachinesOn({ connection, name }: Pick<Network, 'connection' | 'name'>): readonly DomainSummary[] {
  const machines = useAppStore(
    useShallow((state) =>
      Object.values(state.domains).filter((one) => one.connection === connection && one.networks.includes(name)),
    ),
  )
  return machines.toSorted((a, b) => compareText(displayName(a), displayName(b)))
}
