/** A file that goes into a pool in the background: a notice says how it ended. */
import i18next from 'i18next'
import { appStore } from '../../stores/app-store.ts'
import { showDone, showError } from '../../ui/notices.tsx'

/** One that was cancelled, or taken out of the list, tells nothing. */
export function tellWhenAdded(id: string, name: string): void {
  const tell = (): boolean => {
    const job = appStore.getState().jobs.find((one) => one.id === id)
    if (!job || job.state === 'running') return false
    if (job.state === 'done') showDone(i18next.t('storage:add.added', { name }))
    if (job.state === 'failed') showError(job.error, { title: i18next.t('storage:add.failed', { name }) })
    return true
  }
  if (tell()) return
  const unsubscribe = appStore.subscribe(() => tell() && unsubscribe())
}
