// The steps of npm start and npm run dev.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readArguments } from './arguments.mjs'
import { ensureBuild } from './build.mjs'
import { ensureDaemons } from './daemons.mjs'
import { developApp } from './develop.mjs'
import { ensureElectron } from './electron-program.mjs'
import { SetupFailure } from './failure.mjs'
import { hasDisplay } from './machine.mjs'
import { ensureNpmPackages } from './npm-packages.mjs'
import { openApp } from './open.mjs'
import { ensurePrerequisites } from './prerequisites.mjs'
import { stepList } from './steps.mjs'
import { t } from './words.mjs'

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Prepares and opens the app (npm start), or the app with live reload (npm run dev); the exit status of the command. */
export async function start(args) {
  try {
    const wishes = readArguments(args)
    if (wishes.help) {
      process.stdout.write(`${t('setup:usage.text')}\n`)
      return 0
    }
    await prepare(wishes)
    return wishes.dev ? await developApp(repository, wishes) : await openApp(repository, wishes)
  } catch (error) {
    process.stderr.write(`\n${explain(error)}\n`)
    return 1
  }
}

async function prepare({ browser, yes, dev }) {
  const electron = hasDisplay() && !browser && !dev
  const steps = stepList(dev ? 4 : electron ? 6 : 5)
  await steps.run(t('setup:step.node'), async () => process.versions.node)
  await steps.run(t('setup:step.npm'), (progress) => ensureNpmPackages(repository, progress))
  await steps.run(t('setup:step.packages'), (progress) => ensurePrerequisites({ groups: ['run'], yes, progress }))
  await steps.run(t('setup:step.daemons'), ensureDaemons)
  if (!dev) await steps.run(t('setup:step.build'), (progress) => ensureBuild(repository, progress))
  if (electron) await steps.run(t('setup:step.electron'), (progress) => ensureElectron(repository, progress))
}

/** Step, cause and remedy; what nobody foresaw comes with its whole text. */
function explain(error) {
  if (error instanceof SetupFailure) return error.message
  return `${t('setup:unexpected')}\n${error?.stack ?? String(error)}`
}
