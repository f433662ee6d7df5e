import type { EventName, Events } from '../../shared/contract/index.ts'

/** Says something to every page. */
export type Emit = <N extends EventName>(event: N, payload: Events[N]) => void
