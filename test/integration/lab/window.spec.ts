import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startLab } from '../../../electron/lab/index.ts'
import { labDisplay } from '../../../scripts/lab/display.ts'
import { planLab } from '../../../scripts/lab/plan.ts'
import { readLabArguments } from '../../../scripts/setup/arguments.mjs'
import { until } from '../../harness/index.ts'

/** Where Electron's program is not to be had: one that says on the display's socket how it was started, and gives up. */
const program = `#!/run/lab/bin/node
const { readFileSync } = require('node:fs')
const { argv, env, getuid } = process
const main = JSON.parse(readFileSync(argv[2] + '/package.json', 'utf8')).main
const told = { app: argv.slice(2), uid: getuid(), home: env.HOME, cookie: readFileSync(env.XAUTHORITY, 'utf8'), main }
require('node:net').connect('/tmp/.X11-unix/X' + env.DISPLAY.slice(1)).end(JSON.stringify(told), () => {
  console.error('no screen for me')
  process.exit(1)
})
`
const folder = '/tmp/electron of the clone'
const meeting = '/tmp/meeting'
let screen: Server
let seen = ''

beforeAll(async () => {
  for (const path of [folder, meeting, '/tmp/.X11-unix']) mkdirSync(path)
  writeFileSync(`${folder}/electron`, program)
  chmodSync(`${folder}/electron`, 0o755)
  writeFileSync('/tmp/cookie', 'of this display', { mode: 0o600 })
  screen = createServer((socket) => socket.setEncoding('utf8').on('data', (text: string) => (seen += text)))
  await new Promise<void>((resolve) => screen.listen('/tmp/.X11-unix/X77', resolve))
  chmodSync('/tmp/.X11-unix/X77', 0o777)
})
afterAll(() => {
  screen.close()
  for (const path of [folder, meeting, '/tmp/.X11-unix', '/tmp/cookie']) rmSync(path, { recursive: true })
})

it("opens the lab's app in Electron as alumna on the person's display, else brings its page out", async () => {
  const env = { DISPLAY: ':77', XAUTHORITY: '/tmp/cookie', LANG: 'es_ES.UTF-8' }
  const { command, options } = planLab(readLabArguments([]), {
    repository: process.cwd(),
    meeting,
    electron: `${folder}/electron`,
    display: labDisplay(env),
    env,
    parts: ['out', 'assets', 'package.json'],
  })
  const lab = await startLab(command, options)
  let said = ''
  lab.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text))
  try {
    await until('the page', 60_000, () => /^page http:\/\/127\.0\.0\.1:\d+\/#t=/m.exec(said) ?? undefined)
  } finally {
    await lab.stop()
  }
  expect(JSON.parse(seen)).toEqual({
    app: ['/run/lab/app'],
    uid: 1000,
    home: '/home/alumna',
    cookie: 'of this display',
    main: 'out/main/main.cjs',
  })
  expect(said).toContain('Electron no ha podido iniciarse aquí (no screen for me)')
})
