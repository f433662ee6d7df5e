import { List } from '@mantine/core'
import { IconNetwork } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ConnectionId } from '../../../shared/model/connection.ts'
import { call } from '../../api/client.ts'
import { CopyListCommand } from '../../app/CopyListCommand.tsx'
import { href, paths } from '../../app/paths.ts'
import { appStore, useAppStore, useConnection } from '../../stores/app-store.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { compareText, matchesSearch } from '../../ui/format.ts'
import { ListDetail } from '../../ui/ListDetail.tsx'
import { Page } from '../../ui/Page.tsx'
import { useRefreshWhileVisible } from '../../ui/use-refresh-while-visible.ts'
import { useConnectionName } from '../connections/index.ts'
import { NetworkKindsButton, NewNetworkButton } from '../new-network/index.ts'
import { NetworkDetail } from './NetworkDetail.tsx'
import { networkFact } from './words.ts'

/** A session has no networks of its own, for want of rights; user mode takes their place. */
function NoNetworks({ connection }: { readonly connection: ConnectionId }) {
  const { t } = useTranslation()
  const session = useConnection(connection)?.kind === 'session'
  return (
    <EmptyState
      icon={<IconNetwork size={40} />}
      title={session ? t('networks:empty.session') : t('networks:empty.title')}
      text={
        session ? (
          <>
            <p>{t('networks:empty.sessionText')}</p>
            <List ta="left">
              <List.Item>{t('networks:empty.addresses')}</List.Item>
              <List.Item>{t('networks:empty.limits')}</List.Item>
              <List.Item>{t('networks:empty.system')}</List.Item>
            </List>
          </>
        ) : (
          t('networks:empty.text')
        )
      }
    >
      <NewNetworkButton connection={connection} explained />
    </EmptyState>
  )
}

/** The networks of a connection; the one of the address, else the first, beside the list. */
export function NetworksPage({
  connection,
  uuid,
}: {
  readonly connection: ConnectionId
  readonly uuid: string | null
}) {
  const { t } = useTranslation()
  const name = useConnectionName(connection)
  const networks = useAppStore((state) => state.networks[connection])
  const search = useAppStore((state) => state.search)
  useRefreshWhileVisible(
    async () => {
      const fresh = await call('network.list', { connection }).catch(() => null)
      if (fresh) appStore.setState((state) => ({ networks: { ...state.networks, [connection]: fresh } }))
    },
    30_000,
    connection,
  )
  const shown = (networks ?? [])
    .filter((one) => matchesSearch(search, [one.name, one.bridge, one.domain, one.forwardDevice, networkFact(t, one), ...one.addresses.map(({ address }) => address)]))
    .toSorted((a, b) => compareText(a.name, b.name))
  const selected = networks?.find((one) => one.uuid === uuid) ?? shown[0]
  return (
    <Page
      title={t('networks:title')}
      subtitle={name}
      tools={networks?.length === 0 ? ['jobs'] : ['search', 'jobs']}
      actions={
        networks &&
        networks.length > 0 && (
          <>
            <CopyListCommand connection={connection} command="net-list" />
            <NetworkKindsButton />
          </>
        )
      }
      create={networks && networks.length > 0 && <NewNetworkButton connection={connection} />}
      bare
    >
      {networks?.length === 0 && <NoNetworks connection={connection} />}
      {networks && networks.length > 0 && (
        <ListDetail
          label={t('networks:title')}
          selected={selected?.uuid ?? null}
          none={t('networks:noMatch')}
          items={shown.map((one) => ({
            id: one.uuid,
            href: href(paths.network(connection, one.uuid)),
            name: one.name,
            fact: networkFact(t, one),
            tone: one.active ? 'good' : 'off',
            state: one.active ? t('networks:active') : t('networks:inactive'),
          }))}
        >
          {selected && <NetworkDetail key={selected.uuid} network={selected} />}
        </ListDetail>
      )}
    </Page>
  )
}
