/** Feeds the store from the host: everything once at the start and after a lost link, then event by event. */
import type { RequestName, Output, Input } from '../../shared/contract/index.ts'
import type { Connection, ConnectionId } from '../../shared/model/connection.ts'
import { appStore } from '../stores/app-store.ts'
import { applyEvent, withDomains } from '../stores/updates.ts'
import { call, onAny, onLink } from './client.ts'
import { clipboardByHost } from './clipboard.ts'

/** An answer that events overtook is asked for again, this often at most. */
const readsAtMost = 4
const asked = new Map<ConnectionId, Promise<void>>()

/** The answer of a request, or undefined where it failed: the connection's own row says why. */
async function quietly<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N> | undefined> {
  try {
    return await call(name, input)
  } catch {
    return undefined
  }
}

/** Whether what is read of a connection is still wanted: it may have been closed or removed while the answers came. */
function isWanted(connection: ConnectionId): boolean {
  const state = appStore.getState().connections.find((one) => one.id === connection)?.state
  return state !== undefined && state !== 'disconnected' && state !== 'failed'
}

/** Whether the events of its connecting were heard, which bring all lists. */
function isKnown(connection: ConnectionId): boolean {
  const { listed, networks, pools } = appStore.getState()
  return listed[connection] === true && networks[connection] !== undefined && pools[connection] !== undefined
}

async function readLists(connection: ConnectionId): Promise<void> {
  for (let read = 0; read < readsAtMost; read += 1) {
    const before = appStore.getState().sequences[connection]
    const [domains, networks, pools] = await Promise.all([
      quietly('domain.list', { connection }),
      quietly('network.list', { connection }),
      quietly('pool.list', { connection }),
    ])
    if (!isWanted(connection)) return
    appStore.setState((state) => ({
      ...(domains ? withDomains(state, connection, domains) : {}),
      ...(networks ? { networks: { ...state.networks, [connection]: networks } } : {}),
      ...(pools ? { pools: { ...state.pools, [connection]: pools } } : {}),
    }))
    if (appStore.getState().sequences[connection] === before) return
  }
}

/** Asks for the lists of a connection again; what asks at the same time shares the answer. */
export function refreshConnection(connection: ConnectionId): Promise<void> {
  const running = asked.get(connection)
  if (running) return running
  const reading = readLists(connection).finally(() => asked.delete(connection))
  asked.set(connection, reading)
  return reading
}

/** How many events were heard. */
let heard = 0

const ask = () =>
  Promise.all([call('app.info', {}), call('settings.get', {}), call('connection.list', {}), call('job.list', {}), call('command.list', {})])

/** The same, asked again where an event overtook the answers: they may be older than what it has told. */
async function askUntilQuiet(): ReturnType<typeof ask> {
  for (let read = 1; ; read += 1) {
    const before = heard
    const answers = await ask()
    if (heard === before || read === readsAtMost) return answers
  }
}

/** Everything the page knows, read anew. */
async function readAll(): Promise<void> {
  const [info, settings, connections, jobs, commands] = await askUntilQuiet()
  clipboardByHost(info.hostClipboard)
  const newestFirst = jobs.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))
  const stands = connections.filter((one) => one.state === 'connected').map((one) => one.id)
  const { networks } = appStore.getState()
  appStore.setState({
    info,
    settings,
    connections,
    jobs: newestFirst,
    commands,
    sequences: {},
    // what another connection told while nobody listened was missed: without these its lists count as not known
    networks: Object.fromEntries(Object.entries(networks).filter(([id]) => stands.includes(id))),
  })
  await Promise.all(stands.map((id) => refreshConnection(id)))
}

/** Starts feeding the store. `onFailure` is told where the first reading fails for another reason than a lost link. */
export function startEventBridge(onFailure: (error: unknown) => void): void {
  onAny((envelope) => {
    heard += 1
    const before = appStore.getState()
    const { patch, missed } = applyEvent(before, envelope)
    appStore.setState(patch)
    if (missed) void refreshConnection(missed)
    if (envelope.event !== 'connection.changed') return
    const connection = envelope.payload as Connection
    const was = before.connections.find((one) => one.id === connection.id)?.state
    if (connection.state === 'connected' && was !== 'connected' && !isKnown(connection.id)) void refreshConnection(connection.id)
  })
  onLink((link) => {
    appStore.setState({ link })
    if (link === 'open') readAll().catch((error: unknown) => appStore.getState().link === 'open' && onFailure(error))
  })
}
