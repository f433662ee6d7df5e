import { Button, Skeleton, Text } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Pool, Volume } from '../../../shared/model/storage.ts'
import { call, on } from '../../api/client.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { compareText, formatBytes } from '../../ui/format.ts'
import { Section } from '../../ui/Section.tsx'
import { useRefreshWhileVisible } from '../../ui/use-refresh-while-visible.ts'

/** Volumes are announced by no event: the folder is read again when opened, on focus, and every 30 s. */
function useVolumes({ connection, uuid }: Pool) {
  const [volumes, setVolumes] = useState<readonly Volume[] | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [stale, setStale] = useState(0)
  useEffect(
    () => on('object.stale', (object) => object.uuid === uuid && object.connection === connection && setStale((count) => count + 1)),
    [connection, uuid],
  )
  useRefreshWhileVisible(
    async () => {
      try {
        setVolumes(await call('pool.volumes', { connection, uuid, refresh: true }))
        setError(null)
      } catch (reason) {
        setError(reason)
      }
    },
    30_000,
    `${connection}|${uuid}|${stale}`,
  )
  return { volumes, error, again: () => setStale(stale + 1) }
}

/** The volumes of an active pool. */
export function Volumes({ pool }: { readonly pool: Pool }) {
  const { t } = useTranslation()
  const { volumes, error, again } = useVolumes(pool)
  const rows = (volumes ?? []).toSorted((a, b) => compareText(a.name, b.name))
  return (
    <Section
      title={t('storage:volumes')}
      actions={
        <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={again}>
          {t('storage:refresh')}
        </Button>
      }
    >
      {error !== null && <ErrorNotice error={error} onRetry={again} />}
      {volumes === null && error === null && <Skeleton height="6rem" />}
      {volumes?.length === 0 && <Text c="dimmed">{t('storage:noVolumes')}</Text>}
      {rows.length > 0 && (
        <DataTable
          caption={t('storage:volumes')}
          rows={rows}
          rowKey={(volume) => volume.path}
          columns={[
            { key: 'name', label: t('storage:name'), cell: (volume) => <span title={volume.path}>{volume.name}</span> },
            { key: 'format', label: t('storage:format'), cell: (volume) => volume.format ?? '–' },
            { key: 'capacity', label: t('storage:capacity'), align: 'right', cell: (volume) => formatBytes(volume.capacityBytes) },
            { key: 'allocation', label: t('storage:onDisk'), align: 'right', cell: (volume) => formatBytes(volume.allocationBytes) },
            { key: 'backing', label: t('storage:backing'), cell: (volume) => volume.backingPath ?? '–' },
            {
              key: 'copy',
              label: '',
              align: 'right',
              cell: (volume) => <CopyButton compact text={volume.path} label={t('storage:copyPathOf', { name: volume.name })} />,
            },
          ]}
        />
      )}
    </Section>
  )
}
