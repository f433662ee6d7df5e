import { IconDatabase } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ConnectionId } from '../../../shared/model/connection.ts'
import type { Pool } from '../../../shared/model/storage.ts'
import { call } from '../../api/client.ts'
import { href, paths } from '../../app/paths.ts'
import { appStore, useAppStore } from '../../stores/app-store.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { compareText, formatBytes, matchesSearch } from '../../ui/format.ts'
import { ListDetail, type ListItem } from '../../ui/ListDetail.tsx'
import { allTools, Page } from '../../ui/Page.tsx'
import { useRefreshWhileVisible } from '../../ui/use-refresh-while-visible.ts'
import { useConnectionName } from '../connections/index.ts'
import { PoolDetail } from './PoolDetail.tsx'

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
    tone: pool.active ? 'good' : 'off',
    state: pool.active ? t('storage:active') : t('storage:inactive'),
  })
  const shown = (pools ?? [])
    .filter((one) => matchesSearch(search, [one.name, one.path, one.type]))
    .toSorted((a, b) => compareText(a.name, b.name))
  const selected = pools?.find((one) => one.uuid === uuid) ?? shown[0]
  return (
    <Page title={t('storage:title')} subtitle={name} tools={pools?.length === 0 ? ['jobs', 'new'] : allTools} bare>
      {pools?.length === 0 && (
        <EmptyState icon={<IconDatabase size={40} />} title={t('storage:empty.title')} text={t('storage:empty.text')} />
      )}
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
