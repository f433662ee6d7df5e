/** A creation that goes on after its sheet was closed: says when it is done, and opens the console at a click. */
import type { Job } from '../../../shared/model/job.ts'
import type { MachinePlan } from '../../../shared/model/plan.ts'
import { appStore } from '../../stores/app-store.ts'

function findJob(id: string): Job | undefined {
  return appStore.getState().jobs.find((job) => job.id === id)
}

/** Tells once when a job has ended; answers a function that stops listening. A job that was taken out of the list tells nothing. */
export function onJobEnd(id: string, tell: (job: Job) => void): () => void {
  const ended = (): Job | undefined => {
    const job = findJob(id)
    return job && job.state !== 'running' ? job : undefined
  }
  const first = ended()
  if (first) {
    tell(first)
    return () => undefined
  }
  const unsubscribe = appStore.subscribe(() => {
    const job = ended()
    if (!job) return
    unsubscribe()
    tell(job)
  })
  return unsubscribe
}

/** What a person has asked for when it is done. */
export interface Asked {
  readonly job: string
  readonly plan: MachinePlan
}
