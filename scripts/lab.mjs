#!/usr/bin/env node
// npm run lab: the app on a libvirt of its own with small machines and networks in it, as root or not.
//   npm run lab               opens it like npm start
//   npm run lab -- --browser  in the default browser
//   npm run lab -- --hold     without the app: prints how to get into the lab, and keeps it until Ctrl+C
//   npm run lab -- --kvm      /dev/kvm can be opened in it
//   npm run lab -- --no-open  prints the address and opens nothing
// scripts/lab.ts does it, once the packages that it needs are there.
import { readLabArguments } from './setup/arguments.mjs'
import { ensureBuild } from './setup/build.mjs'
import { ensureElectron } from './setup/electron-program.mjs'
import { hasDisplay } from './setup/machine.mjs'
import { ensureNpmPackages } from './setup/npm-packages.mjs'
import { ensurePrerequisites } from './setup/prerequisites.mjs'
import { stepList } from './setup/steps.mjs'
import { t } from './setup/words.mjs'
import { repository } from './test/processes.mjs'

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
await import('./lab.ts')
