import { useCallback, useEffect, useRef, useState } from 'react'
import type { PortForwards } from '../../../../shared/model/card.ts'
import type { DomainDetails } from '../../../../shared/model/domain.ts'
import { call } from '../../../api/client.ts'

export interface PortsState {
  readonly ports: readonly PortForwards[]
  /** Puts in what a request answered. */
  readonly put: (ports: readonly PortForwards[]) => void
}

const none: readonly PortForwards[] = []

/** The forwarded ports of a machine's cards of user mode, read whenever its details were. */
export function usePorts(details: DomainDetails): PortsState {
  const [ports, setPorts] = useState(none)
  const readings = useRef(0)
  const { connection, uuid, live, config } = details
  const has = [...(live?.interfaces ?? []), ...(config?.interfaces ?? [])].some((card) => card.type === 'user')
  useEffect(() => {
    const mine = ++readings.current
    if (!has) return
    // a machine that is gone, or no QEMU, forwards nothing
    const take = (answer: readonly PortForwards[]): void => {
      if (mine === readings.current) setPorts(answer)
    }
    call('domain.port-forwards', { connection, uuid }).then(take, () => take(none))
  }, [connection, uuid, has, details])
  const put = useCallback((answer: readonly PortForwards[]): void => {
    readings.current += 1
    setPorts(answer)
  }, [])
  return { ports: has ? ports : none, put }
}
