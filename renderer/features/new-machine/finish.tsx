import { Button } from '@mantine/core'
import i18next from 'i18next'
import { go, paths } from '../../app/paths.ts'
import { hideNotice, showDone, showError, showNotice } from '../../ui/notices.tsx'
import type { Job } from '../../../shared/model/job.ts'
import { onJobEnd, type Asked } from './creation.ts'

/** The sheet is open and the machine is made: its console where that was asked for, else its place in the list. */
export function goToMade({ plan }: Asked, job: Job): void {
  const uuid = job.result?.['uuid']
  if (uuid && plan.openConsole) {
    go(paths.machine(plan.connection, uuid, 'console'))
    return
  }
  go(paths.machines(plan.connection))
  showDone(i18next.t('new-machine:notice.created', { name: plan.title }))
}

/** The sheet was closed meanwhile: a notice says how it ended, and nothing is opened unasked. */
export function tellInBackground(asked: Asked): void {
  const { plan } = asked
  onJobEnd(asked.job, (job) => {
    if (job.state === 'failed') {
      showError(job.error, { title: i18next.t('new-machine:notice.failed', { name: plan.title }) })
      return
    }
    const uuid = job.result?.['uuid']
    if (job.state !== 'done' || !uuid) return
    const id = `created:${uuid}`
    const open = (): void => {
      hideNotice(id)
      go(paths.machine(plan.connection, uuid, 'console'))
    }
    const button = (
      <Button variant="light" size="xs" onClick={open}>
        {i18next.t('new-machine:notice.open')}
      </Button>
    )
    showNotice(i18next.t('new-machine:notice.created', { name: plan.title }), button, { id, stay: true })
  })
}
