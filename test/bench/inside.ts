/** Runs all benchmarks in a lab and writes their table to the file that is given. */
import { writeFileSync } from 'node:fs'
import { asUser } from '../harness/index.ts'
import { benchClick } from './click-start.ts'
import { benchMany } from './many-machines.ts'

const [file = '/dev/stdout'] = process.argv.slice(2)
const alumna = asUser('alumna')
// The click first: with a thousand machines its button would have to be looked for.
const rows = [...(await benchClick(alumna, 9)), ...(await benchMany(alumna, 1000, 5))]
const table = ['| What | Median, ms | Worst, ms | Runs | Beside |', '|---|---|---|---|---|', ...rows].join('\n')
process.stdout.write(`${table}\n`)
writeFileSync(file, `${table}\n`)
