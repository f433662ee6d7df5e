/** What a job that has ended leads to. */
import type { Job } from '../../../shared/model/job.ts'
import { go, paths } from '../../app/paths.ts'
import { appStore, openDialog } from '../../stores/app-store.ts'
import { preferredConnection } from '../connections/index.ts'

export interface NextStep {
  /** Key of its label. */
  readonly label: 'jobs:openMachine' | 'jobs:openPool' | 'jobs:createFrom'
  readonly run: () => void
  /** An address, where it has one. */
  readonly path: string | null
}

/** Null where nothing follows. */
export function nextStep(job: Job): NextStep | null {
  if (job.state !== 'done') return null
  const { connection, result, kind } = job
  const media = result?.['path']
  if (kind === 'download' && media) return { label: 'jobs:createFrom', run: () => createFrom(media), path: null }
  const pool = result?.['pool']
  if (kind === 'copy' && connection && pool) return leadTo('jobs:openPool', paths.pool(connection, pool))
  const uuid = result?.['uuid']
  if (!connection || !uuid || (kind !== 'create-machine' && kind !== 'save')) return null
  return leadTo('jobs:openMachine', paths.machine(connection, uuid))
}

const leadTo = (label: NextStep['label'], path: string): NextStep => ({ label, run: () => go(path), path })

/** The sheet of a new machine, with the image chosen where one is given, on the connection of the page or the preferred one. */
export function createFrom(media?: string): void {
  const state = appStore.getState()
  const shown = state.connections.find((one) => one.id === state.view.connection)
  const connection = shown?.state === 'connected' ? shown : preferredConnection(state)
  if (connection) openDialog({ kind: 'new-machine', connection: connection.id, ...(media === undefined ? {} : { media }) })
}
