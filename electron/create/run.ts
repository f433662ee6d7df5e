/** Makes the machine of a plan, step by step; a step that fails, or a person who cancels, takes back everything before. */
import { AppError } from '../../shared/model/error.ts'
import type { MachinePlan } from '../../shared/model/plan.ts'
import { workWith } from '../system/at-work.ts'
import type { CreationDependencies } from './dependencies.ts'
import { identityOf, takeIdentity } from './identity.ts'
import { journalOf, type Purpose } from './journal.ts'
import { machineSteps } from './machine-steps.ts'
import { checkPlan } from './plan.ts'
import { runSteps, type CreationControl } from './run-steps.ts'
import { lineOf } from './work.ts'

export type { CreationControl } from './run-steps.ts'

/** The lines that createMachine would run for this plan, in their order. */
export async function previewCommands(deps: CreationDependencies, plan: MachinePlan): Promise<string[]> {
  const steps = await machineSteps(deps, plan, identityOf(plan))
  return steps.map((step) => lineOf(deps.target, step.work))
}

/**
 * Makes and starts the machine. With a purpose the next start of an app that dies in the middle tells of it.
 * Errors: invalid-input (params.finding, where the plan has one that stops it), and those of runSteps.
 */
export async function createMachine(deps: CreationDependencies, plan: MachinePlan, control: CreationControl, purpose?: Purpose): Promise<{ uuid: string }> {
  const wrong = (await checkPlan(deps, plan)).find((finding) => finding.level === 'error')
  if (wrong) throw new AppError('invalid-input', { ...wrong.params, field: wrong.field, finding: wrong.code })
  const identity = takeIdentity(plan)
  // an image of the library is kept for the disk that will stand on it
  const leave = workWith(new Set([plan.mediaPath]), plan.title || plan.name)
  try {
    const journal = purpose && journalOf(deps.target, { ...purpose, machine: identity.uuid })
    await runSteps(deps.target, await machineSteps(deps, plan, identity), control, journal)
    return { uuid: identity.uuid }
  } finally {
    leave()
  }
}
