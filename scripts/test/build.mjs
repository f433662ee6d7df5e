import { ensureBuild } from '../setup/build.mjs'
import { repository } from './processes.mjs'

const result = await ensureBuild(repository, (line) => process.stdout.write(`${line}\n`))
process.stdout.write(`${result}\n`)
