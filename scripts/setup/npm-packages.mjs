// The npm packages of the lockfile.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SetupFailure } from './failure.mjs'
import { runProgram } from './processes.mjs'
import { t } from './words.mjs'

/**
 * Whether everything that a lockfile names is installed. npm writes what it installed into
 * node_modules/.package-lock.json; optional packages are of other systems and may be missing.
 */
export function packagesMatch(locked, installed) {
  return Object.entries(locked).every(
    ([path, entry]) => path === '' || entry.optional === true || installed[path]?.version === entry.version,
  )
}

const readPackages = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined)

/** Runs `npm ci` where packages are missing or outdated. */
export async function ensureNpmPackages(repository, progress) {
  const locked = readPackages(join(repository, 'package-lock.json'))
  const installed = readPackages(join(repository, 'node_modules/.package-lock.json'))
  if (locked && installed && packagesMatch(locked, installed)) return t('setup:result.present')
  progress(t('setup:npm.installing', { count: Object.keys(locked ?? {}).length }))
  // npm start tells its children where npm itself lies.
  const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm']
  const argv = [...npm, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  // Electron's program is fetched in a step of its own, with a time limit.
  const { code, tail } = await runProgram(argv, {
    cwd: repository,
    env: { ELECTRON_SKIP_BINARY_DOWNLOAD: '1', NODE_ENV: '' },
  })
  if (code === 0) return t('setup:result.done')
  throw new SetupFailure({
    step: t('setup:step.npm'),
    cause: t('setup:npm.failed', { code, text: tail }),
    remedy: t('setup:npm.remedy'),
    lines: ['npm ci'],
  })
}
