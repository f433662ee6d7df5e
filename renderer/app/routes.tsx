import { Center, Loader } from '@mantine/core'
import { lazy, Suspense, type ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { Redirect, Route, Switch, useParams } from 'wouter'
import type { ConnectionId } from '../../shared/model/connection.ts'
import { startConnection } from '../features/connections/index.ts'
import { useAppStore } from '../stores/app-store.ts'
import { paths } from './paths.ts'
import { routes, type RouteId } from './registry.ts'

interface Fields {
  readonly connection: ConnectionId
  readonly uuid: string
}

const MachinesPage = lazy(() => import('../features/machines/index.ts').then((all) => ({ default: all.MachinesPage })))
const MachinePage = lazy(() => import('../features/machine/index.ts').then((all) => ({ default: all.MachinePage })))
const NetworksPage = lazy(() => import('../features/networks/index.ts').then((all) => ({ default: all.NetworksPage })))
const StoragePage = lazy(() => import('../features/storage/index.ts').then((all) => ({ default: all.StoragePage })))
const LibraryPage = lazy(() => import('../features/library/index.ts').then((all) => ({ default: all.LibraryPage })))
const SettingsPage = lazy(() => import('../features/settings/index.ts').then((all) => ({ default: all.SettingsPage })))

/** The component of each route of the registry. */
const pages: { readonly [I in RouteId]: ComponentType<Fields> } = {
  'all-machines': () => <MachinesPage connection={null} />,
  machines: ({ connection }) => <MachinesPage connection={connection} />,
  'machine-console': ({ connection, uuid }) => <MachinePage connection={connection} uuid={uuid} tab="console" />,
  'machine-details': ({ connection, uuid }) => <MachinePage connection={connection} uuid={uuid} tab="details" />,
  networks: ({ connection }) => <NetworksPage connection={connection} uuid={null} />,
  network: ({ connection, uuid }) => <NetworksPage connection={connection} uuid={uuid} />,
  storage: ({ connection }) => <StoragePage connection={connection} uuid={null} />,
  pool: ({ connection, uuid }) => <StoragePage connection={connection} uuid={uuid} />,
  library: () => <LibraryPage />,
  settings: () => <SettingsPage />,
}

/** Where the app opens: the machines of the connection that it starts with. */
function Start() {
  const connection = useAppStore(startConnection)
  return <Redirect replace to={connection ? paths.machines(connection.id) : paths.allMachines()} />
}

function Waiting() {
  const { t } = useTranslation()
  return (
    <Center h="100%">
      <Loader aria-label={t('loading')} />
    </Center>
  )
}

/** A page with what the address says it is about. */
function PageOf({ id }: { readonly id: RouteId }) {
  const fields = useParams<{ readonly connection?: string; readonly uuid?: string }>()
  const Page = pages[id]
  return <Page connection={decodeURIComponent(fields.connection ?? '')} uuid={fields.uuid ?? ''} />
}

/** The page of the address. */
export function Pages() {
  return (
    <Suspense fallback={<Waiting />}>
      <Switch>
        {routes.map(({ id, pattern }) => {
          return (
            <Route key={id} path={pattern}>
              <PageOf id={id} />
            </Route>
          )
        })}
        <Route>
          <Start />
        </Route>
      </Switch>
    </Suspense>
  )
}
