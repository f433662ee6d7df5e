#!/usr/bin/env node
// npm run lab: the app on a libvirt of its own. scripts/lab.ts does it, once the packages that it needs are there.
import { ensureBuild } from './setup/build.mjs'
import { ensureNpmPackages } from './setup/npm-packages.mjs'
import { ensurePrerequisites } from './setup/prerequisites.mjs'
import { stepList } from './setup/steps.mjs'
import { t } from './setup/words.mjs'
import { repository } from './test/processes.mjs'

const steps = stepList(3)
const yes = process.argv.includes('--yes')
try {
  await steps.run(t('setup:step.npm'), (progress) => ensureNpmPackages(repository, progress))
  await steps.run(t('setup:step.packages'), (progress) => ensurePrerequisites({ groups: ['run', 'test'], yes, progress }))
  await steps.run(t('setup:step.build'), (progress) => ensureBuild(repository, progress))
} catch (error) {
  if (error.name !== 'SetupFailure') throw error
  process.stderr.write(`\n${error.message}\n`)
  process.exit(1)
}
const { register } = await import('tsx/esm/api')
register()
await import('./lab.ts')
