/** Whether a plan makes a disk of its own, and where. */
import type { MachinePlan } from '../../shared/model/plan.ts'
import { DEFAULT_POOL, type FolderPool, type Surroundings } from './surroundings.ts'

/** A new disk for an ISO, or a copy of an image. */
export function makesDisk(plan: MachinePlan): boolean {
  return plan.mediaKind === 'iso' ? plan.diskBytes !== null : plan.imageUse === 'copy'
}

/** The default pool is made first: it was proposed as there was none, a disk goes there, and nobody has made it meanwhile. */
export function makesDefaultPool(plan: MachinePlan, around: Pick<Surroundings, 'pools'>): boolean {
  return makesDisk(plan) && plan.createDefaultPool && plan.target.kind === 'pool' && plan.target.pool === DEFAULT_POOL && !poolNamed(around, DEFAULT_POOL)
}

export const poolNamed = (around: Pick<Surroundings, 'pools'>, name: string): FolderPool | undefined => around.pools.find((pool) => pool.name === name)
