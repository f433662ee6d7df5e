import { Button, Stack, Text } from '@mantine/core'
import { IconPlayerPlay, IconPower } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import { displayName } from '../../../shared/model/domain-rules.ts'
import { call } from '../../api/client.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { showError } from '../../ui/notices.tsx'
import { VncBeside } from './VncBeside.tsx'

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
  const kind = domain.saved ? 'saved' : domain.reason === 'crashed' ? 'crashed' : 'off'
  return (
    <EmptyState
      icon={<IconPower size={40} />}
      title={t(`console:off.${kind}.title`, { name: displayName(domain) })}
      text={t(`console:off.${kind}.text`)}
    >
      <Stack align="center" gap="lg">
        <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} loading={busy} onClick={() => void start()}>
          {t(domain.saved ? 'console:off.resume' : 'console:off.start')}
        </Button>
        <ForeignDisplay domain={domain} />
      </Stack>
    </EmptyState>
  )
}

/** The ways to a console where the machine's displays are of kinds that are not shown here; stays, for the undo, once VNC is added. */
function ForeignDisplay({ domain: { connection, uuid, displays } }: { readonly domain: DomainSummary }) {
  const { t } = useTranslation()
  const others = displays.filter((one) => one !== 'vnc')
  const foreign = others.length > 0 && others.length === displays.length
  const [offered, setOffered] = useState(foreign)
  if (foreign && !offered) setOffered(true)
  if (!offered) return null
  const types = others.join(', ').toUpperCase()
  return (
    <Stack align="center" gap="xs">
      {foreign && <Text size="sm">{t('console:vnc.off', { types })}</Text>}
      <VncBeside connection={connection} uuid={uuid} types={types} running={false} />
    </Stack>
  )
}
