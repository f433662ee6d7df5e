import { Menu, nativeTheme } from 'electron'
import type { EventEnvelope, Output, RequestName } from '../../shared/contract/index.ts'
import type { Connection, ConnectionId } from '../../shared/model/connection.ts'
import { preferredOf } from '../../shared/model/connection-rules.ts'
import type { MenuAction } from '../../shared/model/menu.ts'
import { defaultSettings, type Settings } from '../../shared/model/settings.ts'
import type { Caller } from '../host/context.ts'
import type { Host } from '../host/create-host.ts'
import { menuTemplate } from './menu.ts'
import { languageOf, wordsIn, type Words } from './words.ts'

export interface FollowOptions {
  readonly host: Host
  /** An entry of the menu was chosen. */
  choose(action: MenuAction): void
  quit(): void
}

export interface Following {
  /** The words as the settings have them now. */
  words(): Words
  /** The same host, heard for what the page shows: to be given to the page in its place. */
  readonly host: Host
}

/** Keeps menu, words and theme of the native parts as the settings and the page have them. */
export async function followHost({ host, choose, quit }: FollowOptions): Promise<Following> {
  const caller: Caller = { id: 'menu', gone: new AbortController().signal }
  let settings = defaultSettings
  let connections: readonly Connection[] = []
  let shown: ConnectionId | null = null
  let t = wordsIn(languageOf(settings, process.env))
  const draw = (): void => {
    const connection = meant(connections, shown, settings.defaultConnection)
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ t, connection, choose, quit })))
  }
  const ask = async <N extends RequestName>(name: N, fallback: Output<N>): Promise<Output<N>> => {
    const result = await host.dispatch(name, {}, caller)
    return result.ok ? (result.value as Output<N>) : fallback
  }
  const apply = (changed: Settings): void => {
    settings = changed
    nativeTheme.themeSource = settings.theme
    t = wordsIn(languageOf(settings, process.env))
  }
  const hear = async ({ event, payload }: EventEnvelope): Promise<void> => {
    if (event === 'settings.changed') apply(payload as Settings)
    else if (event === 'connection.changed' || event === 'connection.removed') connections = await ask('connection.list', connections)
    else return
    draw()
  }
  host.subscribe((envelope) => void hear(envelope))
  apply(await ask('settings.get', settings))
  connections = await ask('connection.list', connections)
  draw()
  return {
    words: () => t,
    host: {
      ...host,
      dispatch: (name, input, from) => {
        const connection = name === 'app.view' ? connectionOf(input) : undefined
        if (connection !== undefined && connection !== shown) {
          shown = connection
          draw()
        }
        return host.dispatch(name, input, from)
      },
    },
  }
}

/** The connection that the menu means: the page's, else the one that the app prefers (as the page's own menu has it). */
function meant(connections: readonly Connection[], shown: ConnectionId | null, preferred: ConnectionId | null): Connection | undefined {
  return connections.find((one) => one.id === shown) ?? preferredOf(connections, preferred)
}

/** The connection that the page says it shows; undefined where it says nothing of the kind. */
function connectionOf(input: unknown): ConnectionId | null | undefined {
  if (typeof input !== 'object' || input === null || !('connection' in input)) return undefined
  const { connection } = input
  return typeof connection === 'string' || connection === null ? connection : undefined
}
