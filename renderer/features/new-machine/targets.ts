/** The places where a new disk can lie, as values of a choice. */
import type { MachinePlan } from '../../../shared/model/plan.ts'
import type { PlanForm } from './form.ts'

/** Name of the pool that is made where there is none; virt-manager's too. */
export const defaultPool = 'default'

export type TargetChoice =
  | {
      readonly kind: 'pool'
      readonly value: string
      readonly name: string
      readonly path: string
      readonly active: boolean
    }
  | { readonly kind: 'new-default'; readonly value: string; readonly path: string }
  | { readonly kind: 'folder'; readonly value: string; readonly path: string }

/** Pools first, then the default pool where there is none of that name, then a folder that was picked. */
export function targetChoices({ plan, proposal }: Pick<PlanForm, 'plan' | 'proposal'>): readonly TargetChoice[] {
  const pools = proposal.pools.map((pool) => ({
    kind: 'pool' as const,
    value: `pool:${pool.name}`,
    name: pool.name,
    path: pool.path,
    active: pool.active,
  }))
  const missing = !proposal.pools.some((pool) => pool.name === defaultPool)
  return [
    ...pools,
    ...(missing ? [{ kind: 'new-default' as const, value: 'new-default', path: proposal.defaultPoolPath }] : []),
    ...(plan.target.kind === 'folder'
      ? [{ kind: 'folder' as const, value: `folder:${plan.target.path}`, path: plan.target.path }]
      : []),
  ]
}

/** The value of what the plan says now. */
export function targetValue(plan: Pick<MachinePlan, 'target' | 'createDefaultPool'>): string {
  if (plan.createDefaultPool) return 'new-default'
  return plan.target.kind === 'folder' ? `folder:${plan.target.path}` : `pool:${plan.target.pool}`
}

/** What a value means for the plan. */
export function targetOf(value: string): Pick<MachinePlan, 'target' | 'createDefaultPool'> {
  if (value === 'new-default') return { target: { kind: 'pool', pool: defaultPool }, createDefaultPool: true }
  const [kind, rest] = [value.slice(0, value.indexOf(':')), value.slice(value.indexOf(':') + 1)]
  return {
    target: kind === 'folder' ? { kind: 'folder', path: rest } : { kind: 'pool', pool: rest },
    createDefaultPool: false,
  }
}
