import { mkdirSync, rmSync } from 'node:fs'
import { ensureNpmPackages } from '../setup/npm-packages.mjs'
import { ensurePrerequisites } from '../setup/prerequisites.mjs'
import { stepList } from '../setup/steps.mjs'
import { t } from '../setup/words.mjs'
import { repository, resultsFolder } from './processes.mjs'

/** Installs the npm packages of the lockfile and what the system lacks for the app and its tests. */
export async function prepare() {
  rmSync(resultsFolder, { recursive: true, force: true })
  mkdirSync(resultsFolder, { recursive: true })
  const steps = stepList(2)
  await steps.run(t('setup:step.npm'), (progress) => ensureNpmPackages(repository, progress))
  const yes = process.env.CI === 'true' || !process.stdin.isTTY
  await steps.run(t('setup:step.packages'), (progress) => ensurePrerequisites({ groups: ['run', 'test'], yes, progress }))
}
