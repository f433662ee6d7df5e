import type { MediaInspection } from '../../shared/model/media.ts'
import type { MachinePlan } from '../../shared/model/plan.ts'
import type { CreationDependencies } from './dependencies.ts'
import type { Identity } from './identity.ts'
import type { Surroundings } from './surroundings.ts'

/** What the steps of a machine's storage are made from. */
export interface StorageContext {
  readonly deps: CreationDependencies
  readonly plan: MachinePlan
  readonly around: Surroundings
  readonly media: MediaInspection
  readonly identity: Identity
}
