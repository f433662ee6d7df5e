// Electron's own program, which its npm package fetches at the first use. Where that fails the app opens in a browser.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runProgram } from './processes.mjs'
import { t } from './words.mjs'

const limitMs = 60_000
const dayMs = 24 * 60 * 60 * 1000

/** The program of the installed electron package, or undefined. */
export function electronProgram(repository) {
  const folder = join(repository, 'node_modules/electron')
  const name = join(folder, 'path.txt')
  if (!existsSync(name)) return undefined
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist')
  const program = join(dist, readFileSync(name, 'utf8'))
  return existsSync(program) ? program : undefined
}

/** Whether a failed attempt for this version is less than a day old: a second start must not wait again. */
export function failedLately(text, version, now = Date.now()) {
  try {
    const attempt = JSON.parse(text)
    return attempt.version === version && now - attempt.time < dayMs && attempt.time <= now
  } catch {
    return false
  }
}

/** Fetches the program with electron's own install step, for a minute at most. Not having it is no failure. */
export async function ensureElectron(repository, progress) {
  if (electronProgram(repository)) return t('setup:result.present')
  const { version } = JSON.parse(readFileSync(join(repository, 'node_modules/electron/package.json'), 'utf8'))
  const note = join(repository, 'out/.electron-attempt')
  const before = existsSync(note) ? readFileSync(note, 'utf8') : ''
  if (failedLately(before, version)) return t('setup:electron.notAgain', { file: 'out/.electron-attempt' })
  progress(t('setup:electron.fetching', { seconds: limitMs / 1000 }))
  const argv = [process.execPath, join(repository, 'node_modules/electron/install.js')]
  const { timedOut, tail } = await runProgram(argv, { cwd: repository, timeoutMs: limitMs })
  if (electronProgram(repository)) return t('setup:result.done')
  mkdirSync(join(repository, 'out'), { recursive: true })
  writeFileSync(note, JSON.stringify({ version, time: Date.now() }))
  const cause = timedOut ? t('setup:electron.timedOut', { seconds: limitMs / 1000 }) : (tail.split('\n')[0] ?? '')
  return t('setup:electron.unavailable', { cause })
}
