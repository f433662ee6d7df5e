import { Alert, Button, Group, Loader, Progress, Stack, Text, TextInput } from '@mantine/core'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { messageText } from '../../ui/message-text.ts'
import { jobShare, JobSwitches, progressText, watchJob } from '../jobs/index.ts'
import { useAppStore } from '../../stores/app-store.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { showError } from '../../ui/notices.tsx'
import { pickFile } from '../../ui/pick-file.ts'
import type { Job } from '../../../shared/model/job.ts'
import { onJobEnd } from './creation.ts'
import { openAddress } from './use-catalogue.ts'
import classes from './new-machine.module.css'

/** A download that was asked for on the pages before. */
export interface Fetching {
  readonly job: string
  readonly name: string
  /** Id of the catalogue, or null. */
  readonly entry: string | null
  /** In place of the entry's own, or null. */
  readonly address: string | null
}

interface EndedProps {
  readonly job: Job
  readonly onAgain: (address: string | null) => void
  readonly onFile: (path: string) => void
}

/** Nothing came: why, and what to do about it. Where the publisher moved it, another address or a file takes its place. */
function Ended({ job, onAgain, onFile }: EndedProps) {
  const { t } = useTranslation()
  const [address, setAddress] = useState(String(job.error?.params['address'] ?? ''))
  const folder = job.error?.params['folder']
  const start = useAppStore((state) => state.info?.folders.downloads ?? null)
  const pick = async (): Promise<void> => {
    const path = await pickFile({ purpose: 'media', start })
    if (path !== null) onFile(path)
  }
  if (job.state === 'cancelled') {
    return (
      <Alert variant="light" role="status">
        {t('images:download.cancelled')}
      </Alert>
    )
  }
  return (
    <Stack gap="md">
      {/* its ways out are this page's buttons */}
      <ErrorNotice error={job.error && { ...job.error, remedies: [] }} />
      <Group gap="sm">
        <Button onClick={() => onAgain(null)}>{t('images:download.again')}</Button>
        {typeof folder === 'string' && (
          <Button variant="default" onClick={() => void openAddress(folder).catch(showError)}>
            {t('images:download.openFolder')}
          </Button>
        )}
        <Button variant="default" onClick={() => void pick()}>
          {t('images:download.pickFile')}
        </Button>
      </Group>
      <Group gap="sm" align="flex-end" wrap="nowrap">
        <TextInput
          className={classes.grow}
          type="url"
          label={t('images:download.corrected')}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <Button variant="default" disabled={address.trim() === ''} onClick={() => onAgain(address.trim())}>
          {t('images:download.useCorrected')}
        </Button>
      </Group>
    </Stack>
  )
}

/** The operation's own figure: bytes of bytes, how fast, how long still. */
function Figure({ job }: { readonly job: Job }) {
  const { t } = useTranslation()
  const share = jobShare(job)
  const words = progressText(t, job)
  return (
    <Stack gap={4}>
      <Progress
        value={share === null ? 100 : share * 100}
        animated={share === null && !job.hold}
        aria-label={words || t('jobs:busy')}
      />
      <Text size="xs" className={classes.hint} data-testid="download-figure">
        {words}
      </Text>
    </Stack>
  )
}

interface Props {
  readonly fetching: Fetching
  readonly onHide: () => void
  /** It is in the library. */
  readonly onDone: (path: string) => void
  /** Once more, or from another address. */
  readonly onAgain: (address: string | null) => void
  readonly onFile: (path: string) => void
}

/** The download between the choice of a system and the review of its machine. */
export function DownloadPage({ fetching, onHide, onDone, onAgain, onFile }: Props) {
  const { t } = useTranslation()
  const job = useAppStore((state) => state.jobs.find((one) => one.id === fetching.job))
  const [cancelling, setCancelling] = useState(false)
  const ended = useEffectEvent((last: Job) => {
    const path = last.result?.['path']
    if (last.state === 'done' && path) onDone(path)
  })
  useEffect(() => watchJob(fetching.job), [fetching.job])
  useEffect(() => onJobEnd(fetching.job, (last) => ended(last)), [fetching.job])
  if (job && (job.state === 'failed' || job.state === 'cancelled')) return <Ended job={job} onAgain={onAgain} onFile={onFile} />
  const cancel = async (): Promise<void> => {
    setCancelling(true)
    try {
      await call('job.cancel', { job: fetching.job })
    } catch (error) {
      setCancelling(false)
      showError(error)
    }
  }
  const waiting = job?.hold === 'waiting'
  const held = job?.hold ? t(`jobs:hold.${job.hold}`) : null
  return (
    <Stack gap="md" className={classes.progress}>
      <Group gap="xs" role="status">
        {!job?.hold && <Loader size="xs" />}
        <Text size="sm">
          {waiting ? t('images:download.waiting') : (held ?? (job?.step ? messageText(t, job.step) : t('new-machine:progress.starting')))}
        </Text>
      </Group>
      {job && <Figure job={job} />}
      <Text size="xs" className={classes.hint}>
        {t('images:download.backgroundHint')}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" loading={cancelling} onClick={() => void cancel()}>
          {t('images:download.cancel')}
        </Button>
        {job && <JobSwitches job={job} size="sm" />}
        <Button variant="default" data-autofocus onClick={onHide}>
          {t('images:download.background')}
        </Button>
      </Group>
    </Stack>
  )
}
