import { Button, Skeleton, Text } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Pool, Volume } from '../../../shared/model/storage.ts'
import { call, on } from '../../api/client.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { DataTable, type Column } from '../../ui/DataTable.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { compareText, formatBytes } from '../../ui/format.ts'
import { Section } from '../../ui/Section.tsx'
import { useRefreshWhileVisible } from '../../ui/use-refresh-while-visible.ts'

/** Volumes are announced by no event: the folder is read again when opened, on focus, and every 30 s. An event of the pool itself says that libvirt has just read it. */
function useVolumes({ connection, uuid }: Pool) {
  const [volumes, setVolumes] = useState<readonly Volume[] | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [tries, setTries] = useState(0)
  const newest = useRef(0)
  const read = useCallback(
    async (refresh: boolean): Promise<void> => {
      newest.current += 1
      const mine = newest.current
      try {
        const answer = await call('pool.volumes', { connection, uuid, refresh })
        // An answer that was overtaken by a newer question is old.
        if (mine !== newest.current) return
        setVolumes(answer)
        setError(null)
      } catch (reason) {
        if (mine === newest.current) setError(reason)
      }
    },
    [connection, uuid],
  )
  // Read without a refresh: a refresh is announced by the same event again.
  useEffect(
    () => on('object.stale', (object) => object.uuid === uuid && object.connection === connection && void read(false)),
    [connection, uuid, read],
  )
  useRefreshWhileVisible(() => read(true), 30_000, `${connection}|${uuid}|${tries}`)
  return { volumes, error, again: () => setTries(tries + 1) }
}

/** The volumes of an active pool. */
export function Volumes({ pool }: { readonly pool: Pool }) {
  const { t } = useTranslation()
  const { volumes, error, again } = useVolumes(pool)
  const rows = (volumes ?? []).toSorted((a, b) => compareText(a.name, b.name))
  const backing: Column<Volume> = {
    key: 'backing',
    label: t('storage:backing'),
    cell: (volume) => volume.backingPath ?? '–',
  }
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
            {
              key: 'capacity',
              label: t('storage:capacity'),
              align: 'right',
              cell: (volume) => formatBytes(volume.capacityBytes),
            },
            {
              key: 'allocation',
              label: t('storage:onDisk'),
              align: 'right',
              cell: (volume) => formatBytes(volume.allocationBytes),
            },
            ...(rows.some((volume) => volume.backingPath !== null) ? [backing] : []),
            {
              key: 'copy',
              label: '',
              align: 'right',
              cell: (volume) => (
                <CopyButton compact text={volume.path} label={t('storage:copyPathOf', { name: volume.name })} />
              ),
            },
          ]}
        />
      )}
    </Section>
  )
}
