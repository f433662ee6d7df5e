/**
 * Vivero for an ordinary browser on this machine: `node serve.mjs`. Standard output holds one line, the address with its
 * token. Ends a minute after the last page closed when no job runs, or by Ctrl+C; machines go on.
 */
import { join } from 'node:path'
import packageFile from '../package.json' with { type: 'json' }
import { createRelay } from './console/relay.ts'
import { createHost, type Host } from './host/create-host.ts'
import { browserDesktop } from './host/desktop.ts'
import { openLog } from './host/log.ts'
import { serveOptions, UsageError, type ServeOptions } from './host/serve-options.ts'
import { createLife } from './host/transports/life.ts'
import { openWebTransport } from './host/transports/websocket.ts'
import { wordsIn } from './host/words.ts'
import { systemLanguage } from './settings/index.ts'
import { configFolder, stateFolder } from './system/paths.ts'

/** A token of 256 bits from the environment, which other users cannot read as they can arguments. No child gets it. */
function givenToken(): string | undefined {
  const token = process.env['VIVERO_TOKEN']
  delete process.env['VIVERO_TOKEN']
  return token !== undefined && /^[A-Za-z0-9_-]{43}$/.test(token) ? token : undefined
}

/** A terminal's Ctrl+C comes twice, by itself and passed on by `npm start`; who presses it again later will not wait. */
const AGAIN_MS = 1_000

async function serve({ port, idleMs, pages, origins }: ServeOptions): Promise<void> {
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
  let asked = 0
  const hear = (signal: NodeJS.Signals): void => {
    if (!ended) asked = Date.now()
    if (ended && Date.now() - asked > AGAIN_MS) process.exit(1)
    void end(signal)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, hear)
  process.on('uncaughtException', (error) => log.error({ err: error }, 'uncaught'))
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled'))
  process.stdout.on('error', () => undefined) // whoever read the address may be gone
  process.stdout.write(`${transport.origin}/#t=${transport.token}\n`)
}

/** What went wrong, in the system's language. */
function reason(error: unknown): string {
  const t = wordsIn(systemLanguage(process.env))
  if (error instanceof UsageError) {
    const expected = error.expected === null ? '' : t(`setup:serve.${error.expected}`)
    return `${t(`setup:serve.${error.key}`, { ...error.params, expected })}\n\n${t('setup:serve.usage')}`
  }
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return t('setup:serve.portTaken', { port: String(error.port) })
  }
  return error instanceof Error ? error.message : String(error)
}

try {
  await serve(serveOptions(process.argv.slice(2), join(import.meta.dirname, '../renderer')))
} catch (error) {
  process.stderr.write(`vivero: ${reason(error)}\n`)
  process.exit(1)
}
