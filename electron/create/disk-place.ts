/** Whether a plan makes files of its own, and where. */
import type { MachinePlan } from '../../shared/model/plan.ts'
import { storesFiles } from '../../shared/model/plan-rules.ts'
import { DEFAULT_POOL, type FolderPool, type Surroundings } from './surroundings.ts'

export { copiesIso, makesDisk, storesFiles } from '../../shared/model/plan-rules.ts'

/** The default pool is made first: it was proposed as there was none, a file goes there, and nobody has made it meanwhile. */
export function makesDefaultPool(plan: MachinePlan, around: Pick<Surroundings, 'pools' | 'kind'>): boolean {
  return storesFiles(plan, around.kind) && plan.createDefaultPool && plan.target.kind === 'pool' && plan.target.pool === DEFAULT_POOL && !poolNamed(around, DEFAULT_POOL)
}

export const poolNamed = (around: Pick<Surroundings, 'pools'>, name: string): FolderPool | undefined => around.pools.find((pool) => pool.name === name)
