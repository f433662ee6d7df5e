// What the commands understand.
import { parseArgs } from 'node:util'
import { SetupFailure } from './failure.mjs'
import { t } from './words.mjs'

const flag = { type: 'boolean', default: false }
const common = { browser: flag, yes: { ...flag, short: 'y' }, help: { ...flag, short: 'h' } }

/** npm start; npm run dev is the same with --dev. */
export const readArguments = (args) => read('npm start', { ...common, dev: flag }, args, t('setup:usage.text'))

/** npm run lab. */
export const readLabArguments = (args) =>
  read('npm run lab', { ...common, hold: flag, kvm: flag, 'no-open': flag }, args, t('setup:lab.usage'))

function read(step, options, args, usage) {
  try {
    return { ...parseArgs({ args, options }).values }
  } catch {
    throw new SetupFailure({ step, cause: t('setup:usage.unknown', { words: args.join(' ') }), remedy: usage })
  }
}
