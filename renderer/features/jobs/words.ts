import type { TFunction } from 'i18next'
import type { Job, JobProgress } from '../../../shared/model/job.ts'
import { formatBytes, formatDuration, formatPercent } from '../../ui/format.ts'

/** How far a job is, from 0 to 1; null where it does not say. */
export function jobShare(job: Pick<Job, 'progress'>): number | null {
  const { progress } = job
  if (!progress || progress.total <= 0) return null
  return Math.min(1, Math.max(0, progress.done / progress.total))
}

/** The job's own figure in words: "1.2 GiB of 3 GiB · 4 MiB/s · 7 min left", "62 %", "2 of 5". */
export function progressText(t: TFunction, job: Pick<Job, 'progress' | 'hold'>): string {
  const { progress } = job
  if (!progress) return ''
  const share = jobShare(job)
  if (progress.unit === 'percent') return share === null ? '' : formatPercent(share)
  if (progress.unit === 'steps') return share === null ? '' : t('jobs:progress', { done: progress.done, total: progress.total })
  const done = formatBytes(progress.done)
  const figure = share === null ? done : t('jobs:progress', { done, total: formatBytes(progress.total) })
  return [figure, ...(job.hold ? [] : paceText(t, progress))].join(' · ')
}

/** How fast, and how long still at that pace. */
function paceText(t: TFunction, { done, total, perSecond }: JobProgress): string[] {
  if (!perSecond) return []
  const rate = t('jobs:rate', { rate: formatBytes(perSecond) })
  if (total <= done) return [rate]
  return [rate, t('jobs:left', { time: formatDuration((Math.ceil((total - done) / perSecond)) * 1_000) })]
}
