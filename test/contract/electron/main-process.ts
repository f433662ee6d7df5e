/** A process that runs the built main bundle of an app's folder with a stand-in for Electron, on its test's questions. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { compileFunction } from 'node:vm'
import type { Asked, Told } from './messages.ts'
import { standIn } from './stand-in-main.ts'

const [root = ''] = process.argv.slice(2)
const { main, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { main: string; version: string }
const entry = join(root, main)
const tell = (told: Told): void => void process.send?.(told)
const { electron, answer } = standIn(root, version, tell)

process.on('message', ({ id, question }: Asked) => {
  Promise.resolve()
    .then(() => answer(question))
    .then((value) => tell({ kind: 'answer', id, value }))
    .catch((error: unknown) => tell({ kind: 'refusal', id, message: String(error) }))
})
process.on('disconnect', () => process.exit(70)) // the test is gone

// Modules are looked for from where the bundle lies, as Node would.
const fromThere = createRequire(entry)
const load = (name: string): unknown => (name === 'electron' ? electron : fromThere(name))
const parameters = ['require', 'module', 'exports', '__filename', '__dirname']
const run = compileFunction(readFileSync(entry, 'utf8'), parameters, { filename: entry })
const module = { exports: {} }
run(load, module, module.exports, entry, dirname(entry))
