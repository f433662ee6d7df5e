/** Says when work has ended that nobody looks at: on the page, and by the desktop where the window is not in front. */
import { Button, Stack } from '@mantine/core'
import i18next from 'i18next'
import type { ReactNode } from 'react'
import type { Job } from '../../../shared/model/job.ts'
import { appStore } from '../../stores/app-store.ts'
import { errorTitle } from '../../ui/error-text.ts'
import { hideNotice, showError, showNotice } from '../../ui/notices.tsx'
import { nextStep } from './next-step.ts'
import { isWatched } from './watch.ts'
import { messageText } from '../../ui/message-text.ts'

/** Follows the jobs; answers a function that stops. */
export function followJobs(): () => void {
  return appStore.subscribe((state, before) => {
    if (state.jobs === before.jobs) return
    for (const job of state.jobs) {
      const was = before.jobs.find((one) => one.id === job.id)
      if (was?.state === 'running' && (job.state === 'done' || job.state === 'failed')) ended(job)
    }
  })
}

function ended(job: Job): void {
  if (!isInFront()) tellDesktop(job)
  if (job.kind === 'download' && !isWatched(job.id)) tellPage(job)
}

const isInFront = (): boolean => document.visibilityState === 'visible' && document.hasFocus()

function tellPage(job: Job): void {
  const name = String(job.title.params['name'] ?? '')
  if (job.state === 'failed') {
    showError(job.error, { title: i18next.t('images:notice.failed', { name }) })
    return
  }
  const id = `job:${job.id}`
  const next = nextStep(job)
  const button = next && (
    <Button
      variant="light"
      size="xs"
      onClick={() => {
        hideNotice(id)
        next.run()
      }}
    >
      {i18next.t(next.label)}
    </Button>
  )
  const checked = job.result?.['checked']
  const text = checked ? i18next.t('images:checked.yes', { algorithm: checked }) : i18next.t('images:checked.no')
  showNotice(i18next.t('images:notice.done', { name }), <Said text={text}>{button}</Said>, { id, stay: true })
}

function Said({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  return (
    <Stack gap={6} align="flex-start">
      <div>{text}</div>
      {children}
    </Stack>
  )
}

/** Asked for at a click on what takes long; refused or unsupported, the page's own notices remain. */
export function allowDesktopNotices(): void {
  if ('Notification' in window && Notification.permission === 'default') void Notification.requestPermission().catch(() => undefined)
}

function tellDesktop(job: Job): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return
  const { t } = i18next
  const body = job.state === 'failed' && job.error ? errorTitle(t, job.error) : t(`jobs:state.${job.state}`)
  const notice = new Notification(messageText(t, job.title), { body, tag: job.id })
  notice.onclick = () => {
    window.focus()
    nextStep(job)?.run()
    notice.close()
  }
}
