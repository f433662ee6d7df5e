import { Button, Loader, SegmentedControl } from '@mantine/core'
import { IconDeviceDesktop, IconPlus, IconSearchOff } from '@tabler/icons-react'
import { useMemo, useState, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import { refreshConnection } from '../../api/event-bridge.ts'
import type { ConnectionId } from '../../../shared/model/connection.ts'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import { openDialog, useAppStore, useConnection } from '../../stores/app-store.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { useRefreshWhileVisible } from '../../ui/use-refresh-while-visible.ts'
import { connectionName, isListing, useConnectionName, usePreferredConnection } from '../connections/index.ts'
import { ActionConfirm } from './ActionConfirm.tsx'
import { ConnectionGate } from './ConnectionGate.tsx'
import { ContextMenu, spotOf, type ContextSpot } from './ContextMenu.tsx'
import { stateWord } from './facts.ts'
import { countStates, filterMachines, gridLimit, sortMachines } from './list.ts'
import { ListBar } from './ListBar.tsx'
import { MachineGrid } from './MachineGrid.tsx'
import { MachineTable } from './MachineTable.tsx'
import { NoConnection, nobodyToAsk } from './NoConnection.tsx'
import { useListView } from './view.ts'
import classes from './machines.module.css'

/** Machines of a connection, or of all. */
function useMachines(connection: ConnectionId | null): readonly DomainSummary[] {
  return useAppStore(
    useShallow((state) =>
      Object.values(state.domains).filter((domain) => connection === null || domain.connection === connection),
    ),
  )
}

/** Grid or table: what was chosen, else a table above twenty machines. */
function useStyle(count: number): readonly ['grid' | 'table', (style: 'grid' | 'table') => void] {
  const chosen = useAppStore((state) => state.listStyle)
  const choose = useAppStore((state) => state.setListStyle)
  return [chosen === 'auto' ? (count > gridLimit ? 'table' : 'grid') : chosen, choose]
}

/** The first thing a person sees in a fresh session: what this is for, and the one thing to do. */
function NoMachines({ connection: id }: { readonly connection: ConnectionId | null }) {
  const { t } = useTranslation()
  const preferred = usePreferredConnection()
  const connection = useConnection(id ?? preferred?.id)
  const name = connection ? connectionName(t, connection) : ''
  const where =
    connection?.kind === 'session'
      ? t('machines:empty.where', { connection: name })
      : t('machines:empty.whereSystem', { connection: name })
  const text = (
    <>
      <p>{t('machines:empty.text')}</p>
      {connection && connection.kind !== 'test' && <p>{where}</p>}
    </>
  )
  return (
    <EmptyState icon={<IconDeviceDesktop size={40} />} title={t('machines:empty.title')} text={text}>
      {connection && (
        <Button
          size="md"
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={() => openDialog({ kind: 'new-machine', connection: connection.id })}
        >
          {t('machines:new')}
        </Button>
      )}
    </EmptyState>
  )
}

function NoMatch({ onClear }: { readonly onClear: () => void }) {
  const { t } = useTranslation()
  const search = useAppStore((state) => state.search)
  return (
    <EmptyState
      icon={<IconSearchOff size={36} />}
      title={t('machines:noMatch.title')}
      text={search.trim() === '' ? t('machines:noMatch.textState') : t('machines:noMatch.text', { text: search })}
    >
      <Button variant="default" onClick={onClear}>
        {t('machines:noMatch.clear')}
      </Button>
    </EmptyState>
  )
}

function MachineList({
  connection,
  domains,
  style,
}: {
  readonly connection: ConnectionId | null
  readonly domains: readonly DomainSummary[]
  readonly style: 'grid' | 'table'
}) {
  const { t } = useTranslation()
  const search = useAppStore((state) => state.search)
  const setSearch = useAppStore((state) => state.setSearch)
  const connections = useAppStore((state) => state.connections)
  const [view, setView] = useListView(connection ?? 'all')
  const [spot, setSpot] = useState<ContextSpot | null>(null)
  const shown = useMemo(() => {
    const nameOf = (domain: DomainSummary): string => {
      const found = connections.find((one) => one.id === domain.connection)
      return found ? connectionName(t, found) : ''
    }
    const matching = filterMachines(domains, { text: search, state: view.state }, (domain) => stateWord(t, domain))
    return sortMachines(matching, view.sorting, nameOf)
  }, [domains, search, view, connections, t])
  const onMenu = (event: MouseEvent<HTMLElement>, domain: DomainSummary): void => setSpot(spotOf(event, domain))
  const clear = (): void => {
    setSearch('')
    setView({ state: 'all' })
  }
  const common = { domains: shown, withConnection: connection === null, onMenu }
  return (
    <>
      <ListBar
        connection={connection}
        counts={countStates(domains)}
        view={view}
        onView={setView}
        sortable={style === 'grid'}
      />
      {shown.length === 0 && <NoMatch onClear={clear} />}
      {shown.length > 0 && style === 'grid' && <MachineGrid {...common} />}
      {shown.length > 0 && style === 'table' && (
        <MachineTable {...common} sorting={view.sorting} onSort={(sorting) => setView({ sorting })} />
      )}
      {spot && <ContextMenu spot={spot} onClose={() => setSpot(null)} />}
    </>
  )
}

/** Autostart, saved states and all else that libvirt announces by no event is read again while the list is on screen. */
function useFreshLists(connection: ConnectionId | null): void {
  const connected = useAppStore(
    useShallow((state) => state.connections.filter((one) => one.state === 'connected').map((one) => one.id)),
  )
  const ids = connected.filter((id) => connection === null || id === connection)
  useRefreshWhileVisible(() => Promise.all(ids.map((id) => refreshConnection(id))), 30_000, ids.join(' '))
}

/** The machines of a connection, or of all connections (null). */
export function MachinesPage({ connection }: { readonly connection: ConnectionId | null }) {
  const { t } = useTranslation()
  const domains = useMachines(connection)
  const [style, setStyle] = useStyle(domains.length)
  const name = useConnectionName(connection)
  useFreshLists(connection)
  const empty = domains.length === 0
  const listing = useAppStore((state) => connection === null && isListing(state))
  const connections = useAppStore((state) => state.connections)
  const choice = (
    <SegmentedControl
      size="sm"
      aria-label={t('machines:view.label')}
      value={style}
      data={[
        { value: 'grid', label: t('machines:view.grid') },
        { value: 'table', label: t('machines:view.table') },
      ]}
      onChange={(value) => setStyle(value === 'table' ? 'table' : 'grid')}
    />
  )
  const content = !empty ? (
    <MachineList connection={connection} domains={domains} style={style} />
  ) : listing ? (
    <EmptyState icon={<Loader size="sm" />} title={t('loading')} />
  ) : connection === null && nobodyToAsk(connections) ? (
    <NoConnection connections={connections} />
  ) : (
    <NoMachines connection={connection} />
  )
  return (
    <Page
      title={connection === null ? t('machines:titleAll') : t('machines:title')}
      subtitle={connection === null ? null : name}
      tabs={empty ? null : choice}
      tools={empty ? ['jobs'] : ['search', 'jobs', 'new']}
      bare
    >
      <div className={classes.page}>
        {connection === null ? content : <ConnectionGate connection={connection}>{content}</ConnectionGate>}
      </div>
      <ActionConfirm />
    </Page>
  )
}
