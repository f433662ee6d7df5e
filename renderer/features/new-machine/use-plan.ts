import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { call } from '../../api/client.ts'
import { useAppStore } from '../../stores/app-store.ts'
import type { ConnectionId } from '../../../shared/model/connection.ts'
import type { MachinePlan } from '../../../shared/model/plan.ts'
import { nextForm, type PlanForm } from './form.ts'

/** After this long without a change the host checks the plan. */
const quietMilliseconds = 300

export interface Wish {
  readonly connection: ConnectionId
  readonly path: string
  /** A system chosen by hand (null: unknown); undefined: as recognised. */
  readonly osId?: string | null | undefined
}

export interface PlanState {
  readonly form: PlanForm | null
  /** What is being read, or null. */
  readonly reading: Wish | null
  readonly error: unknown
  /** Asks for a proposal; answers whether it came. An answer that a later wish overtook is dropped. */
  readonly propose: (wish: Wish) => Promise<boolean>
  readonly edit: (patch: Partial<MachinePlan>) => void
  /** The name field was left. */
  readonly leaveName: () => void
}

/** Names of the machines of a connection, which a new one cannot have. */
function useTakenNames(connection: ConnectionId | undefined): readonly string[] {
  return useAppStore(
    useShallow((state) =>
      Object.values(state.domains)
        .filter((domain) => domain.connection === connection)
        .map((domain) => domain.name),
    ),
  )
}

/** The plan as it is proposed, edited and checked. */
export function usePlan(): PlanState {
  const [form, dispatch] = useReducer(nextForm, null)
  const [reading, setReading] = useState<Wish | null>(null)
  const [error, setError] = useState<unknown>(null)
  const wishes = useRef(0)
  const taken = useTakenNames(form?.plan.connection)

  const propose = useCallback(async (wish: Wish): Promise<boolean> => {
    wishes.current += 1
    const mine = wishes.current
    const isLast = (): boolean => mine === wishes.current
    setReading(wish)
    setError(null)
    try {
      const { connection, path, osId } = wish
      const proposal = await call(
        'creation.propose',
        osId === undefined ? { connection, path } : { connection, path, osId },
      )
      if (isLast()) dispatch({ kind: 'proposed', proposal })
      return isLast()
    } catch (reason) {
      if (isLast()) setError(reason)
      return false
    } finally {
      if (isLast()) setReading(null)
    }
  }, [])

  useChecks(form, dispatch)
  const edit = (patch: Partial<MachinePlan>): void => dispatch({ kind: 'edited', patch, taken })
  return { form, reading, error, propose, edit, leaveName: () => dispatch({ kind: 'name-left', taken }) }
}

/** The host's findings for the plan as it is edited. */
function useChecks(form: PlanForm | null, dispatch: (event: Parameters<typeof nextForm>[1]) => void): void {
  const plan = form?.plan
  const asProposed = form !== null && form.plan === form.proposal.plan
  useEffect(() => {
    if (!plan || asProposed) return
    const timer = setTimeout(() => {
      call('creation.check', plan).then(
        (findings) => dispatch({ kind: 'checked', plan, findings }),
        // Create says what is wrong in full; a check that could not run stops nobody.
        () => undefined,
      )
    }, quietMilliseconds)
    return () => clearTimeout(timer)
  }, [plan, asProposed, dispatch])
}
