import { Button, Group, Progress, Stack, Switch, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Pool } from '../../../shared/model/storage.ts'
import { call } from '../../api/client.ts'
import { virshLine } from '../../app/virsh-line.ts'
import { openDialog, useConnection } from '../../stores/app-store.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { formatBytes } from '../../ui/format.ts'
import { showError } from '../../ui/notices.tsx'
import { Section } from '../../ui/Section.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { Volumes } from './Volumes.tsx'

/** How full a pool is: a bar, and the figures in words. */
function Usage({ pool }: { readonly pool: Pool }) {
  const { t } = useTranslation()
  const used = pool.capacityBytes > 0 ? (pool.capacityBytes - pool.availableBytes) / pool.capacityBytes : 0
  const text = t('storage:usage', { free: formatBytes(pool.availableBytes), capacity: formatBytes(pool.capacityBytes) })
  return (
    <div>
      <Progress.Root size="lg">
        <Progress.Section
          value={used * 100}
          color={used > 0.9 ? 'red' : 'leaf'}
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
      <span>{path}</span>
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
  const connection = useConnection(pool.connection)
  const uri = connection?.uri ?? ''
  const autostart = connection?.kind === 'session' ? t('storage:autostartSession') : t('storage:autostart')
  const [busy, setBusy] = useState(false)
  const ref = { connection: pool.connection, uuid: pool.uuid }
  const start = async (): Promise<void> => {
    setBusy(true)
    await call('pool.start', ref).catch(showError)
    setBusy(false)
  }
  return (
    <Stack gap="lg">
      <Section
        title={pool.name}
        badge={
          <StateBadge
            tone={pool.active ? 'good' : 'off'}
            label={pool.active ? t('storage:active') : t('storage:inactive')}
          />
        }
        actions={
          <>
            {!pool.active && (
              <Button loading={busy} onClick={() => void start()}>
                {t('storage:start')}
              </Button>
            )}
            {pool.path && (
              <Button
                variant="default"
                onClick={() => void call('desktop.open-folder', { path: pool.path ?? '' }).catch(showError)}
              >
                {t('storage:openFolder')}
              </Button>
            )}
            <Button variant="default" onClick={() => openDialog({ kind: 'pool-xml', ...ref })}>
              {t('storage:xml')}
            </Button>
            <CopyButton text={virshLine(uri, 'vol-list', pool)} label={t('storage:copyCommand')} />
          </>
        }
      >
        <Stack gap="sm">
          {pool.active && pool.capacityBytes > 0 && <Usage pool={pool} />}
          <FactList
            facts={[
              { label: t('storage:type'), value: pool.type },
              { label: t('storage:path'), value: pool.path && <Path path={pool.path} /> },
              { label: t('storage:allocation'), value: pool.active ? formatBytes(pool.allocationBytes) : null },
              { label: autostart, value: <Autostart pool={pool} label={autostart} /> },
              { label: 'UUID', value: pool.uuid },
            ]}
          />
        </Stack>
      </Section>
      {pool.active && <Volumes pool={pool} />}
    </Stack>
  )
}
