import { Group, Progress, Stack, Switch, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Pool } from '../../../shared/model/storage.ts'
import { call } from '../../api/client.ts'
import { useConnection } from '../../stores/app-store.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { PathText } from '../../ui/PathText.tsx'
import { formatBytes, formatPercent } from '../../ui/format.ts'
import { showError } from '../../ui/notices.tsx'
import { Section } from '../../ui/Section.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { PoolActions } from './PoolActions.tsx'
import { Volumes } from './Volumes.tsx'
import { typeText, usedShare } from './words.ts'

/** How full a pool is: a bar, and the figures in words. */
function Usage({ pool, share }: { readonly pool: Pool; readonly share: number }) {
  const { t } = useTranslation()
  const text = t('storage:usage', {
    used: formatBytes(pool.capacityBytes - pool.availableBytes),
    percent: formatPercent(share),
    free: formatBytes(pool.availableBytes),
    capacity: formatBytes(pool.capacityBytes),
  })
  return (
    <div>
      <Progress.Root size="lg">
        <Progress.Section
          value={share * 100}
          color={share > 0.9 ? 'red' : 'leaf'}
          aria-label={t('storage:used')}
          aria-valuetext={text}
        />
      </Progress.Root>
      <Text size="sm" mt={4} c="dimmed">
        {text}
      </Text>
    </div>
  )
}

function Path({ path }: { readonly path: string }) {
  const { t } = useTranslation()
  return (
    <Group gap={4} wrap="nowrap" align="start">
      <PathText path={path} />
      <CopyButton compact text={path} label={t('storage:copyPath')} />
    </Group>
  )
}

/** Whether the pool starts with libvirt, which keeps that for pools that stay. */
function Autostart({ pool, label }: { readonly pool: Pool; readonly label: string }) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const set = async (autostart: boolean): Promise<void> => {
    setBusy(true)
    await call('pool.set-autostart', { connection: pool.connection, uuid: pool.uuid, autostart }).catch(showError)
    setBusy(false)
  }
  return (
    <Switch
      aria-label={label}
      label={pool.autostart ? t('yes') : t('no')}
      checked={pool.autostart}
      disabled={busy || !pool.persistent}
      onChange={(event) => void set(event.currentTarget.checked)}
    />
  )
}

/** A pool's facts, how full it is, and its volumes. */
export function PoolDetail({ pool }: { readonly pool: Pool }) {
  const { t } = useTranslation()
  const session = useConnection(pool.connection)?.kind === 'session'
  const autostart = session ? t('storage:autostartSession') : t('storage:autostart')
  const share = usedShare(pool)
  return (
    <Stack gap="md">
      <Section
        title={pool.name}
        badge={
          <StateBadge
            tone={pool.active ? 'good' : 'off'}
            label={pool.active ? t('storage:active') : t('storage:inactive')}
          />
        }
        actions={<PoolActions pool={pool} />}
      />
      {share !== null && <Usage pool={pool} share={share} />}
      <FactList
        facts={[
          { label: t('storage:type'), value: typeText(t, pool) },
          { label: t('storage:path'), value: pool.path && <Path path={pool.path} /> },
          { label: t('storage:allocation'), value: pool.active ? formatBytes(pool.allocationBytes) : null },
          { label: autostart, value: <Autostart pool={pool} label={autostart} /> },
          { label: t('storage:persistent'), value: pool.persistent ? null : t('storage:transient') },
          { label: 'UUID', value: pool.uuid },
        ]}
      />
      {pool.active && <Volumes pool={pool} />}
    </Stack>
  )
}
