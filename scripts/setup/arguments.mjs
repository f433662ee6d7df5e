// What npm start understands.
import { parseArgs } from 'node:util'
import { SetupFailure } from './failure.mjs'
import { t } from './words.mjs'

export function readArguments(args) {
  try {
    const { values } = parseArgs({
      args,
      options: { browser: { type: 'boolean' }, yes: { type: 'boolean', short: 'y' }, help: { type: 'boolean', short: 'h' } },
    })
    return { browser: values.browser === true, yes: values.yes === true, help: values.help === true }
  } catch {
    const cause = t('setup:usage.unknown', { words: args.join(' ') })
    throw new SetupFailure({ step: 'npm start', cause, remedy: t('setup:usage.text') })
  }
}
