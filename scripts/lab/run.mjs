// What npm run lab does; scripts/lab.mjs begins it, and scripts/lab.ts goes on once the packages that it needs are there.
import { readLabArguments } from '../setup/arguments.mjs'
import { ensureBuild } from '../setup/build.mjs'
import { ensureElectron } from '../setup/electron-program.mjs'
import { hasDisplay } from '../setup/machine.mjs'
import { ensureNpmPackages } from '../setup/npm-packages.mjs'
import { ensurePrerequisites } from '../setup/prerequisites.mjs'
import { stepList } from '../setup/steps.mjs'
import { t } from '../setup/words.mjs'
import { repository } from '../test/processes.mjs'

try {
  const wishes = readLabArguments(process.argv.slice(2))
  if (wishes.help) {
    process.stdout.write(`${t('setup:lab.usage')}\n`)
    process.exit(0)
  }
  const electron = hasDisplay() && !wishes.browser && !wishes.hold && !wishes['no-open']
  const steps = stepList(electron ? 4 : 3)
  const { yes } = wishes
  await steps.run(t('setup:step.npm'), (progress) => ensureNpmPackages(repository, progress))
  await steps.run(t('setup:step.packages'), (progress) =>
    ensurePrerequisites({ groups: ['run', 'test'], yes, progress }),
  )
  await steps.run(t('setup:step.build'), (progress) => ensureBuild(repository, progress))
  if (electron) await steps.run(t('setup:step.electron'), (progress) => ensureElectron(repository, progress))
} catch (error) {
  if (error.name !== 'SetupFailure') throw error
  process.stderr.write(`\n${error.message}\n`)
  process.exit(1)
}
const { register } = await import('tsx/esm/api')
register()
await import('../lab.ts')
