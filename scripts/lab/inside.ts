import { createServer, connect } from 'node:net'
import { join } from 'node:path'
import { asUser, startApp } from '../../test/harness/index.ts'
import { furnish } from './furnish.ts'

/** Runs as root of the lab that `npm run lab` opened: puts small machines in and starts the app as alumna. */
const meeting = process.argv[2] ?? ''
const alumna = asUser('alumna')
const say = (line: string): boolean => process.stdout.write(`${line}\n`)

say('Putting small machines and networks in …')
await furnish()
if (process.argv.includes('--hold')) {
  say('held')
  await new Promise(() => setInterval(() => undefined, 1 << 30))
}
const language = process.env['VIVERO_LAB_LANGUAGE'] ?? 'C.UTF-8'
const connections = ['qemu:///system']
const app = await startApp({ user: alumna, connections, env: { LANG: language, LC_ALL: '', LC_MESSAGES: language } })
const { port } = new URL(app.url)
createServer((outer) => {
  const inner = connect(Number(port), '127.0.0.1')
  outer.pipe(inner).pipe(outer)
  outer.on('error', () => inner.destroy())
  inner.on('error', () => outer.destroy())
}).listen(join(meeting, 'page'), () => say(`page ${app.url}`))
app.process.once('close', () => process.exit(0))
