import type { MachinePlan } from '../../../shared/model/plan.ts'
import type { Inspected } from '../../images/inspect.ts'
import type { SystemTraits } from '../../images/systems.ts'
import type { CreationDependencies } from '../dependencies.ts'
import type { Surroundings } from '../surroundings.ts'

/** Everything that a check may look at. */
export interface CheckContext {
  readonly deps: CreationDependencies
  readonly plan: MachinePlan
  readonly around: Surroundings
  readonly traits: SystemTraits
  /** Null where the medium could not be looked into; the check of the medium says why. */
  readonly inspected: Inspected | null
}
