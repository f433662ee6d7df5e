import { Button, Code, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MachineLog } from '../../../shared/model/log.ts'
import { displayName } from '../../../shared/model/domain-rules.ts'
import { call } from '../../api/client.ts'
import { useDomain } from '../../stores/app-store.ts'
import type { MachineRef } from '../../stores/dialogs.ts'
import { showError } from '../../ui/notices.tsx'
import { TextDialog } from '../../ui/TextDialog.tsx'
import { formatBytes } from '../../ui/format.ts'

/** What QEMU said about a machine: its last lines, or all of it. */
export function MachineLogDialog({ connection, uuid, onClose }: MachineRef & { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const domain = useDomain(connection, uuid)
  const [part, setPart] = useState<'last' | 'whole'>('last')
  const [log, setLog] = useState<MachineLog | null>(null)
  const read = async (): Promise<string> => {
    const answer = await call('domain.log', { connection, uuid, whole: part === 'whole' })
    setLog(answer)
    return answer.text
  }
  const choice = (
    <SegmentedControl
      aria-label={t('trouble:log.which')}
      value={part}
      data={[
        { value: 'last', label: t('trouble:log.last') },
        { value: 'whole', label: t('trouble:log.whole') },
      ]}
      onChange={(value) => setPart(value === 'whole' ? 'whole' : 'last')}
    />
  )
  return (
    <TextDialog
      title={t('trouble:log.title', { name: domain ? displayName(domain) : '' })}
      copyLabel={t('trouble:log.copy')}
      read={read}
      readKey={part}
      tools={choice}
      notes={log && <Place log={log} part={part} />}
      onClose={onClose}
    />
  )
}

/** Where the file lies, how big it is, and that its beginning is left out where it is. */
function Place({ log, part }: { readonly log: MachineLog; readonly part: 'last' | 'whole' }) {
  const { t } = useTranslation()
  const size = formatBytes(log.sizeBytes)
  return (
    <Stack gap={2}>
      <Group gap="xs">
        <Code>{log.path}</Code>
        <Text size="xs">{size}</Text>
        <Button variant="default" size="compact-xs" onClick={() => void call('desktop.open-folder', { path: log.path }).catch(showError)}>
          {t('trouble:log.openFolder')}
        </Button>
      </Group>
      {part === 'whole' && !log.complete && <Text size="xs">{t('trouble:log.cut')}</Text>}
    </Stack>
  )
}
