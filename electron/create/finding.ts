import type { PlanFinding } from '../../shared/model/plan.ts'

type Params = PlanFinding['params']

/** Remarks on a plan; their sentences are `findings:<code>`. */
export const error = (field: PlanFinding['field'], code: string, params: Params = {}): PlanFinding => ({ field, level: 'error', code, params })
export const warning = (field: PlanFinding['field'], code: string, params: Params = {}): PlanFinding => ({ field, level: 'warning', code, params })
export const note = (field: PlanFinding['field'], code: string, params: Params = {}): PlanFinding => ({ field, level: 'note', code, params })
