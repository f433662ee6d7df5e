/** Which pools are being worked with now: one that several put something into is nobody's to take back. */
import { AppError } from '../../shared/model/error.ts'
import type { Target } from '../libvirt/target.ts'
import { workersOn, workWith } from '../system/at-work.ts'

const keyOf = (target: Target, pool: string): string => JSON.stringify([target.uri, pool])

/** Notes that somebody works with these pools, until the function that it answers is called. */
export const workWithPools = (target: Target, pools: readonly string[]): (() => void) => workWith(new Set(pools.map((pool) => keyOf(target, pool))), '')

/** Whether others than one work with it. */
export const isShared = (target: Target, pool: string): boolean => workersOn(keyOf(target, pool)).length > 1

/** Whether anybody works with it. */
export const isBusyPool = (target: Target, pool: string): boolean => workersOn(keyOf(target, pool)).length > 0

/** libvirt stops a pool under whoever puts something into it. Errors: pool-busy (params.pool). */
export function refuseBusyPool(target: Target, pool: string): void {
  if (isBusyPool(target, pool)) throw new AppError('pool-busy', { pool })
}
