import { Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../shared/model/job.ts'
import { call } from '../api/client.ts'
import { messageText } from '../features/jobs/index.ts'
import { showError } from '../ui/notices.tsx'

interface Props {
  readonly jobs: readonly Job[]
  readonly runningMachines: number
  readonly onClose: () => void
}

/** The window is about to close while work runs: wait for it, or stop it cleanly. */
export function ClosingDialog({ jobs, runningMachines, onClose }: Props) {
  const { t } = useTranslation()
  const choose = async (choice: 'wait' | 'stop'): Promise<void> => {
    onClose()
    await call('app.close', { choice }).catch(showError)
  }
  return (
    <Modal opened onClose={() => void choose('wait')} title={t('app:closing.title')} role="alertdialog">
      <Stack>
        <Text>{t('app:closing.text')}</Text>
        {jobs.length > 0 && (
          <List>
            {jobs.map((job) => (
              <List.Item key={job.id}>{messageText(t, job.title)}</List.Item>
            ))}
          </List>
        )}
        {runningMachines > 0 && <Text c="dimmed">{t('app:closing.machines', { count: runningMachines })}</Text>}
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={() => void choose('wait')}>
            {t('app:closing.wait')}
          </Button>
          <Button color="red" onClick={() => void choose('stop')}>
            {t('app:closing.stop')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
