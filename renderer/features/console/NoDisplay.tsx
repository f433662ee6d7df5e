import { Button, Code, Group, Stack } from '@mantine/core'
import { IconDeviceDesktopOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { AppError } from '../../../shared/model/error.ts'
import type { MachineRef } from '../../stores/dialogs.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { ViewerOffer } from './ViewerOffer.tsx'
import { VncBeside } from './VncBeside.tsx'

interface Props extends MachineRef {
  readonly error: unknown
  readonly onRetry: () => void
  readonly onSerial: (() => void) | null
}

type Reason = 'none' | 'other' | 'unreachable' | 'forbidden' | 'remote'

/** Why there is no picture, what there is instead, and what to do. */
export function NoDisplay({ connection, uuid, error, onRetry, onSerial }: Props) {
  const { t } = useTranslation()
  if (!(error instanceof AppError) || error.code !== 'no-display') return <ErrorNotice error={error} onRetry={onRetry} />
  const reason = reasonOf(error)
  const types = String(error.params['types'] ?? '').toUpperCase()
  return (
    <EmptyState
      icon={<IconDeviceDesktopOff size={40} />}
      title={t(`console:noDisplay.${reason}.title`, { types })}
      text={t(`console:noDisplay.${reason}.text`, { types })}
    >
      <Stack align="center" gap="sm">
        {reason === 'other' && (
          <>
            <ViewerOffer connection={connection} uuid={uuid} />
            <VncBeside connection={connection} uuid={uuid} types={types} running />
          </>
        )}
        {error.detail && <Code block>{error.detail}</Code>}
        <Group>
          <Button variant="default" onClick={onRetry}>
            {t('retry')}
          </Button>
          {onSerial && (
            <Button variant="default" onClick={onSerial}>
              {t('console:openSerial')}
            </Button>
          )}
        </Group>
      </Stack>
    </EmptyState>
  )
}

function reasonOf(error: AppError): Reason {
  const reason = error.params['reason']
  if (reason === 'refused') return 'forbidden'
  if (reason === 'unreachable' || reason === 'forbidden' || reason === 'remote') return reason
  return error.params['types'] ? 'other' : 'none'
}
