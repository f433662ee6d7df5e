import { useState } from 'react'
import type { Network } from '../../../shared/model/network.ts'
import { isActive } from '../../../shared/model/domain-rules.ts'
import { restartNetwork } from '../../app/network-power.ts'
import { openDialog } from '../../stores/app-store.ts'
import { showError } from '../../ui/notices.tsx'
import { useMachinesOn } from './use-machines.ts'

/** Restarts a network; where machines run on it, they are named first. */
export function useRestart(network: Network): { readonly restart: () => void; readonly busy: boolean } {
  const inUse = useMachinesOn(network).some(isActive)
  const [busy, setBusy] = useState(false)
  const ref = { connection: network.connection, uuid: network.uuid }
  const now = async (): Promise<void> => {
    setBusy(true)
    try {
      await restartNetwork(network)
    } catch (error) {
      showError(error)
    }
    setBusy(false)
  }
  return { busy, restart: () => (inUse ? openDialog({ kind: 'restart-network', ...ref }) : void now()) }
}
