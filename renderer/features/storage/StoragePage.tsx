import { Button, Group } from '@mantine/core'
import { IconDatabase, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionId } from '../../../shared/model/connection.ts'
import type { Pool } from '../../../shared/model/storage.ts'
import { call } from '../../api/client.ts'
import { CopyListCommand } from '../../app/CopyListCommand.tsx'
import { go, href, paths } from '../../app/paths.ts'
import { appStore, openDialog, useAppStore } from '../../stores/app-store.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { compareText, formatBytes, matchesSearch } from '../../ui/format.ts'
import { ListDetail, type ListItem } from '../../ui/ListDetail.tsx'
import { showError } from '../../ui/notices.tsx'
import { Page } from '../../ui/Page.tsx'
import { useRefreshWhileVisible } from '../../ui/use-refresh-while-visible.ts'
import { useConnectionName } from '../connections/index.ts'
import { PoolDetail } from './PoolDetail.tsx'
import { usedShare } from './words.ts'

function NewPoolButton({ connection, variant }: { readonly connection: ConnectionId; readonly variant: 'default' | 'filled' }) {
  const { t } = useTranslation()
  return (
    <Button
      variant={variant}
      leftSection={variant === 'filled' && <IconPlus size={16} aria-hidden />}
      onClick={() => openDialog({ kind: 'new-pool', connection })}
    >
      {t('storage:new.open')}
    </Button>
  )
}

/** A connection without pools: nothing is made by itself; the default pool is one click. */
function NoPools({ connection }: { readonly connection: ConnectionId }) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const create = async (): Promise<void> => {
    setBusy(true)
    try {
      const { uuid } = await call('pool.create-default', { connection })
      go(paths.pool(connection, uuid))
    } catch (error) {
      showError(error)
    }
    setBusy(false)
  }
  return (
    <EmptyState icon={<IconDatabase size={40} />} title={t('storage:empty.title')} text={t('storage:empty.text')}>
      <Group justify="center">
        <Button loading={busy} onClick={() => void create()}>
          {t('storage:empty.createDefault')}
        </Button>
        <NewPoolButton connection={connection} variant="default" />
      </Group>
    </EmptyState>
  )
}

/** The storage pools of a connection; the one of the address, else the first, beside the list. */
export function StoragePage({ connection, uuid }: { readonly connection: ConnectionId; readonly uuid: string | null }) {
  const { t } = useTranslation()
  const name = useConnectionName(connection)
  const pools = useAppStore((state) => state.pools[connection])
  const search = useAppStore((state) => state.search)
  useRefreshWhileVisible(
    async () => {
      const fresh = await call('pool.list', { connection }).catch(() => null)
      if (fresh) appStore.setState((state) => ({ pools: { ...state.pools, [connection]: fresh } }))
    },
    30_000,
    connection,
  )
  const item = (pool: Pool): ListItem => ({
    id: pool.uuid,
    href: href(paths.pool(connection, pool.uuid)),
    name: pool.name,
    fact: pool.active ? t('storage:free', { size: formatBytes(pool.availableBytes) }) : t('storage:inactive'),
    fill: usedShare(pool),
    tone: pool.active ? 'good' : 'off',
    state: pool.active ? t('storage:active') : t('storage:inactive'),
  })
  const shown = (pools ?? [])
    .filter((one) => matchesSearch(search, [one.name, one.path, one.type]))
    .toSorted((a, b) => compareText(a.name, b.name))
  const selected = pools?.find((one) => one.uuid === uuid) ?? shown[0]
  const none = pools?.length === 0
  return (
    <Page
      title={t('storage:title')}
      subtitle={name}
      tools={none ? ['jobs'] : ['search', 'jobs']}
      actions={!none && <CopyListCommand connection={connection} command="pool-list" />}
      create={!none && <NewPoolButton connection={connection} variant="filled" />}
      bare
    >
      {none && <NoPools connection={connection} />}
      {pools && pools.length > 0 && (
        <ListDetail
          label={t('storage:title')}
          selected={selected?.uuid ?? null}
          none={t('storage:noMatch')}
          items={shown.map(item)}
        >
          {selected && <PoolDetail key={selected.uuid} pool={selected} />}
        </ListDetail>
      )}
    </Page>
  )
}
