import { Alert, Button, Loader, Stack, Text } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Connection } from '../../../shared/model/connection.ts'
import { useAppStore, useConnection } from '../../stores/app-store.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { errorTitle } from '../../ui/error-text.ts'
import { needText, runConnectionAction } from '../connections/index.ts'

interface Props {
  readonly connection: string
  /** Shown once the connection's machines are listed, also while it reconnects. */
  readonly children: ReactNode
}

function NotConnected({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation()
  const connect = (): void => void runConnectionAction('connect', connection)
  if (connection.state === 'failed') return <ErrorNotice error={connection.error} onRetry={connect} />
  return (
    <EmptyState
      icon={<IconPlugConnected size={40} />}
      title={t('machines:connection.disconnected')}
      text={connection.needs ? needText(t, connection.needs) : t('machines:connection.disconnectedText')}
    >
      <Button onClick={connect}>{t('machines:connection.connect')}</Button>
    </EmptyState>
  )
}

/** A page of a connection, or what stands in its way: not connected, failed, on its way, gone. */
export function ConnectionGate({ connection: id, children }: Props) {
  const { t } = useTranslation()
  const connection = useConnection(id)
  const listed = useAppStore((state) => state.listed[id] ?? false)
  const ready = useAppStore((state) => state.info !== null)
  if (!connection)
    return ready ? (
      <EmptyState title={t('machines:connection.gone')} />
    ) : (
      <EmptyState icon={<Loader size="sm" />} title={t('loading')} />
    )
  if (connection.state === 'failed' || connection.state === 'disconnected')
    return <NotConnected connection={connection} />
  if (!listed || connection.state === 'connecting')
    return (
      <EmptyState
        icon={<Loader size="sm" />}
        title={connection.state === 'connected' ? t('loading') : t('machines:connection.connecting')}
      />
    )
  return (
    <>
      {connection.state === 'reconnecting' && (
        <Alert color="orange" variant="light" role="status" title={t('machines:connection.reconnecting')}>
          {connection.error && (
            <Stack gap="xs">
              <Text size="sm">{errorTitle(t, connection.error)}</Text>
              <ErrorNotice plain error={connection.error} />
            </Stack>
          )}
        </Alert>
      )}
      {children}
    </>
  )
}
