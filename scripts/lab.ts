import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, connect, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LabError, startLab } from '../electron/lab/index.ts'
import { ensureGuest } from '../test/guest/index.ts'
import { labDisplay } from './lab/display.ts'
import { planLab } from './lab/plan.ts'
import { firstProcessOf, wayIn } from './lab/way-in.ts'
import { readLabArguments } from './setup/arguments.mjs'
import { electronProgram } from './setup/electron-program.mjs'
import { showPage } from './setup/open.mjs'
import { t } from './setup/words.mjs'

/** npm run lab, once scripts/lab/run.mjs has prepared what it needs. */
const repository = dirname(dirname(fileURLToPath(import.meta.url)))
const wishes = readLabArguments(process.argv.slice(2))
const say = (line: string): boolean => process.stdout.write(`${line}\n`)

await ensureGuest()
// The page lives in the lab's own network: a socket in this folder, which both sides see, carries it out.
const meeting = mkdtempSync(join(tmpdir(), 'vivero-lab-'))
const parts = ['out', 'assets', 'package.json'].filter((name) => existsSync(join(repository, name)))
const around = { repository, meeting, parts, electron: electronProgram(repository), env: process.env }
const { command, options } = planLab(wishes, { ...around, display: labDisplay(process.env) })
const lab = await startLab(command, options).catch((error: unknown) => {
  rmSync(meeting, { recursive: true })
  if (!(error instanceof LabError)) throw error
  say(t('setup:lab.impossible', { cause: error.message }))
  process.exit(1)
})
let relay: Server | undefined
let running = true
const atEnd: (() => void | Promise<void>)[] = []
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void lab.stop())
let heard = ''
lab.stdout?.setEncoding('utf8').on('data', (part: string) => {
  heard += part
  const lines = heard.split('\n')
  heard = lines.pop() ?? ''
  for (const line of lines) told(line)
})
const code = await lab.exited
running = false
relay?.close()
for (const work of atEnd) await work()
rmSync(meeting, { recursive: true, force: true })
process.exit(code === 137 ? 0 : code)

/** A line from inside: the page's address, that the lab stands, or a word for the person. */
function told(line: string): void {
  const address = /^page (http:\/\/127\.0\.0\.1:(\d+)\/\S*)$/.exec(line)
  if (address !== null) {
    bringOut(address[1] ?? '', Number(address[2]))
  } else if (line === 'held') {
    const runuser = 'runuser -u alumna -- env HOME=/home/alumna XDG_RUNTIME_DIR=/run/user/1000 virsh list --all'
    say(t('setup:lab.held', { line: wayIn(firstProcessOf(lab.pid ?? 0)).join(' '), runuser }))
  } else {
    say(line)
  }
}

/** The host checks the address it is called by, port and all: outside it must answer on the same one. */
function bringOut(address: string, port: number): void {
  relay = createServer((outer) => {
    const inner = connect(join(meeting, 'page'))
    outer.pipe(inner).pipe(outer)
    outer.on('error', () => inner.destroy())
    inner.on('error', () => outer.destroy())
  })
  relay.once('error', (error) => {
    say(t('setup:lab.noWayOut', { cause: error.message }))
    void lab.stop()
  })
  relay.listen(port, '127.0.0.1', () => void open(address))
}

async function open(address: string): Promise<void> {
  const printAddress = (): void => void say(address)
  say(t('setup:lab.ends'))
  if (wishes['no-open']) return printAddress()
  await showPage(
    {
      address,
      printAddress,
      onEnd: (work) => void atEnd.push(work),
      get stillRunning() {
        return running
      },
    },
    wishes,
  )
}
