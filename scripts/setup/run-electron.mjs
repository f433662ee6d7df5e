// Runs the app in Electron.
import { spawn } from 'node:child_process'
import { isRoot } from './machine.mjs'

/** An end with an error within this time means that Electron cannot run here: a missing library, a forbidden sandbox. */
const startMs = 10_000

/** Waits for Electron's end. `started` is false where it could not run; `cause` are its own words then. */
export function runElectron(program, repository) {
  return new Promise((resolve) => {
    const began = Date.now()
    let words = ''
    const args = [repository, ...(isRoot() ? ['--no-sandbox'] : [])]
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'pipe'], env: withoutNodeMode() })
    child.stderr.on('data', (chunk) => {
      words = `${words}${chunk}`.slice(-2000)
      process.stderr.write(chunk)
    })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
    child.once('error', (error) => resolve({ started: false, code: 1, cause: error.message }))
    child.once('close', (code, signal) => {
      const started = code === 0 || (signal !== null && signal !== 'SIGTRAP') || Date.now() - began > startMs
      resolve({ started, code: code ?? 0, cause: words.trim().split('\n').at(-1) ?? '' })
    })
  })
}

/** Where this is set (editors do), the program is a plain Node. */
function withoutNodeMode() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'ELECTRON_RUN_AS_NODE'))
}
