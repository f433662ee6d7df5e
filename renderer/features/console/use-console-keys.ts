import { useCallback, type RefObject } from 'react'
import { call } from '../../api/client.ts'
import type { MachineRef } from '../../stores/dialogs.ts'
import { showError } from '../../ui/notices.tsx'
import type { DisplayHandle } from './DisplayView.tsx'
import { linuxKeysOf, pressCombination, type CombinationId } from './keyboard/combinations.ts'

/** Sends a combination by the display while it is connected, else by libvirt, which needs no display. */
export function useConsoleKeys(
  { connection, uuid }: MachineRef,
  display: RefObject<DisplayHandle | null>,
  connected: boolean,
): (id: CombinationId) => void {
  return useCallback(
    (id) => {
      if (connected && display.current) {
        pressCombination(id, display.current.sendKey)
        display.current.focus()
      } else call('console.send-keys', { connection, uuid, keys: linuxKeysOf(id) }).catch(showError)
    },
    [connection, uuid, display, connected],
  )
}
