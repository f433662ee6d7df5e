import { Alert, Button, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Network } from '../../../shared/model/network.ts'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { useRestart } from './use-restart.ts'

/** How many settings wait for a restart of the network, beside its state. */
export function PendingCount({ network }: { readonly network: Network }) {
  const { t } = useTranslation()
  if (network.pending.length === 0) return null
  return <StateBadge tone="warn" label={t('networks:pending.count', { count: network.pending.length })} />
}

/** Which settings wait for a restart, and the button for it. */
export function PendingNote({ network }: { readonly network: Network }) {
  const { t } = useTranslation()
  const { restart, busy } = useRestart(network)
  if (network.pending.length === 0) return null
  const fields = network.pending.map((field) => t(`networks:pending.field.${field}`)).join(', ')
  return (
    <Alert color="orange" variant="light" role="note" data-pending-note>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('networks:pending.text', { fields })}</Text>
        <Button variant="default" size="xs" loading={busy} onClick={restart}>
          {t('networks:restart')}
        </Button>
      </Stack>
    </Alert>
  )
}
