import { Alert, Stack, Switch, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import type { Network, NetworkLease } from '../../../shared/model/network.ts'
import { isReferable } from '../../../shared/model/network-rules.ts'
import { subnetOf } from '../../../shared/lib/subnets.ts'
import { call, on } from '../../api/client.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { FactList, type Fact } from '../../ui/FactList.tsx'
import { formatFromNow } from '../../ui/format.ts'
import { showError } from '../../ui/notices.tsx'
import { Section } from '../../ui/Section.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { useRefreshWhileVisible } from '../../ui/use-refresh-while-visible.ts'
import { NetworkActions } from './NetworkActions.tsx'
import { NeededNetwork, NetworkMachines } from './NetworkMachines.tsx'
import { useMachinesOn } from './use-machines.ts'
import { addressText, forwardingText } from './words.ts'

function addressFacts(t: TFunction, network: Network): readonly Fact[] {
  return network.addresses.flatMap((address) => {
    const ranges = address.ranges.map((range) => `${range.start} – ${range.end}`).join(', ')
    const hosts = address.hosts.map((host) => [host.name, host.address, host.mac].filter(Boolean).join(' · '))
    return [
      { label: address.family === 'ipv4' ? t('networks:subnet') : t('networks:subnet6'), value: subnetOf(address) },
      { label: address.family === 'ipv4' ? t('networks:ipv4') : t('networks:ipv6'), value: addressText(address) },
      {
        label: address.family === 'ipv4' ? t('networks:dhcp') : t('networks:dhcp6'),
        value: ranges || t('networks:noDhcp'),
      },
      {
        label: t('networks:reserved'),
        value: hosts.length > 0 ? hosts.map((host) => <div key={host}>{host}</div>) : null,
      },
    ]
  })
}

/** Leases are announced by no event: read when opened, on focus, every 30 s, and after the app's own changes. */
function useLeases(network: Network): { readonly leases: readonly NetworkLease[]; readonly error: unknown } {
  const { connection, uuid, active } = network
  const [leases, setLeases] = useState<readonly NetworkLease[]>([])
  const [error, setError] = useState<unknown>(null)
  const [stale, setStale] = useState(0)
  useEffect(
    () =>
      on(
        'object.stale',
        (object) => object.uuid === uuid && object.connection === connection && setStale((count) => count + 1),
      ),
    [connection, uuid],
  )
  useRefreshWhileVisible(
    async () => {
      if (!active) return setLeases([])
      try {
        setLeases(await call('network.leases', { connection, uuid }))
        setError(null)
      } catch (reason) {
        setError(reason)
      }
    },
    30_000,
    `${connection}|${uuid}|${active}|${stale}`,
  )
  return { leases, error }
}

function Leases({ network }: { readonly network: Network }) {
  const { t } = useTranslation()
  const { leases, error } = useLeases(network)
  return (
    <Section title={t('networks:leases')}>
      {error !== null && <ErrorNotice error={error} />}
      {error === null && leases.length === 0 && <Text c="dimmed">{t('networks:noLeases')}</Text>}
      {leases.length > 0 && (
        <DataTable
          caption={t('networks:leases')}
          rows={leases}
          rowKey={(lease) => `${lease.mac}|${lease.address}`}
          columns={[
            { key: 'address', label: t('networks:address'), cell: (lease) => lease.address },
            { key: 'mac', label: 'MAC', cell: (lease) => lease.mac },
            { key: 'host', label: t('networks:hostname'), cell: (lease) => lease.hostname ?? '–' },
            { key: 'expires', label: t('networks:expires'), cell: (lease) => formatFromNow(lease.expiresAt * 1000) },
          ]}
        />
      )}
    </Section>
  )
}

/** Whether the network starts with the host: libvirt keeps that for networks that stay. */
function Autostart({ network }: { readonly network: Network }) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const set = async (autostart: boolean): Promise<void> => {
    setBusy(true)
    await call('network.set-autostart', { connection: network.connection, uuid: network.uuid, autostart }).catch(
      showError,
    )
    setBusy(false)
  }
  return (
    <Switch
      aria-label={t('networks:autostart')}
      label={network.autostart ? t('yes') : t('no')}
      checked={network.autostart}
      disabled={busy || !network.persistent}
      onChange={(event) => void set(event.currentTarget.checked)}
    />
  )
}

/** A network's facts, what it has leased, its XML and the command that shows the same. */
export function NetworkDetail({ network }: { readonly network: Network }) {
  const { t } = useTranslation()
  const machines = useMachinesOn(network)
  return (
    <Stack gap="lg">
      <Section
        title={network.name}
        badge={
          <StateBadge
            tone={network.active ? 'good' : 'off'}
            label={network.active ? t('networks:active') : t('networks:inactive')}
          />
        }
        actions={<NetworkActions network={network} />}
      >
        {!isReferable(network.name) && (
          <Alert color="orange" mb="sm" role="note">
            {t('networks:unusable')}
          </Alert>
        )}
        <NeededNetwork network={network} />
        <FactList
          facts={[
            { label: t('networks:mode'), value: t(`networks:kind.${network.kind}`) },
            { label: t('networks:bridge'), value: network.bridge },
            { label: t('networks:forwarding'), value: forwardingText(t, network) },
            ...addressFacts(t, network),
            { label: t('networks:domain'), value: network.domain },
            { label: t('networks:autostart'), value: <Autostart network={network} /> },
            { label: t('networks:machines'), value: machines.length > 0 ? <NetworkMachines network={network} /> : null },
            { label: t('networks:persistent'), value: network.persistent ? null : t('networks:transient') },
            { label: 'UUID', value: network.uuid },
          ]}
        />
      </Section>
      <Leases network={network} />
    </Stack>
  )
}
