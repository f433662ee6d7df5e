/** The host: everything that talks to the machine, behind one function. It knows no transport (design: two thin ones stand over it). */
import { rmdir } from 'node:fs/promises'
import { homedir, userInfo } from 'node:os'
import type { EventEnvelope, EventName, Events, Result } from '../../shared/contract/index.ts'
import type { AppInfo } from '../../shared/contract/app.ts'
import { isActive } from '../../shared/model/domain-rules.ts'
import { askForPassword, rightsOn } from '../readiness/index.ts'
import { openConnections, openSettings, systemLanguage, type SettingsStore } from '../settings/index.ts'
import { runtimeFolder, userFolder } from '../system/paths.ts'
import { createCommandLog } from './command-log.ts'
import { Connections } from './connections/connections.ts'
import { libvirtReads } from './connections/libvirt-reads.ts'
import { createViews } from './connections/views.ts'
import type { Caller, HostParts } from './context.ts'
import type { Desktop } from './desktop.ts'
import { dispatch } from './dispatch.ts'
import { createDownloads } from './downloads.ts'
import { handlers } from './handlers/index.ts'
import { Forwards } from './forwards.ts'
import { Interrupted } from './interrupted.ts'
import { createJobs, type Jobs } from './jobs.ts'
import type { Logger } from './log.ts'
import { Seeds } from './seeds.ts'
import { consoleAddresses, type Relay } from './relay.ts'
import { VolumeFetches } from './volume-fetches.ts'

export interface HostDependencies {
  readonly version: string
  readonly desktop: Desktop
  /** Folder of settings.json and connections.json. */
  readonly configFolder: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly relay: Relay
  /** `ws://127.0.0.1:PORT` of the server that gives /console/<ticket> to the relay. */
  relayBase(): Promise<string>
  readonly log: Logger
  /** The person chose to leave: the transport ends the app (and calls close). */
  quit(): void
}

export interface Host {
  dispatch(name: string, input: unknown, caller: Caller): Promise<Result<unknown>>
  /** Answers a function that stops. */
  subscribe(listener: (envelope: EventEnvelope) => void): () => void
  readonly jobs: Pick<Jobs, 'running'>
  /**
   * Whether the window may close now. Where work runs, or machines run and closing was never explained, the pages get
   * app.closing and answer with app.close.
   */
  mayClose(): boolean
  /** Ends streams, relays and connections; work is cancelled and waited for where stopJobs says so. */
  close(options: { readonly stopJobs: boolean }): Promise<void>
}

/** A part that acts on what is told, and at its start takes over what an earlier app left. */
interface Follower {
  heard(event: EventName): void
  start(): Promise<void>
}

/** Work that was told to stop is waited for no longer than this, in milliseconds. */
const STOP_MS = 30_000

/** Waits for work, but not forever. */
async function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([work, new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)))])
  clearTimeout(timer)
}

/** Opens settings and connections, and connects what connects by itself. */
export async function createHost(deps: HostDependencies): Promise<Host> {
  const [settings, store] = await Promise.all([openSettings(deps.configFolder), openConnections(deps.configFolder)])
  const listeners = new Set<(envelope: EventEnvelope) => void>()
  /** They ask for the connections, which may already tell something while they are made. */
  const followers: Follower[] = []
  const emit = <N extends EventName>(event: N, payload: Events[N]): void => {
    for (const listener of [...listeners]) listener({ event, payload })
    for (const follower of followers) follower.heard(event)
  }
  const onFault = (what: string, error: unknown): void => deps.log.error({ err: error, what }, 'fault')
  const seeds = new Seeds({ connections: () => connections.all(), onFault })
  const forwards = new Forwards({ connections: () => connections.all(), onFault })
  const jobs = createJobs(emit)
  const interrupted = new Interrupted({ connections: () => connections.all(), jobs, onFault })
  const downloads = createDownloads({ jobs, settings: () => settings.get().catalogue, onFault })
  const volumeFetches = new VolumeFetches({ connections: () => connections.all(), jobs, tools: downloads.tools, onFault })
  const commands = createCommandLog(emit)
  const asRoot = process.getuid?.() === 0
  const defaultUri = deps.env['LIBVIRT_DEFAULT_URI']?.trim() || null
  const connections = new Connections({ store, reads: libvirtReads, rights: rightsOn, askForPassword, emit, log: commands.add, onFault, asRoot, defaultUri })
  followers.push(seeds, volumeFetches, forwards, interrupted)
  const parts: HostParts = {
    connections,
    views: createViews(connections, onFault),
    jobs,
    interrupted,
    downloads,
    volumeFetches,
    commands,
    settings,
    seeds,
    forwards,
    desktop: deps.desktop,
    console: consoleAddresses(deps.relay, deps.relayBase),
    emit,
    info: () => appInfo(deps, settings, { asRoot, defaultUri, setAside: [settings, store].flatMap((file) => file.setAside ?? []).join(', ') || null }),
    leave: async (choice) => {
      if (choice === 'wait') return
      if (choice === 'stop') await atMost(STOP_MS, jobs.stopAll())
      deps.quit()
    },
  }
  for (const follower of followers) follower.start().catch((error: unknown) => onFault('what an earlier app left', error))
  connections.start()
  return {
    jobs,
    dispatch: (name, input, caller) => dispatch(handlers, name, input, { ...parts, caller }, onFault),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    mayClose: () => mayClose(parts),
    close: async ({ stopJobs }) => {
      if (stopJobs) await atMost(STOP_MS, jobs.stopAll())
      connections.close()
      await deps.relay.close()
      listeners.clear()
      // only where it is empty: another window's files may lie in it
      await rmdir(runtimeFolder()).catch(() => undefined)
    },
  }
}

/** Asks the pages where there is something to ask. */
function mayClose({ connections, jobs, settings, emit }: HostParts): boolean {
  const runningMachines = countRunning(connections)
  const running = jobs.running()
  const explained = settings.get().closingNoticeShown || runningMachines === 0
  if (running.length === 0 && explained) return true
  emit('app.closing', { jobs: running, runningMachines })
  return false
}

function countRunning(connections: Connections): number {
  return connections.all().flatMap((live) => live.inventory?.domains ?? []).filter(isActive).length
}

interface Found {
  readonly asRoot: boolean
  readonly defaultUri: string | null
  readonly setAside: string | null
}

function appInfo(deps: HostDependencies, settings: SettingsStore, found: Found): AppInfo {
  return {
    version: deps.version,
    systemLanguage: systemLanguage(deps.env),
    nativeDialogs: deps.desktop.nativeDialogs,
    hostClipboard: deps.desktop.clipboard,
    home: homedir(),
    folders: { downloads: userFolder('DOWNLOAD', 'Downloads'), pictures: userFolder('PICTURES', 'Pictures') },
    user: userInfo().username,
    runsAsRoot: found.asRoot,
    settingsPath: settings.path,
    settingsSetAside: found.setAside,
    defaultUri: found.defaultUri,
  }
}
