import { Button, Popover, ScrollArea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAppStore } from '../../stores/app-store.ts'
import { DialogText } from '../../ui/DialogText.tsx'
import { formatPercent } from '../../ui/format.ts'
import { JobList } from './JobList.tsx'
import { jobShare } from './words.ts'

/** The header's jobs: how many run and how far they are; opened, each with its progress, log and end. */
export function JobsButton() {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const jobs = useAppStore((state) => state.jobs)
  const running = jobs.filter((job) => job.state === 'running')
  const failed = jobs.filter((job) => job.state === 'failed').length
  if (jobs.length === 0) return null
  const shares = running.map(jobShare).filter((share) => share !== null)
  const share = shares.length > 0 ? shares.reduce((sum, one) => sum + one, 0) / shares.length : null
  const label =
    running.length > 0
      ? [t('jobs:running', { count: running.length }), share === null ? null : formatPercent(share)]
          .filter(Boolean)
          .join(' · ')
      : failed > 0
        ? t('jobs:failed', { count: failed })
        : t('jobs:finished', { count: jobs.length })
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={400} trapFocus>
      <Popover.Target>
        <Button variant="default" aria-expanded={opened} onClick={() => setOpened(!opened)}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('jobs:title')}>
        <ScrollArea.Autosize mah="70vh" type="auto">
          <DialogText>
            <JobList onLeave={() => setOpened(false)} />
          </DialogText>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  )
}
