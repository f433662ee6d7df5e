import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAppStore } from '../../stores/app-store.ts'
import { JobRow } from './JobRow.tsx'
import classes from './jobs.module.css'

/** Every job, newest first. */
export function JobList({ onLeave }: { readonly onLeave?: () => void }) {
  const { t } = useTranslation()
  const jobs = useAppStore((state) => state.jobs)
  if (jobs.length === 0) {
    return (
      <Text p="md" c="dimmed">
        {t('jobs:none')}
      </Text>
    )
  }
  return (
    <ul className={classes.list}>
      {jobs.map((job) => (
        <JobRow key={job.id} job={job} {...(onLeave ? { onLeave } : {})} />
      ))}
    </ul>
  )
}
