/**
 * Pictures of every page, dialog and state of the app in both languages, both themes and two widths, taken in a lab:
 *   npm run shots [-- --only ID,ID] [--looks es-light-860,…] [--to FOLDER]   into test-results/shots
 *   npm run shots -- --readme                                  the few of the README, into docs/images
 */
import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LabError, runInLab } from '../electron/lab/index.ts'
import { ensureGuest } from '../test/guest/index.ts'

const repository = dirname(dirname(fileURLToPath(import.meta.url)))
const forReadme = process.argv.includes('--readme')
const wish = process.argv.indexOf('--to')
const asked = wish < 0 ? undefined : process.argv[wish + 1]
const folder = asked ? resolve(asked) : join(repository, forReadme ? 'docs/images' : 'test-results/shots')

await ensureGuest()
mkdirSync(folder, { recursive: true })
const built = ['out', 'assets', 'package.json'].filter((name) => existsSync(join(repository, name)))
try {
  const command = [process.execPath, '--import', 'tsx', 'scripts/shots/inside.ts', folder, ...process.argv.slice(2)]
  process.exitCode = await runInLab(command, {
    cwd: repository,
    write: [folder],
    payload: Object.fromEntries(built.map((name) => [`/run/lab/app/${name}`, join(repository, name)])),
  })
} catch (error) {
  if (!(error instanceof LabError)) throw error
  process.stderr.write(`No lab can be made here: ${error.message}\n`)
  process.exitCode = 1
}
