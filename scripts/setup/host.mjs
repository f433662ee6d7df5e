// The app's host as a process of its own: it says its address on one line and ends by itself after its last page.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { SetupFailure } from './failure.mjs'
import { t } from './words.mjs'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
const addressLine = /^http:\/\/127\.0\.0\.1:\d+\/#t=[\w-]+$/

/**
 * Starts the built host. The result has its address and the promise of its exit status. Ctrl+C and a closed terminal
 * reach the host too: this process waits until it has ended its work.
 */
export async function startHost(repository, { program = 'out/serve/serve.mjs', args = [], env = {} } = {}) {
  const child = spawn(process.execPath, [join(repository, program), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  const pass = (signal) => void child.kill(signal)
  const atEnd = []
  const errors = []
  createInterface({ input: child.stderr }).on('line', (line) => {
    process.stderr.write(`${line}\n`)
    errors.push(line)
  })
  const ended = new Promise((resolve) => {
    child.once('error', () => resolve(1))
    child.once('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)))
  }).then(async (code) => {
    for (const signal of signals) process.off(signal, pass)
    for (const work of atEnd) await work()
    return code
  })
  for (const signal of signals) process.on(signal, pass)
  const address = await Promise.race([firstAddress(child.stdout), ended.then(() => undefined)])
  if (address === undefined) {
    const cause = t('setup:host.failed', { text: errors.slice(-10).join('\n') })
    throw new SetupFailure({
      step: t('setup:step.open'),
      cause,
      remedy: t('setup:host.remedy'),
      lines: ['npm run build'],
    })
  }
  return {
    address,
    ended,
    /** The address with its token, alone on a line. */
    printAddress: () => process.stdout.write(`${address}\n`),
    /** Work for after the host's end. */
    onEnd: (work) => atEnd.push(work),
    stop: () => void child.kill('SIGTERM'),
    get stillRunning() {
      return child.exitCode === null && child.signalCode === null
    },
  }
}

const firstAddress = (stream) =>
  new Promise((resolve) => {
    createInterface({ input: stream }).on('line', (line) => {
      if (addressLine.test(line)) resolve(line)
    })
  })
