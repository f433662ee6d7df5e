import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { until } from './poll.ts'
import type { User } from './user.ts'

/** Where a lab has the built app, readable for all. */
export const appFolder = '/run/lab/app'
const hostProgram = join(appFolder, 'out/serve/serve.mjs')
const addressLine = /http:\/\/127\.0\.0\.1:\d+\/#t=([A-Za-z0-9_-]+)/

export interface RunningApp {
  /** The page's address with its token. */
  readonly url: string
  readonly token: string
  readonly pid: number
  readonly process: ChildProcess
  /** All that the host printed so far, standard output and error together. */
  printed(): string
  /** Ends the host as Ctrl+C does and waits for it; throws where it does not end within a minute. */
  stop(): Promise<void>
}

export interface AppOptions {
  readonly user: User
  /** What stands in the settings file before the app starts. */
  readonly settings?: unknown
  /** URIs of connections that the person has added before; they connect by themselves. */
  readonly connections?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
}

/** Starts the built host as a user of the lab and waits for the address that it prints. */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  const { user } = options
  if (!existsSync(hostProgram)) throw new Error(`${hostProgram} is not there: run npm run build first`)
  if (options.settings !== undefined) configure(user, 'settings.json', options.settings)
  if (options.connections !== undefined) rememberConnections(user, options.connections)
  const child = user.spawn(['/run/lab/bin/node', hostProgram, ...(options.args ?? [])], {
    env: { ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  const gather = (text: string): void => {
    printed += text
  }
  child.stdout?.setEncoding('utf8').on('data', gather)
  child.stderr?.setEncoding('utf8').on('data', gather)
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const address = await until('the address of the host', 30_000, () => {
    const found = addressLine.exec(printed)
    if (found === null && child.exitCode !== null) return null
    return found ?? undefined
  })
  if (address === null) throw new Error(`the host ended at once: ${printed}`)
  return {
    url: address[0],
    token: address[1] ?? '',
    pid: child.pid ?? 0,
    process: child,
    printed: () => printed,
    stop: () => stop(child, ended, () => printed),
  }
}

async function stop(child: ChildProcess, ended: Promise<void>, printed: () => string): Promise<void> {
  child.kill('SIGINT')
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), 60_000)
  })
  const outcome = await Promise.race([ended, late])
  clearTimeout(timer)
  if (outcome !== 'late') return
  child.kill('SIGKILL')
  throw new Error(`the host did not end within a minute: ${printed()}`)
}

/** Writes the file of connections as if the user had added these; they connect by themselves. */
export function rememberConnections(user: User, uris: readonly string[]): void {
  const connections = uris.map((uri, index) => ({ id: `remembered-${index}`, uri, name: null, autoconnect: true }))
  configure(user, 'connections.json', { connections })
}

function configure(user: User, name: string, content: unknown): void {
  const folder = mkdtempSync('/tmp/settings-')
  const draft = join(folder, name)
  writeFileSync(draft, JSON.stringify(content))
  user.give(draft, `.config/vivero/${name}`)
  rmSync(folder, { recursive: true })
}
