import { spawn } from 'node:child_process'
import { createWriteStream, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

export const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Folder of this run's logs and reports, below the clone, which stays visible in a lab. */
export const resultsFolder = process.env.VIVERO_RESULTS ?? `${repository}/test-results`

const running = new Set()

/**
 * Runs a program in a group of its own to its end; its output goes into a log file, or through where `inherit` says.
 * It dies with this process, also when that is killed. Returns its exit status and the time in seconds.
 */
export async function run(argv, { log, env = {}, inherit = false } = {}) {
  const started = Date.now()
  const output = inherit || log === undefined ? undefined : createWriteStream(log)
  const lifeline = existsSync('/usr/bin/setpriv') ? ['setpriv', '--pdeathsig', 'KILL', '--'] : []
  const [program, ...args] = [...lifeline, ...argv]
  const child = spawn(program, args, {
    cwd: repository,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', output ? 'pipe' : 'inherit', output ? 'pipe' : 'inherit'],
  })
  running.add(child)
  if (output) {
    child.stdout.pipe(output, { end: false })
    child.stderr.pipe(output, { end: false })
  }
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      output?.write(`${error.message}\n`)
      resolve(127)
    })
    child.once('close', (status, signal) => resolve(status ?? (signal === null ? 1 : 128)))
  })
  running.delete(child)
  if (output) await new Promise((resolve) => output.end(resolve))
  return { code, seconds: (Date.now() - started) / 1000 }
}

/** Ends every process that run() started, with its whole group. */
export function stopAll() {
  for (const child of running) {
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {
      // already gone
    }
  }
}

/** The words that run a TypeScript file in one process, so that killing it kills all. */
export function typescript(file, ...args) {
  return [process.execPath, '--import', 'tsx', `${repository}/${file}`, ...args]
}
