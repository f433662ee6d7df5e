import { Button, Group, Text } from '@mantine/core'
import { IconDeviceDesktopPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { MachineRef } from '../../stores/dialogs.ts'
import { useVncBeside } from './use-vnc-beside.ts'

interface Props extends MachineRef {
  /** What it has now: "SPICE". */
  readonly types: string
  readonly running: boolean
}

/** Adds a display that the console shows to a machine that has none, from its next start; undone by one click. */
export function VncBeside({ connection, uuid, types, running }: Props) {
  const { t } = useTranslation()
  const { planned, busy, add, undo } = useVncBeside({ connection, uuid })
  if (planned === null) return null
  if (!planned) {
    return (
      <Button variant="default" leftSection={<IconDeviceDesktopPlus size={16} aria-hidden />} loading={busy} onClick={add}>
        {t('console:vnc.add')}
      </Button>
    )
  }
  return (
    <Group gap="sm" justify="center">
      <Text size="sm" role="status">
        {t(running ? 'console:vnc.restart' : 'console:vnc.added', { types })}
      </Text>
      <Button variant="default" size="xs" loading={busy} onClick={undo}>
        {t('console:vnc.undo')}
      </Button>
    </Group>
  )
}
