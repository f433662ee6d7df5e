/**
 * Benchmarks, in a lab: `npm run bench`, with `-- --record` kept in docs/measurements.md. They measure and never fail a
 * run: what is slow is read there, next to the goal.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LabError, runInLab } from '../electron/lab/index.ts'
import { record } from './test/record.mjs'

const repository = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = join(repository, 'test-results/bench')
const result = join(folder, 'bench.md')

mkdirSync(folder, { recursive: true })
const built = ['out', 'assets', 'package.json'].filter((name) => existsSync(join(repository, name)))
try {
  process.exitCode = await runInLab([process.execPath, '--import', 'tsx', 'test/bench/inside.ts', result], {
    cwd: repository,
    write: [folder],
    payload: Object.fromEntries(built.map((name) => [`/run/lab/app/${name}`, join(repository, name)])),
  })
  if (process.exitCode === 0 && process.argv.includes('--record')) record('Speed', readFileSync(result, 'utf8'))
} catch (error) {
  if (!(error instanceof LabError)) throw error
  process.stderr.write(`No lab can be made here: ${error.message}\n`)
  process.exitCode = 1
}
