/** The built app in two halves, main process and page, over a stand-in for Electron. */
import { fork, type ChildProcess } from 'node:child_process'
import { copyFile, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CALL_CHANNEL } from '../../../electron/host/transports/ipc.ts'
import type { EventEnvelope, Result } from '../../../shared/contract/index.ts'
import { makeFolder, type World } from '../harness.ts'
import type { Page } from '../page.ts'
import type { Asked, FetchAnswer, Made, MenuEntry, Question, Sender, Told } from './messages.ts'
import { runPreload } from './stand-in-renderer.ts'

const repository = join(import.meta.dirname, '../../..')
const ownPage: Sender = { contents: 'window', frame: 'main', url: 'vivero://app/index.html' }

export interface ElectronWorld extends World {
  /** The person's home; its processes carry it in VIVERO_TEST. */
  readonly home: string
  readonly pid: number
  /** How the main process ended. */
  readonly exit: Promise<number | null>
  /** A call over a channel from any sender, by no preload. */
  callAs(sender: Partial<Sender>, name: unknown, input: unknown): Promise<unknown>
  closeWindow(): Promise<boolean>
  fetch(url: string, method?: string): Promise<FetchAnswer>
  reaches(url: string): Promise<boolean>
  menu(): Promise<readonly MenuEntry[]>
  choose(id: string): Promise<void>
  startAgain(): Promise<void>
  made(): Promise<Made>
}

/** Starts the app that lies in a folder (package.json, out/main, out/preload, out/renderer). Errors: what it ended with. */
export async function electronWorld(root: string): Promise<ElectronWorld> {
  const home = await makeFolder()
  const folder = join(home, '.config/vivero')
  await mkdir(folder, { recursive: true })
  await copyFile(join(home, 'connections.json'), join(folder, 'connections.json'))
  const child = start(root, home)
  const link = linkTo(child)
  let ended: number | null | undefined
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve))
  void exit.then((code) => (ended = code))
  const close = async (): Promise<void> => {
    child.kill('SIGKILL')
    await exit
    await rm(home, { recursive: true, force: true })
  }
  const early = exit.then((code) => Promise.reject(new Error(`the main process ended with ${code}: ${link.printed()}`)))
  early.catch(() => undefined)
  const { preload } = await Promise.race([link.ready, early]).catch(async (error: unknown) => {
    await close()
    throw error
  })
  const ask = <T>(question: Question): Promise<T> => link.ask(question) as Promise<T>
  return {
    home,
    folder,
    pid: child.pid ?? 0,
    exit,
    openPage: async () => openPage(preload, link),
    mayClose: () => ask<boolean>({ ask: 'may-close' }),
    quits: () => (ended === undefined ? 0 : 1),
    callAs: (sender, name, input) =>
      ask({ ask: 'invoke', channel: CALL_CHANNEL, values: [name, input], sender: { ...ownPage, ...sender } }),
    closeWindow: () => ask<boolean>({ ask: 'close-window' }),
    fetch: (url, method = 'GET') => ask<FetchAnswer>({ ask: 'fetch', url, method }),
    reaches: (url) => ask<boolean>({ ask: 'reach', url }),
    menu: () => ask<readonly MenuEntry[]>({ ask: 'menu' }),
    choose: (id) => ask<void>({ ask: 'choose', id }),
    startAgain: () => ask<void>({ ask: 'second-instance' }),
    made: () => ask<Made>({ ask: 'made' }),
    close,
  }
}

function start(root: string, home: string): ChildProcess {
  const env = { PATH: process.env['PATH'], HOME: home, XDG_RUNTIME_DIR: home, VIVERO_TEST: home, LANG: 'es_ES.UTF-8' }
  return fork(join(import.meta.dirname, 'main-process.ts'), [root], {
    cwd: repository,
    env,
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced', // the algorithm of structuredClone, as between Electron's processes
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
}

interface Link {
  readonly ready: Promise<{ readonly preload: string }>
  ask(question: Question): Promise<unknown>
  listen(listener: (channel: string, values: readonly unknown[]) => void): () => void
  printed(): string
}

function linkTo(child: ChildProcess): Link {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  const listeners = new Set<(channel: string, values: readonly unknown[]) => void>()
  let printed = ''
  let last = 0
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  const ready = new Promise<{ preload: string }>((resolve) => {
    child.on('message', (told: Told) => {
      if (told.kind === 'ready') resolve(told)
      else if (told.kind === 'event') for (const listener of [...listeners]) listener(told.channel, told.values)
      else if (told.kind === 'answer') waiting.get(told.id)?.resolve(told.value)
      else waiting.get(told.id)?.reject(new Error(told.message))
    })
  })
  child.once('close', () => {
    for (const { reject } of waiting.values()) reject(new Error(`the main process ended: ${printed}`))
  })
  return {
    ready,
    printed: () => printed,
    listen: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    ask: (question) =>
      new Promise((resolve, reject) => {
        const asked: Asked = { id: ++last, question }
        waiting.set(asked.id, { resolve, reject })
        child.send(asked, (error) => error && reject(error))
      }),
  }
}

interface Bridge {
  call(name: string, input: unknown): Promise<Result<unknown>>
  on(listener: (envelope: EventEnvelope) => void): () => void
}

/** A page that has only what the preload gives it. */
function openPage(preload: string, link: Link): Page {
  const invoke = (channel: string, values: readonly unknown[]): Promise<unknown> =>
    link.ask({ ask: 'invoke', channel, values, sender: ownPage })
  const { api } = runPreload(preload, { invoke, listen: link.listen })
  if (!isBridge(api)) throw new Error('the preload gives the page no window.api with call and on')
  const events: EventEnvelope[] = []
  const stop = api.on((envelope) => events.push(envelope))
  return { events, call: (name, input) => api.call(name, input), close: () => Promise.resolve(stop()) }
}

function isBridge(api: unknown): api is Bridge {
  return typeof api === 'object' && api !== null && ['call', 'on'].every((key) => typeof Reflect.get(api, key) === 'function')
}
