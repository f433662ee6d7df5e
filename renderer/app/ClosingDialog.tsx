import { Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../shared/model/job.ts'
import { call } from '../api/client.ts'
import { messageText } from '../ui/message-text.ts'
import { showError } from '../ui/notices.tsx'

interface Props {
  readonly jobs: readonly Job[]
  readonly runningMachines: number
  readonly onClose: () => void
}

/** The window is about to close while work runs: wait for it, or stop it cleanly. Without work: that machines go on, said once. */
export function ClosingDialog({ jobs, runningMachines, onClose }: Props) {
  const { t } = useTranslation()
  const working = jobs.length > 0
  const choose = async (choice: 'wait' | 'stop'): Promise<void> => {
    onClose()
    // Read by now, whatever is chosen: the next time the window closes at once.
    if (runningMachines > 0) await call('settings.update', { closingNoticeShown: true }).catch(() => undefined)
    await call('app.close', { choice }).catch(showError)
  }
  return (
    <Modal
      opened
      onClose={() => void choose('wait')}
      title={working ? t('app:closing.title') : t('app:closing.notice')}
    >
      <Stack>
        {working && <Text>{t('app:closing.text')}</Text>}
        {working && (
          <List>
            {jobs.map((job) => (
              <List.Item key={job.id}>{messageText(t, job.title)}</List.Item>
            ))}
          </List>
        )}
        {working && runningMachines > 0 && (
          <Text c="dimmed">{t('app:closing.machines', { count: runningMachines })}</Text>
        )}
        {!working && <Text>{t('app:closing.noticeText')}</Text>}
        <Group justify="flex-end">
          <Button variant="default" data-autofocus={working || undefined} onClick={() => void choose('wait')}>
            {working ? t('app:closing.wait') : t('cancel')}
          </Button>
          <Button
            data-autofocus={!working || undefined}
            color={working ? 'red' : undefined}
            onClick={() => void choose('stop')}
          >
            {working ? t('app:closing.stop') : t('app:closing.close')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
