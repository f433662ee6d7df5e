import { Alert, Loader, Stack } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionId } from '../../../shared/model/connection.ts'
import type { Network } from '../../../shared/model/network.ts'
import { isReferable } from '../../../shared/model/network-rules.ts'
import { call } from '../../api/client.ts'
import { useAllRead } from '../../stores/app-store.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Section } from '../../ui/Section.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { useRefreshWhileVisible } from '../../ui/use-refresh-while-visible.ts'
import { NetworkDiagram } from './diagram/NetworkDiagram.tsx'
import { LeasesSection } from './LeasesSection.tsx'
import { NetworkActions } from './NetworkActions.tsx'
import { NetworkFacts } from './NetworkFacts.tsx'
import { NeededNetwork, NetworkMachines } from './NetworkMachines.tsx'
import { PendingCount, PendingNote } from './PendingNote.tsx'
import { ReachChips } from './ReachChips.tsx'
import { useLive } from './use-live.ts'

/** The device of the host's default route, where the host is this computer. */
function useDefaultDevice(connection: ConnectionId): string | null {
  const [device, setDevice] = useState<string | null>(null)
  useRefreshWhileVisible(
    async () => {
      const host = await call('network.host', { connection }).catch(() => null)
      setDevice(host?.devices.find((one) => one.defaultRoute)?.name ?? null)
    },
    60_000,
    connection,
  )
  return device
}

/** A network, once all machines are known well enough to say which of them are on it. */
export function NetworkDetail({ network }: { readonly network: Network }) {
  const { t } = useTranslation()
  const known = useAllRead(network.connection)
  return known ? <Detail network={network} /> : <EmptyState icon={<Loader size="sm" />} title={t('loading')} />
}

/** A network: its picture, what reaches what on it, its settings, its machines, and what it has leased. */
function Detail({ network }: { readonly network: Network }) {
  const { t } = useTranslation()
  const machines = useRef<HTMLDivElement>(null)
  const live = useLive(network)
  const defaultDevice = useDefaultDevice(network.connection)
  const showMachines = (): void => {
    machines.current?.scrollIntoView({ block: 'start' })
    machines.current?.focus({ preventScroll: true })
  }
  return (
    <Stack gap="md">
      <Section
        title={network.name}
        badge={
          <>
            <StateBadge
              tone={network.active ? 'good' : 'off'}
              label={network.active ? t('networks:active') : t('networks:inactive')}
            />
            <PendingCount network={network} />
          </>
        }
        actions={<NetworkActions network={network} machines={live.machines} />}
      />
      <NeededNetwork network={network} />
      <PendingNote network={network} />
      {!isReferable(network.name) && (
        <Alert color="orange" role="note">
          {t('networks:unusable')}
        </Alert>
      )}
      <NetworkDiagram network={network} machines={live.machines} defaultDevice={defaultDevice} onMore={showMachines} />
      <ReachChips network={network} />
      <Section title={t('networks:settings')}>
        <NetworkFacts network={network} />
      </Section>
      <NetworkMachines network={network} machines={live.machines} ref={machines} />
      <LeasesSection network={network} live={live} />
    </Stack>
  )
}
