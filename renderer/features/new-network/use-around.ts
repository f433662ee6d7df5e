import { useMemo, useState } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { ConnectionId } from '../../../shared/model/connection.ts'
import type { HostNetworking } from '../../../shared/model/host-networking.ts'
import type { Network } from '../../../shared/model/network.ts'
import type { Around } from '../../../shared/model/network-checks.ts'
import { call } from '../../api/client.ts'
import { appStore, useAppStore } from '../../stores/app-store.ts'
import { useRefreshWhileVisible } from '../../ui/use-refresh-while-visible.ts'

const none: readonly Network[] = []

export interface AroundState {
  readonly around: Around
  /** Null where it cannot be looked at, undefined until it has answered. */
  readonly host: HostNetworking | null | undefined
}

/** What a network is checked against: the others of its connection, and the host's own network, read again when one comes back from a terminal. */
export function useAround(connection: ConnectionId, own?: string): AroundState {
  const networks = useAppStore(useShallow((state) => state.networks[connection] ?? none))
  const [host, setHost] = useState<HostNetworking | null>()
  useRefreshWhileVisible(
    async () => {
      const [fresh, listed] = await Promise.all([
        call('network.host', { connection }).catch(() => null),
        call('network.list', { connection }).catch(() => null),
      ])
      setHost(fresh)
      if (listed) appStore.setState((state) => ({ networks: { ...state.networks, [connection]: listed } }))
    },
    30_000,
    connection,
  )
  const around = useMemo(() => ({ networks, host: host ?? null, ...(own === undefined ? {} : { own }) }), [networks, host, own])
  return { around, host }
}
