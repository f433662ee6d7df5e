import { createServer, connect } from 'node:net'
import { join } from 'node:path'
import { appFolder, asUser, rememberConnections, startApp } from '../../test/harness/index.ts'
import { electronCommand, untilElectronEnds } from '../setup/run-electron.mjs'
import { chooseLanguage, translator } from '../setup/words.mjs'
import { furnish } from './furnish.ts'

/**
 * Runs as root of the lab that `npm run lab` opened: puts small machines in and starts the app as alumna.
 *   inside.ts MEETING [--hold] [--electron PROGRAM]
 */
const [meeting = '', ...words] = process.argv.slice(2)
const alumna = asUser('alumna')
const language = process.env['VIVERO_LAB_LANGUAGE'] ?? 'C.UTF-8'
const speaking = { LANG: language, LC_ALL: '', LC_MESSAGES: language }
const connections = ['qemu:///system']
const t = translator(chooseLanguage(speaking))
const say = (line: string): boolean => process.stdout.write(`${line}\n`)

say(t('setup:lab.furnishing'))
await furnish()
if (words.includes('--hold')) {
  say('held')
  await new Promise(() => setInterval(() => undefined, 1 << 30))
}
const electron = words[words.indexOf('--electron') + 1]
if (words.includes('--electron') && electron !== undefined) await inElectron(electron)
const app = await startApp({ user: alumna, connections, env: speaking })
const { port } = new URL(app.url)
createServer((outer) => {
  const inner = connect(Number(port), '127.0.0.1')
  outer.pipe(inner).pipe(outer)
  outer.on('error', () => inner.destroy())
  inner.on('error', () => outer.destroy())
}).listen(join(meeting, 'page'), () => say(`page ${app.url}`))
app.process.once('close', () => process.exit(0))

/** The app in Electron on the person's display, and with its end the lab's; returns where Electron cannot run. */
async function inElectron(program: string): Promise<void> {
  say(t('setup:lab.electron'))
  rememberConnections(alumna, connections)
  const screen = Object.entries(process.env).filter(([name]) => ['DISPLAY', 'XAUTHORITY'].includes(name))
  const child = alumna.spawn(electronCommand(program, appFolder, { root: false }), {
    env: { ...speaking, ...Object.fromEntries(screen) },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const { started, code, cause } = await untilElectronEnds(child)
  if (started) process.exit(code)
  say(t('setup:open.electronFailed', { cause }))
}
