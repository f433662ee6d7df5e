// Builds the app when its sources are newer than what was built last.
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SetupFailure } from './failure.mjs'
import { runProgram } from './processes.mjs'
import { t } from './words.mjs'

const sources = [
  'electron',
  'renderer',
  'shared',
  'assets',
  'scripts/build.ts',
  'package-lock.json',
  'vite.config.ts',
  'tsconfig.base.json',
]
const results = ['serve/serve.mjs', 'renderer/index.html']

/** The newest time below a file or folder; folders count too, since removing a file changes only its folder. */
function newestTime(path) {
  if (!existsSync(path)) return 0
  const state = statSync(path)
  if (!state.isDirectory()) return state.mtimeMs
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestTime(join(path, name))), state.mtimeMs)
}

/** Whether out/ holds a build of the sources as they are. */
export function isBuilt(repository) {
  const stamp = join(repository, 'out/.built')
  if (!existsSync(stamp) || results.some((name) => !existsSync(join(repository, 'out', name)))) return false
  const built = statSync(stamp).mtimeMs
  return sources.every((name) => newestTime(join(repository, name)) <= built)
}

export async function ensureBuild(repository, progress) {
  if (isBuilt(repository)) return t('setup:result.present')
  progress(t('setup:build.building'))
  // The stamp's time is that of the start: what is changed during the build is built next time.
  const started = new Date()
  const argv = [process.execPath, '--import', 'tsx', 'scripts/build.ts']
  const { code, tail } = await runProgram(argv, { cwd: repository, env: { NO_COLOR: '1' }, onLine: progress })
  if (code !== 0) {
    const cause = t('setup:build.failed', { code, text: tail })
    throw new SetupFailure({
      step: t('setup:step.build'),
      cause,
      remedy: t('setup:build.remedy'),
      lines: ['npm run build'],
    })
  }
  const stamp = join(repository, 'out/.built')
  mkdirSync(join(repository, 'out'), { recursive: true })
  writeFileSync(stamp, '')
  utimesSync(stamp, started, started)
  return t('setup:result.done')
}
