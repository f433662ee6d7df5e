// npm run dev: Vite serves the page and reloads it at each change; the host is built and started again at each change
// of electron/, shared/ or assets/, with the same port and token, so that the page goes on where it was.
import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { SetupFailure } from './failure.mjs'
import { startHost } from './host.mjs'
import { showPage } from './open.mjs'
import { runProgram } from './processes.mjs'
import { t } from './words.mjs'

const hostFolders = ['electron', 'shared', 'assets']
// Beside out/, which npm start uses.
const outFolder = 'out/dev'

/** Runs until Ctrl+C or until the host ends; the exit status. */
export async function developApp(repository, wishes) {
  const cause = await buildHost(repository)
  if (cause) {
    throw new SetupFailure({
      step: t('setup:step.build'),
      cause,
      remedy: t('setup:build.remedy'),
      lines: ['npm run build'],
    })
  }
  const pagePort = await freePort()
  const pageOrigin = `http://127.0.0.1:${pagePort}`
  const hosts = hostKeeper(repository, pageOrigin)
  await hosts.start()
  const vite = await startVite(repository, pagePort, hosts.origin)
  const folders = hostFolders.map((name) => join(repository, name))
  vite.watcher.add(folders)
  await untilWatched(vite.watcher, folders)
  const rebuild = whenQuiet(async () => {
    const text = await buildHost(repository)
    if (text) process.stderr.write(`${text}\n${t('setup:dev.buildFailed')}\n`)
    else await hosts.restart()
  })
  vite.watcher.on(
    'all',
    (_, file) => folders.some((folder) => file.startsWith(join(folder, '/'))) && rebuild(),
  )
  process.stdout.write(`${t('setup:dev.ready')}\n`)
  const removals = []
  const address = `${pageOrigin}/#t=${hosts.token}`
  const page = {
    address,
    printAddress: () => process.stdout.write(`${address}\n`),
    onEnd: (work) => removals.push(work),
  }
  await showPage({ ...page, stillRunning: false }, wishes)
  const code = await hosts.ended
  for (const remove of removals) await remove()
  await vite.close()
  return code
}

/** What is saved before its file is watched goes unseen: waits for those that are there now, ten seconds at most. */
async function untilWatched(watcher, folders) {
  const entries = await Promise.all(folders.map((path) => readdir(path, { recursive: true, withFileTypes: true })))
  const files = entries.flat().filter((one) => one.isFile())
  const all = () => {
    const watched = watcher.getWatched()
    return files.every(({ parentPath, name }) => watched[parentPath]?.includes(name))
  }
  for (let tries = 0; tries < 100 && !all(); tries += 1) await pause(100)
}

/** A port of the loopback address that nobody uses now. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

async function buildHost(repository) {
  const argv = [process.execPath, '--import', 'tsx', 'scripts/build.ts', '--only', 'serve', '--out', outFolder]
  const { code, tail } = await runProgram(argv, { cwd: repository, env: { NO_COLOR: '1' } })
  return code === 0 ? undefined : t('setup:build.failed', { code, text: tail })
}

/** One host after another, all with one port and one token; none while what was saved last does not start. */
function hostKeeper(repository, pageOrigin) {
  const token = randomBytes(32).toString('base64url')
  let host
  let port = '0'
  let finish
  const ended = new Promise((resolve) => (finish = resolve))
  const keeper = {
    token,
    ended,
    get origin() {
      return new URL(host.address).origin
    },
    async start() {
      const args = ['--port', port, '--page-origin', pageOrigin, '--renderer', join(repository, 'renderer')]
      const program = `${outFolder}/serve/serve.mjs`
      const started = await startHost(repository, { program, args, env: { VIVERO_TOKEN: token } })
      host = started
      port = new URL(started.address).port
      // A host that is replaced ends too; only the end of the present one is the end.
      void started.ended.then((code) => host === started && finish(code))
    },
    async restart() {
      const before = host
      host = undefined
      before?.stop()
      await before?.ended
      try {
        await keeper.start()
        process.stdout.write(`${t('setup:dev.again')}\n`)
      } catch (error) {
        // a slip in the code that was just saved: the next change may mend it
        if (!(error instanceof SetupFailure)) throw error
        process.stderr.write(`${error.cause}\n${t('setup:dev.hostFailed')}\n`)
      }
    },
  }
  return keeper
}

/** Vite's development server, which hands the page's socket on to the host. */
async function startVite(repository, port, hostOrigin) {
  // Only now: this command may just have installed it.
  const vite = await import('vite')
  const server = await vite.createServer({
    configFile: join(repository, 'vite.config.ts'),
    logLevel: 'warn',
    server: {
      host: '127.0.0.1',
      port,
      strictPort: true,
      proxy: { '/socket': { target: hostOrigin, ws: true, changeOrigin: true, rewriteWsOrigin: true } },
    },
  })
  return server.listen()
}

/** Calls `work` once things have been quiet for a moment, never twice at the same time. */
function whenQuiet(work) {
  let timer
  let running = Promise.resolve()
  return () => {
    clearTimeout(timer)
    timer = setTimeout(() => (running = running.then(work)), 200)
  }
}
