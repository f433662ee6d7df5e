import { useTranslation } from 'react-i18next'
import { useRoute } from 'wouter'
import type { ConnectionId } from '../../../shared/model/connection.ts'
import { href, paths } from '../../app/paths.ts'
import { useAppStore } from '../../stores/app-store.ts'
import { formatNumber } from '../../ui/format.ts'
import classes from './connections.module.css'

interface EntryProps {
  readonly path: string
  readonly label: string
  /** A number, or a word where a number would say nothing. */
  readonly count: string
}

/** A link of the sidebar with its count; marked while its page, or one under it, is open. */
export function SidebarEntry({ path, label, count, top = false }: EntryProps & { readonly top?: boolean }) {
  const [exact] = useRoute(path)
  const [below] = useRoute(`${path}/*`)
  return (
    <a
      href={href(path)}
      className={classes.entry}
      data-top={top || undefined}
      aria-current={exact || below ? 'page' : undefined}
    >
      <span className={classes.entryLabel}>{label}</span>
      <span className={classes.count}>{count}</span>
    </a>
  )
}

/** The pages of a connection: machines, networks, storage, each with how many there are. */
export function ConnectionPages({ connection }: { readonly connection: ConnectionId }) {
  const { t } = useTranslation()
  const machines = useAppStore(
    (state) => Object.values(state.domains).filter((one) => one.connection === connection).length,
  )
  const networks = useAppStore((state) => state.networks[connection]?.length)
  const pools = useAppStore((state) => state.pools[connection]?.length)
  const session = useAppStore((state) => state.connections.find((one) => one.id === connection)?.kind === 'session')
  const listed = useAppStore((state) => state.listed[connection] ?? false)
  const number = (count: number | undefined): string => (count === undefined ? '' : formatNumber(count))
  return (
    <nav className={classes.pages}>
      <SidebarEntry
        path={paths.machines(connection)}
        label={t('connections:machines')}
        count={number(listed ? machines : undefined)}
      />
      <SidebarEntry
        path={paths.networks(connection)}
        label={t('connections:networks')}
        count={session && networks === 0 ? t('connections:userMode') : number(networks)}
      />
      <SidebarEntry path={paths.storage(connection)} label={t('connections:storage')} count={number(pools)} />
    </nav>
  )
}
