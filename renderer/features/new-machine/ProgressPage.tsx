import { Alert, Button, Code, Group, Loader, Progress, Stack, Text } from '@mantine/core'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { useAppStore } from '../../stores/app-store.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { formatBytes, formatNumber, formatPercent } from '../../ui/format.ts'
import { messageText } from '../../ui/message-text.ts'
import { showError } from '../../ui/notices.tsx'
import type { Job } from '../../../shared/model/job.ts'
import { onJobEnd, type Asked } from './creation.ts'
import classes from './new-machine.module.css'

/** The operation's own figure: bytes copied, steps done. */
function Figure({ job }: { readonly job: Job }) {
  const { t } = useTranslation()
  const { progress } = job
  if (!progress) return <Progress value={100} animated aria-label={t('new-machine:progress.starting')} />
  const share = progress.total > 0 ? Math.min(1, progress.done / progress.total) : 0
  const words = {
    bytes: () =>
      t('new-machine:progress.bytes', { done: formatBytes(progress.done), total: formatBytes(progress.total) }),
    steps: () =>
      t('new-machine:progress.steps', { done: formatNumber(progress.done), total: formatNumber(progress.total) }),
    percent: () => formatPercent(share),
  }[progress.unit]()
  return (
    <Stack gap={4}>
      <Progress value={Math.round(share * 100)} aria-label={words} />
      <Text size="xs" className={classes.hint}>
        {words}
      </Text>
    </Stack>
  )
}

/** Ended without a machine: why, and what to do; nothing was left behind. */
function Ended({ job }: { readonly job: Job }) {
  const { t } = useTranslation()
  if (job.state === 'cancelled') {
    return (
      <Alert variant="light" role="status">
        {t('new-machine:progress.cancelled')}
      </Alert>
    )
  }
  return (
    <Stack gap="sm">
      <ErrorNotice error={job.error} />
      {job.log.length > 0 && (
        <Code block className={classes.code} tabIndex={0} role="region" aria-label={t('new-machine:progress.log')}>
          {job.log.join('\n')}
        </Code>
      )}
    </Stack>
  )
}

interface Props {
  readonly asked: Asked
  readonly onHide: () => void
  readonly onDone: (job: Job) => void
}

/** The job that makes the machine: its step in words, its own progress, cancel; errors stay in place. */
export function ProgressPage({ asked, onHide, onDone }: Props) {
  const { t } = useTranslation()
  const job = useAppStore((state) => state.jobs.find((one) => one.id === asked.job))
  const [cancelling, setCancelling] = useState(false)
  const ended = useEffectEvent((last: Job) => {
    if (last.state === 'done') onDone(last)
  })
  useEffect(() => onJobEnd(asked.job, (last) => ended(last)), [asked.job])
  if (job && (job.state === 'failed' || job.state === 'cancelled')) return <Ended job={job} />
  const cancel = async (): Promise<void> => {
    setCancelling(true)
    try {
      await call('job.cancel', { job: asked.job })
    } catch (error) {
      setCancelling(false)
      showError(error)
    }
  }
  return (
    <Stack gap="md" className={classes.progress}>
      <Group gap="xs" role="status">
        <Loader size="xs" />
        <Text size="sm">{job?.step ? messageText(t, job.step) : t('new-machine:progress.starting')}</Text>
      </Group>
      {job && <Figure job={job} />}
      <Group justify="flex-end">
        <Button
          variant="default"
          loading={cancelling}
          disabled={job?.cancellable === false}
          onClick={() => void cancel()}
        >
          {t('new-machine:progress.cancel')}
        </Button>
        <Button variant="default" data-autofocus onClick={onHide}>
          {t('new-machine:progress.hide')}
        </Button>
      </Group>
    </Stack>
  )
}
