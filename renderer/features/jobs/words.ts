import type { TFunction } from 'i18next'
import type { Job, Message } from '../../../shared/model/job.ts'
import { anyKey } from '../../ui/any-key.ts'
import { formatBytes, formatPercent } from '../../ui/format.ts'

/** A sentence that came as data: its key is one of the catalogue's, chosen by the host. */
export function messageText(t: TFunction, message: Message): string {
  return t(anyKey(message.key), message.params)
}

/** How far a job is, from 0 to 1; null where it does not say. */
export function jobShare(job: Pick<Job, 'progress'>): number | null {
  const { progress } = job
  if (!progress || progress.total <= 0) return null
  return Math.min(1, Math.max(0, progress.done / progress.total))
}

/** The job's own figure in words: "1.2 GiB of 3 GiB", "62 %", "2 of 5". */
export function progressText(t: TFunction, job: Pick<Job, 'progress'>): string {
  const { progress } = job
  const share = jobShare(job)
  if (!progress || share === null) return ''
  if (progress.unit === 'percent') return formatPercent(share)
  const bytes = progress.unit === 'bytes'
  const [done, total] = bytes
    ? [formatBytes(progress.done), formatBytes(progress.total)]
    : [progress.done, progress.total]
  return t('jobs:progress', { done, total })
}
