import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, connect, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LabError, startLab, type Lab } from '../electron/lab/index.ts'
import { ensureGuest } from '../test/guest/index.ts'
import { browserProgram } from '../test/harness/browser.ts'
import { firstProcessOf, wayIn } from './lab/way-in.ts'

/**
 * npm run lab: the app on a libvirt of its own with small machines and networks in it, as root or not.
 *   --hold      without the app: prints how to get into the lab, and keeps it until Ctrl+C
 *   --kvm       alumna can open /dev/kvm in it
 *   --no-open   prints the address and opens no window
 */
const repository = dirname(dirname(fileURLToPath(import.meta.url)))
const hold = process.argv.includes('--hold')
const say = (line: string): boolean => process.stdout.write(`${line}\n`)

await ensureGuest()
// The page lives in the lab's own network: a socket in this folder, which both sides see, carries it out.
const meeting = mkdtempSync(join(tmpdir(), 'vivero-lab-'))
const lab = await start().catch((error: unknown) => {
  rmSync(meeting, { recursive: true })
  if (!(error instanceof LabError)) throw error
  say(`No lab can be made here: ${error.message}`)
  process.exit(1)
})
let relay: Server | undefined
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void lab.stop())
let heard = ''
lab.stdout?.setEncoding('utf8').on('data', (part: string) => {
  heard += part
  const lines = heard.split('\n')
  heard = lines.pop() ?? ''
  for (const line of lines) told(line)
})
const code = await lab.exited
relay?.close()
rmSync(meeting, { recursive: true, force: true })
process.exit(code === 137 ? 0 : code)

function start(): Promise<Lab> {
  const brought = ['out', 'assets', 'package.json'].filter((name) => existsSync(join(repository, name)))
  const language = process.env['LC_ALL'] ?? process.env['LC_MESSAGES'] ?? process.env['LANG'] ?? 'C.UTF-8'
  return startLab([process.execPath, '--import', 'tsx', 'scripts/lab/inside.ts', meeting, ...(hold ? ['--hold'] : [])], {
    cwd: repository,
    keep: [meeting],
    kvm: process.argv.includes('--kvm'),
    payload: Object.fromEntries(brought.map((name) => [`/run/lab/app/${name}`, join(repository, name)])),
    env: { VIVERO_LAB_LANGUAGE: language },
    stdin: 'ignore',
    stdout: 'pipe',
  })
}

/** A line from inside: the page's address, or a word for the person. */
function told(line: string): void {
  const address = /^page (http:\/\/127\.0\.0\.1:(\d+)\/\S*)$/.exec(line)
  if (address !== null) {
    open(address[1] ?? '', Number(address[2]))
  } else if (line === 'held') {
    say('The lab stands until Ctrl+C. The way in, in another terminal:')
    say(`  ${wayIn(firstProcessOf(lab.pid ?? 0)).join(' ')}`)
    say('In there you are root; alumna: runuser -u alumna -- env HOME=/home/alumna XDG_RUNTIME_DIR=/run/user/1000 virsh list --all')
  } else {
    say(line)
  }
}

/** The host checks the address it is called by, port and all: outside it must answer on the same one. */
function open(url: string, port: number): void {
  relay = createServer((outer) => {
    const inner = connect(join(meeting, 'page'))
    outer.pipe(inner).pipe(outer)
    outer.on('error', () => inner.destroy())
    inner.on('error', () => outer.destroy())
  })
  relay.once('error', (error) => {
    say(`The page cannot be brought out of the lab: ${error.message}`)
    void lab.stop()
  })
  relay.listen(port, '127.0.0.1', () => {
    say('The app on a libvirt of its own (Ctrl+C ends both):')
    say(url)
    const browser = browserProgram()
    const display = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']
    if (process.argv.includes('--no-open') || browser === undefined || display === undefined) return
    const profile = ['--user-data-dir', join(meeting, 'browser')].join('=')
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    spawn(browser, [`--app=${url}`, profile, '--no-first-run', ...asRoot], { stdio: 'ignore' }).unref()
  })
}
