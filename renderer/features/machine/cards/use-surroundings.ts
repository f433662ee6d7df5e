import { useEffect, useMemo, useState } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { CardChoices } from '../../../../shared/model/card.ts'
import type { Connection } from '../../../../shared/model/connection.ts'
import { sourceChoices, type SourceChoice } from '../../../../shared/model/card-rules.ts'
import type { DomainDetails, DomainSummary } from '../../../../shared/model/domain.ts'
import type { HostNetworking } from '../../../../shared/model/host-networking.ts'
import type { Network } from '../../../../shared/model/network.ts'
import { call } from '../../../api/client.ts'
import { useAppStore, useConnection } from '../../../stores/app-store.ts'

const none: readonly Network[] = []

/** The networks and machines of a connection, as they are listed. */
export function useNeighbours(connection: string): { readonly networks: readonly Network[]; readonly machines: readonly DomainSummary[] } {
  const networks = useAppStore((state) => state.networks[connection] ?? none)
  const machines = useAppStore(useShallow((state) => Object.values(state.domains).filter((one) => one.connection === connection)))
  return { networks, machines }
}

export interface Surroundings {
  readonly connection: Connection | undefined
  readonly networks: readonly Network[]
  readonly machines: readonly DomainSummary[]
  /** Null until the host has said what it has. */
  readonly choices: readonly SourceChoice[] | null
  readonly models: readonly string[]
}

const usualModels = ['virtio', 'e1000e', 'rtl8139']

/** What a card can be plugged into and which ones there are; read once, when the dialog opens. */
export function useSurroundings({ connection: id, uuid }: Pick<DomainDetails, 'connection' | 'uuid'>): Surroundings {
  const connection = useConnection(id)
  const { networks, machines } = useNeighbours(id)
  const [host, setHost] = useState<HostNetworking | null | undefined>(undefined)
  const [qemu, setQemu] = useState<CardChoices>({ models: usualModels, passt: false })
  useEffect(() => {
    let current = true
    const take = (answer: HostNetworking | null): void => {
      if (current) setHost(answer)
    }
    call('network.host', { connection: id }).then(take, () => take(null))
    // where QEMU cannot be asked, the usual cards are offered
    call('domain.card-choices', { connection: id, uuid }).then((answer) => current && setQemu(answer), () => undefined)
    return () => {
      current = false
    }
  }, [id, uuid])
  const choices = useMemo(
    () => (connection && host !== undefined ? sourceChoices(connection, networks, host).map((one) => (one.type === 'user' ? { ...one, passt: qemu.passt } : one)) : null),
    [connection, networks, host, qemu.passt],
  )
  return { connection, networks, machines, choices, models: qemu.models }
}
