/** A whole host in a folder of its own, reached by pages. The only libvirt here is the driver for tests inside virsh. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { createRelay } from '../../electron/console/relay.ts'
import { createHost } from '../../electron/host/create-host.ts'
import { browserDesktop } from '../../electron/host/desktop.ts'
import { openWebTransport, type WebTransport } from '../../electron/host/transports/websocket.ts'
import { eventually, openSocketPage, type Page } from './page.ts'

export interface World {
  /** Folder of the settings. */
  readonly folder: string
  openPage(): Promise<Page>
  /** Whether the app lets its window be closed now; where not, its pages were asked. */
  mayClose(): Promise<boolean>
  /** How often the app was told to end. */
  quits(): number
  close(): Promise<void>
}

/** A folder with settings of its own, in which no connection is made by itself. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vivero-contract-'))
  const connections = [
    { id: 'session', uri: 'qemu:///session', autoconnect: false },
    { id: 'system', uri: 'qemu:///system', autoconnect: false },
    { id: 'test', uri: 'test:///default', autoconnect: true },
  ]
  await mkdir(join(folder, 'pages/assets'), { recursive: true })
  await writeFile(join(folder, 'connections.json'), JSON.stringify({ connections }))
  await writeFile(join(folder, 'pages/index.html'), '<!doctype html><title>page</title>')
  await writeFile(join(folder, 'pages/assets/main-abc.js'), 'export {}')
  return folder
}

async function hostIn(folder: string, relayBase: () => Promise<string>, relay = createRelay()) {
  let quits = 0
  const host = await createHost({
    version: '0.0.0',
    desktop: browserDesktop(),
    configFolder: folder,
    env: { LANG: 'es_ES.UTF-8' },
    relay,
    relayBase,
    log: pino({ level: 'silent' }),
    quit: () => void quits++,
  })
  return { host, quits: () => quits }
}

export interface WebWorld extends World {
  readonly transport: WebTransport
}

/** The host as `serve` has it. */
export async function webWorld(): Promise<WebWorld> {
  const folder = await makeFolder()
  const relay = createRelay()
  const transport = await openWebTransport({ port: 0, pages: join(folder, 'pages'), relay, onPages: () => undefined })
  const { host, quits } = await hostIn(folder, () => Promise.resolve(transport.socketBase), relay)
  transport.attach(host)
  return {
    folder,
    transport,
    quits,
    mayClose: () => Promise.resolve(host.mayClose()),
    openPage: () => openSocketPage(transport),
    close: async () => {
      await host.close({ stopJobs: true })
      await transport.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Command lines of the processes that have VIVERO_TEST set to this home. */
export async function marked(home: string): Promise<string[]> {
  const found: string[] = []
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
    if (!environment.split('\0').includes(`VIVERO_TEST=${home}`)) continue
    found.push((await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' '))
  }
  return found
}

/** Waits until no process is left that has VIVERO_TEST set to this home. */
export async function nothingLeft(home: string): Promise<void> {
  await eventually('the end of every process', async () => ((await marked(home)).length === 0 ? true : undefined))
}
