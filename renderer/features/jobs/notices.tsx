/** Says when work has ended that nobody looks at: on the page, and by the desktop where the window is not in front. */
import { Button, Stack } from '@mantine/core'
import i18next from 'i18next'
import type { ReactNode } from 'react'
import type { Job } from '../../../shared/model/job.ts'
import { appStore } from '../../stores/app-store.ts'
import { errorTitle } from '../../ui/error-text.ts'
import { hideNotice, showDone, showError, showNotice } from '../../ui/notices.tsx'
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
  if (isWatched(job.id)) return
  const name = String(job.title.params['name'] ?? '')
  if (job.kind === 'download') tellPage(job, { failed: 'images:notice.failed', done: 'images:notice.done' }, name)
  if (job.kind === 'copy') tellPage(job, { failed: 'storage:add.failed', done: 'storage:add.added' }, name)
}

const isInFront = (): boolean => document.visibilityState === 'visible' && document.hasFocus()

interface NoticeWords {
  readonly failed: 'images:notice.failed' | 'storage:add.failed'
  readonly done: 'images:notice.done' | 'storage:add.added'
}

function tellPage(job: Job, words: NoticeWords, name: string): void {
  if (job.state === 'failed') {
    showError(job.error, { title: i18next.t(words.failed, { name }) })
    return
  }
  const step = nextStep(job)
  const next = step?.path && isShown(step.path) ? null : step
  if (!next) {
    showDone(i18next.t(words.done, { name }))
    return
  }
  const id = `job:${job.id}`
  const button = (
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
  showNotice(i18next.t(words.done, { name }), <Said text={checkedText(job)}>{button}</Said>, { id, stay: true })
}

/** Whoever sees the place already, or the list that begins with it, needs no way there. */
function isShown(path: string): boolean {
  const here = window.location.hash.slice(1)
  return here.length > 1 && path.startsWith(here)
}

/** Whether a download could be compared with anything. */
function checkedText({ kind, result }: Job): string | null {
  if (kind !== 'download') return null
  const algorithm = result?.['checked']
  return algorithm ? i18next.t('images:checked.yes', { algorithm }) : i18next.t('images:checked.no')
}

function Said({ text, children }: { readonly text: string | null; readonly children: ReactNode }) {
  return (
    <Stack gap={6} align="flex-start">
      {text !== null && <div>{text}</div>}
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
