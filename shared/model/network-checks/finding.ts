import type { NetworkFinding } from '../network-plan.ts'

type Params = NetworkFinding['params']

/** Remarks on a field of a plan; their sentences are `findings:<code>`. */
export const error = (field: string, code: string, params: Params = {}): NetworkFinding => ({ field, level: 'error', code, params })
export const warning = (field: string, code: string, params: Params = {}): NetworkFinding => ({ field, level: 'warning', code, params })
export const note = (field: string, code: string, params: Params = {}): NetworkFinding => ({ field, level: 'note', code, params })
