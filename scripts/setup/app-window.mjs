// Chromium's window without tabs and address bar. The token is not among the program's arguments, which every user of
// the machine can read: the window is sent to the address through DevTools' pipe (--remote-debugging-pipe).
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readlinkSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { t } from './words.mjs'

const limitMs = 30_000

/**
 * Opens a window on the address. Errors: the program does not start, or its window does not come within 30 s.
 * @returns {Promise<{ closed: Promise<void>, close: () => void }>}
 */
export async function openAppWindow(program, address, { sandbox = true, extra = [] } = {}) {
  const profile = chooseProfile(program)
  const args = [
    // A page of the same origin, so that the window stays one of the app's own.
    `--app=${new URL('/opening', address).href}`,
    `--user-data-dir=${profile.folder}`,
    '--remote-debugging-pipe',
    '--class=Vivero',
    '--no-first-run',
    '--no-default-browser-check',
    '--hide-crash-restore-bubble',
    '--password-store=basic',
    ...(profile.isNew ? ['--window-size=1280,800'] : []),
    // Root's Chromium runs without its sandbox alone; --test-type spares the person the bar that says so each time.
    ...(sandbox ? [] : ['--no-sandbox', '--test-type']),
    ...extra,
  ]
  // A group of its own: Ctrl+C in the terminal ends the host first, which then closes the window.
  const child = spawn(program, args, { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] })
  const closed = new Promise((resolve) => {
    child.once('error', resolve)
    child.once('close', resolve)
  }).then(() => profile.remove())
  const close = () => void child.kill('SIGTERM')
  try {
    await withLimit(Promise.race([navigate(devtools(child), address), closed.then(fail(t('setup:open.ended')))]))
  } catch (error) {
    close()
    throw error
  }
  return { closed, close }
}

const fail = (text) => () => Promise.reject(new Error(text))

function withLimit(promise) {
  let timer
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(t('setup:open.late', { seconds: limitMs / 1000 }))), limitMs)
  })
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer))
}

/** Messages of the DevTools protocol, each ended by a zero byte: https://chromedevtools.github.io/devtools-protocol/ */
function devtools(child) {
  const [, , , input, output] = child.stdio
  const waiting = new Map()
  let number = 0
  let rest = ''
  input.on('error', () => undefined)
  output.on('error', () => undefined)
  output.setEncoding('utf8').on('data', (chunk) => {
    const parts = (rest + chunk).split('\0')
    rest = parts.pop() ?? ''
    for (const message of parts.map((part) => JSON.parse(part))) {
      waiting.get(message.id)?.(message)
      waiting.delete(message.id)
    }
  })
  return (method, params = {}, sessionId = undefined) =>
    new Promise((resolve, reject) => {
      number += 1
      waiting.set(number, ({ result, error }) => (error ? reject(new Error(error.message)) : resolve(result)))
      input.write(`${JSON.stringify({ id: number, method, params, sessionId })}\0`)
    })
}

async function navigate(send, address) {
  let page
  while (page === undefined) {
    const { targetInfos } = await send('Target.getTargets')
    page = targetInfos.find((target) => target.type === 'page')
    if (page === undefined) await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const { sessionId } = await send('Target.attachToTarget', { targetId: page.targetId, flatten: true })
  await send('Page.navigate', { url: address }, sessionId)
  await send('Target.detachFromTarget', { sessionId })
}

/** The window's own profile; a second one, removed at the end, where another Vivero has it open. */
function chooseProfile(program) {
  const base = profileBase(program)
  mkdirSync(base, { recursive: true, mode: 0o700 })
  const folder = join(base, 'chromium')
  if (!isLocked(folder)) return { folder, isNew: !existsSync(folder), remove: () => undefined }
  const another = mkdtempSync(join(base, 'chromium-'))
  const remove = () => rmSync(another, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  return { folder: another, isNew: true, remove }
}

function profileBase(program) {
  // A browser from a snap may only write below its own folder.
  if (program.startsWith('/snap/')) return join(homedir(), 'snap/chromium/common/vivero')
  const { XDG_CACHE_HOME: cache } = process.env
  return join(cache && isAbsolute(cache) ? cache : join(homedir(), '.cache'), 'vivero')
}

/** Chromium marks a profile in use by a link "host-PID". */
function isLocked(folder) {
  try {
    process.kill(Number(readlinkSync(join(folder, 'SingletonLock')).split('-').at(-1)), 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
