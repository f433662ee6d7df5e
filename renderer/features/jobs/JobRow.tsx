import { Anchor, Button, Code, Group, Progress, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../../shared/model/job.ts'
import { call } from '../../api/client.ts'
import { href } from '../../app/paths.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { formatDateTime, formatPercent } from '../../ui/format.ts'
import { showError } from '../../ui/notices.tsx'
import { StateBadge, type Tone } from '../../ui/StateBadge.tsx'
import { JobSwitches } from './JobSwitches.tsx'
import { nextStep, type NextStep } from './next-step.ts'
import { messageText } from '../../ui/message-text.ts'
import { jobShare, progressText } from './words.ts'
import classes from './jobs.module.css'

const tones: { readonly [S in Job['state']]: Tone } = { running: 'busy', done: 'good', failed: 'bad', cancelled: 'off' }

function JobProgress({ job }: { readonly job: Job }) {
  const { t } = useTranslation()
  const share = jobShare(job)
  const step = job.step && messageText(t, job.step)
  const figure = progressText(t, job)
  return (
    <div>
      <Progress.Root size="sm">
        <Progress.Section
          value={share === null ? 100 : share * 100}
          animated={share === null && !job.hold}
          striped={share === null && !job.hold}
          aria-label={messageText(t, job.title)}
          aria-valuetext={share === null ? t('jobs:busy') : formatPercent(share)}
        />
      </Progress.Root>
      <Text size="sm" c="dimmed" mt={6}>
        {[step, figure].filter(Boolean).join(' · ')}
      </Text>
    </div>
  )
}

function JobLog({ job }: { readonly job: Job }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  if (job.log.length === 0) return null
  const text = job.log.join('\n')
  return (
    <div>
      <Group gap="xs">
        <Anchor component="button" type="button" size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t('jobs:hideLog') : t('jobs:showLog')}
        </Anchor>
        {open && <CopyButton compact text={text} label={t('jobs:copyLog')} />}
      </Group>
      {open && (
        <Code block className={classes.log} tabIndex={0}>
          {text}
        </Code>
      )}
    </div>
  )
}

/** What the ended job leads to: a link where it has an address. */
function NextStepButton({ step, onLeave }: { readonly step: NextStep; readonly onLeave: (() => void) | undefined }) {
  const { t } = useTranslation()
  const run = (): void => {
    onLeave?.()
    step.run()
  }
  if (step.path === null) {
    return (
      <Button size="xs" variant="default" onClick={run}>
        {t(step.label)}
      </Button>
    )
  }
  return (
    <Button size="xs" variant="default" component="a" href={href(step.path)} onClick={run}>
      {t(step.label)}
    </Button>
  )
}

/** One job: what it does, how far it is, its end, and what can be done with it. */
export function JobRow({ job, onLeave }: { readonly job: Job; readonly onLeave?: () => void }) {
  const { t } = useTranslation()
  const next = nextStep(job)
  const run = (name: 'job.cancel' | 'job.dismiss'): void => void call(name, { job: job.id }).catch(showError)
  return (
    <Stack component="li" gap={6} className={classes.row} data-job={job.id} data-state={job.state}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text fw={600} className={classes.title}>
          {messageText(t, job.title)}
        </Text>
        <StateBadge tone={job.hold ? 'off' : tones[job.state]} label={job.hold ? t(`jobs:hold.${job.hold}`) : t(`jobs:state.${job.state}`)} />
      </Group>
      {job.state === 'running' && <JobProgress job={job} />}
      {job.error && <ErrorNotice error={job.error} />}
      <Group gap="xs">
        <JobSwitches job={job} size="xs" />
        {job.state === 'running' && job.cancellable && (
          <Button size="xs" variant="default" onClick={() => run('job.cancel')}>
            {t('jobs:cancel')}
          </Button>
        )}
        {next && <NextStepButton step={next} onLeave={onLeave} />}
        {job.state !== 'running' && (
          <Button size="xs" variant="default" onClick={() => run('job.dismiss')}>
            {t('jobs:dismiss')}
          </Button>
        )}
        <Text size="xs" c="dimmed">
          {formatDateTime(job.endedAt ?? job.startedAt)}
        </Text>
      </Group>
      <JobLog job={job} />
    </Stack>
  )
}
