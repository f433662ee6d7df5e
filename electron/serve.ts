/**
 * Vivero for an ordinary browser on this machine: `node serve.mjs`. Standard output holds one line, the address with its
 * token. Ends a minute after the last page closed when no job runs, or by Ctrl+C; machines go on.
 */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import packageFile from '../package.json' with { type: 'json' }
import { createRelay } from './console/relay.ts'
import { createHost, type Host } from './host/create-host.ts'
import { browserDesktop } from './host/desktop.ts'
import { openLog } from './host/log.ts'
import { createLife } from './host/transports/life.ts'
import { openWebTransport } from './host/transports/websocket.ts'
import { configFolder, stateFolder } from './system/paths.ts'

interface Options {
  readonly port: number
  readonly idleMs: number
  readonly pages: string
  readonly origins: readonly string[]
}

function options(): Options {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      'idle-seconds': { type: 'string', default: '60' },
      renderer: { type: 'string', default: join(import.meta.dirname, '../renderer') },
      'page-origin': { type: 'string', multiple: true, default: [] },
    },
  })
  const port = Number(values.port)
  const idleMs = Number(values['idle-seconds']) * 1000
  const pages = resolve(values.renderer)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('--port 0-65535')
  if (!Number.isFinite(idleMs) || idleMs < 0) throw new Error('--idle-seconds 0-')
  if (!existsSync(join(pages, 'index.html'))) throw new Error(`--renderer: ${join(pages, 'index.html')}: ENOENT`)
  const origins = values['page-origin']
  if (!origins.every((origin) => /^http:\/\/127\.0\.0\.1:\d+$/.test(origin))) throw new Error('--page-origin http://127.0.0.1:PORT')
  return { port, idleMs, pages, origins }
}

/** A token of 256 bits from the environment, which other users cannot read as they can arguments. No child gets it. */
function givenToken(): string | undefined {
  const token = process.env['VIVERO_TOKEN']
  delete process.env['VIVERO_TOKEN']
  return token !== undefined && /^[A-Za-z0-9_-]{43}$/.test(token) ? token : undefined
}

async function serve({ port, idleMs, pages, origins }: Options): Promise<void> {
  const log = openLog(join(stateFolder(), 'serve.log'))
  const relay = createRelay()
  let ended = false
  const end = async (why: string): Promise<void> => {
    if (ended) return
    ended = true
    log.info({ why }, 'ending')
    life.stop()
    await host.close({ stopJobs: true })
    await transport.close()
    process.exit(0)
  }
  const life = createLife({ idleMs, jobsRun: () => host.jobs.running().length > 0, onEnd: () => void end('no page') })
  const transport = await openWebTransport({ port, pages, relay, origins, token: givenToken(), onPages: life.pages })
  const host: Host = await createHost({
    version: packageFile.version,
    desktop: browserDesktop(),
    configFolder: configFolder(),
    env: process.env,
    relay,
    relayBase: () => Promise.resolve(transport.socketBase),
    log,
    quit: () => void end('asked to'),
  })
  host.subscribe(({ event }) => {
    if (event === 'job.changed') life.jobsChanged()
  })
  transport.attach(host)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => (ended ? process.exit(1) : void end(signal)))
  process.on('uncaughtException', (error) => log.error({ err: error }, 'uncaught'))
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled'))
  process.stdout.on('error', () => undefined) // whoever read the address may be gone
  process.stdout.write(`${transport.origin}/#t=${transport.token}\n`)
}

try {
  await serve(options())
} catch (error) {
  process.stderr.write(`vivero: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
