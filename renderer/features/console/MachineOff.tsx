import { Button } from '@mantine/core'
import { IconPlayerPlay, IconPower } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import { displayName } from '../../../shared/model/domain-rules.ts'
import { call } from '../../api/client.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { showError } from '../../ui/notices.tsx'

/** What the console says while the machine is off. */
export function MachineOff({ domain }: { readonly domain: DomainSummary }) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const { connection, uuid } = domain
  const start = async (): Promise<void> => {
    setBusy(true)
    try {
      await call('domain.start', { connection, uuid })
    } catch (error) {
      showError(error, { onRetry: () => void start() })
    } finally {
      setBusy(false)
    }
  }
  const kind = domain.saved ? 'saved' : domain.state === 'crashed' ? 'crashed' : 'off'
  return (
    <EmptyState
      icon={<IconPower size={40} />}
      title={t(`console:off.${kind}.title`, { name: displayName(domain) })}
      text={t(`console:off.${kind}.text`)}
    >
      <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} loading={busy} onClick={() => void start()}>
        {t(domain.saved ? 'console:off.resume' : 'console:off.start')}
      </Button>
    </EmptyState>
  )
}
