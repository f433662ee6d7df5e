/** Whether a machine will have a VNC display at its next start, and the change of that. */
import { useCallback, useEffect, useState } from 'react'
import type { DomainDetails } from '../../../shared/model/domain.ts'
import { call } from '../../api/client.ts'
import type { MachineRef } from '../../stores/dialogs.ts'
import { showError } from '../../ui/notices.tsx'

export interface VncBeside {
  /** Null while it is not known, and for a machine that has no next start. */
  readonly planned: boolean | null
  readonly busy: boolean
  readonly add: () => void
  readonly undo: () => void
}

export function useVncBeside({ connection, uuid }: MachineRef): VncBeside {
  const [planned, setPlanned] = useState<boolean | null>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    let current = true
    call('domain.get', { connection, uuid }).then(
      (details) => current && setPlanned(hasVnc(details)),
      () => undefined, // the page says itself what is wrong with the machine
    )
    return () => {
      current = false
    }
  }, [connection, uuid])
  const change = useCallback(
    async (name: 'domain.add-vnc' | 'domain.remove-vnc'): Promise<void> => {
      setBusy(true)
      try {
        setPlanned(hasVnc(await call(name, { connection, uuid })))
      } catch (error) {
        showError(error)
      } finally {
        setBusy(false)
      }
    },
    [connection, uuid],
  )
  return { planned, busy, add: () => void change('domain.add-vnc'), undo: () => void change('domain.remove-vnc') }
}

const hasVnc = ({ config }: DomainDetails): boolean | null => config && config.graphics.some(({ type }) => type === 'vnc')
