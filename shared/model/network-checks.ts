/** What is wrong with a network before libvirt is asked; what libvirt refuses was measured on libvirt 9.0. */
import { others, type Around } from './network-checks/around.ts'
import { error } from './network-checks/finding.ts'
import type { NetworkFinding, NetworkPlan } from './network-plan.ts'

export type { Around } from './network-checks/around.ts'

/** Everything that can be said about a plan; errors stop Create. */
export function checkNetwork(plan: NetworkPlan, around: Around): NetworkFinding[] {
  return checkName(plan.name, around)
}

function checkName(name: string, around: Around): NetworkFinding[] {
  if (name.trim() === '') return [error('name', 'network-name-empty')]
  return others(around).some((one) => one.name === name) ? [error('name', 'network-name-taken', { name })] : []
}
