import { Button, type ButtonProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../../shared/model/job.ts'
import { call } from '../../api/client.ts'
import { showError } from '../../ui/notices.tsx'

/** Pause, or go on: of jobs that can stand still. */
export function JobSwitches({ job, size }: { readonly job: Job; readonly size: NonNullable<ButtonProps['size']> }) {
  const { t } = useTranslation()
  if (job.state !== 'running' || !job.pausable) return null
  const paused = job.hold === 'paused'
  return (
    <Button
      size={size}
      variant="default"
      onClick={() => void call(paused ? 'job.resume' : 'job.pause', { job: job.id }).catch(showError)}
    >
      {paused ? t('jobs:resume') : t('jobs:pause')}
    </Button>
  )
}
