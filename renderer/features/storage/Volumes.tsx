import { Anchor, Button, Skeleton, Text } from '@mantine/core'
import { IconPlus, IconRefresh } from '@tabler/icons-react'
import { Fragment, useCallback, useEffect, useRef, useState } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Pool, UsedVolume } from '../../../shared/model/storage.ts'
import { call, on } from '../../api/client.ts'
import { href, paths } from '../../app/paths.ts'
import { openDialog } from '../../stores/app-store.ts'
import { DataTable, type Column } from '../../ui/DataTable.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { compareText, formatBytes } from '../../ui/format.ts'
import { Section } from '../../ui/Section.tsx'
import { useRefreshWhileVisible } from '../../ui/use-refresh-while-visible.ts'
import { VolumeMenu } from './VolumeMenu.tsx'

/** Volumes are announced by no event: the folder is read again when opened, on focus, and every 30 s. An event of the pool itself says that libvirt has just read it. */
function useVolumes({ connection, uuid }: Pool) {
  const [volumes, setVolumes] = useState<readonly UsedVolume[] | null>(null)
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

/** The machines that use a volume, each a link, and the images that stand on it. */
function Users({ pool, volume }: { readonly pool: Pool; readonly volume: UsedVolume }) {
  const { t } = useTranslation()
  if (volume.usedBy.length === 0 && volume.baseOf.length === 0) return '–'
  return (
    <>
      {volume.usedBy.map((machine, index) => (
        <Fragment key={machine.uuid}>
          {index > 0 && ', '}
          <Anchor size="sm" href={href(paths.machine(pool.connection, machine.uuid, 'details'))}>
            {machine.name}
          </Anchor>
        </Fragment>
      ))}
      {volume.baseOf.length > 0 && <div>{t('storage:baseOf', { names: volume.baseOf.join(', ') })}</div>}
    </>
  )
}

/** What a guest sees of it, and what it takes now. */
function Size({ volume }: { readonly volume: UsedVolume }) {
  const { t } = useTranslation()
  return (
    <>
      {formatBytes(volume.capacityBytes)}
      <Text size="xs" c="dimmed">
        {t('storage:onDisk', { size: formatBytes(volume.allocationBytes) })}
      </Text>
    </>
  )
}

function columnsOf(t: TFunction, pool: Pool, rows: readonly UsedVolume[], again: () => void): readonly Column<UsedVolume>[] {
  const backing: Column<UsedVolume> = { key: 'backing', label: t('storage:backing'), cell: (volume) => volume.backingPath ?? '–' }
  return [
    { key: 'name', label: t('storage:name'), cell: (volume) => <span title={volume.path}>{volume.name}</span> },
    { key: 'format', label: t('storage:format'), wideOnly: true, cell: (volume) => volume.format ?? '–' },
    { key: 'capacity', label: t('storage:capacity'), align: 'right', cell: (volume) => <Size volume={volume} /> },
    { key: 'users', label: t('storage:usedBy'), cell: (volume) => <Users pool={pool} volume={volume} /> },
    ...(rows.some((volume) => volume.backingPath !== null) ? [backing] : []),
    {
      key: 'more',
      label: '',
      align: 'right',
      cell: (volume) => <VolumeMenu pool={pool} volume={volume} onDeleted={again} />,
    },
  ]
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
        <>
          {pool.path && (
            <Button
              variant="default"
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() => openDialog({ kind: 'add-volume', connection: pool.connection, uuid: pool.uuid })}
            >
              {t('storage:add.open')}
            </Button>
          )}
          <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={again}>
            {t('storage:refresh')}
          </Button>
        </>
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
          columns={columnsOf(t, pool, rows, again)}
        />
      )}
    </Section>
  )
}
