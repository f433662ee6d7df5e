import { execFileSync, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openSocketPage } from '../../contract/page.ts'
import { asUser, until } from '../../harness/index.ts'

const alumna = asUser('alumna')
const clone = join(alumna.home, 'vivero')
const address = /^http:\/\/127\.0\.0\.1:\d+\/#t=[\w-]+$/
/** A display that is not there; what Electron would be fetched from does not answer either. */
const noElectron = { DISPLAY: ':99', ELECTRON_MIRROR: 'http://127.0.0.1:9/' }
const started: ChildProcess[] = []

/** What git holds and npm has installed, as it lies in the clone of somebody who runs npm start. */
const parts = [
  ...['assets', 'electron', 'renderer', 'scripts', 'shared', 'node_modules'],
  ...['package.json', 'package-lock.json', 'tsconfig.base.json', 'vite.config.ts'],
]

describe('npm start of an ordinary user', () => {
  beforeAll(() => {
    alumna.give('package.json', 'vivero/package.json')
    for (const part of parts) execFileSync('cp', ['-r', part, clone])
    for (const part of ['dist', 'path.txt']) rmSync(join(clone, 'node_modules/electron', part), { recursive: true, force: true })
    execFileSync('chown', ['-R', 'alumna:alumna', clone])
  })
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL')
  })
  afterAll(() => rmSync(clone, { recursive: true }))

  it('builds, prints one address alone on a line without a display, serves its page and ends with Ctrl+C', async () => {
    const app = await start(['--browser', '--yes'])
    expect(app.lines().filter((line) => line.includes('#t='))).toEqual([app.address])
    expect(app.lines()).toContainEqual(expect.stringMatching(/^\[5\/5\] Building the app: done/))
    const page = await fetch(new URL('/', app.address))
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('<title>Vivero</title>')
    expect(await app.end()).toBe(0)
    expect(await processes()).toEqual([])
  })

  it('has nothing left to do the second time', async () => {
    const app = await start(['--browser'])
    const steps = app.lines().filter((line) => line.startsWith('['))
    expect(steps).toEqual([
      `[1/5] Node: ${process.versions.node}`,
      '[2/5] npm packages: everything is there',
      '[3/5] What the system needs: everything is there',
      '[4/5] libvirt: this user’s own libvirt starts by itself when needed',
      '[5/5] Building the app: everything is there',
    ])
    expect(await app.end()).toBe(0)
  })

  it('says why Electron is not there, and prints the address where no window can be opened', async () => {
    const app = await start([], noElectron)
    expect(app.printed()).toContain('[6/6] Electron: not available here, so the app opens in a browser (')
    expect(app.printed()).toMatch(/did not open a window \(.+\)\. Open this address in a browser:\nhttp:/)
    expect(existsSync(join(clone, 'out/.electron-attempt'))).toBe(true)
    expect(await app.end()).toBe(0)
    const again = await start([], noElectron)
    expect(again.printed()).toContain('[6/6] Electron: its download failed less than a day ago')
    expect(await again.end()).toBe(0)
    expect(await processes()).toEqual([])
  })

  it('as npm run dev reloads: the host is started anew at each change, with its address, and waits where a change is wrong', async () => {
    const app = await start(['--dev', '--browser'])
    const says = (what: string): Promise<true> => until(what, 60_000, () => (app.printed().includes(what) ? true : undefined))
    await says('Changes in renderer/ show at once')
    expect(await (await fetch(new URL('/', app.address))).text()).toContain('/@vite/client')
    const { origin, host, hash } = new URL(app.address)
    const asks = async () => {
      const page = await openSocketPage({ origin, socketBase: `ws://${host}`, token: hash.replace('#t=', '') })
      expect(await page.call('settings.get', {})).toMatchObject({ ok: true })
      await page.close()
    }
    await asks()
    const saved = readFileSync('electron/serve.ts', 'utf8')
    writeFileSync(join(clone, 'electron/serve.ts'), `throw new Error('a slip of mine')\n${saved}`)
    await says('The host does not start; it waits for the next change.')
    expect(app.printed()).toContain('a slip of mine')
    writeFileSync(join(clone, 'electron/serve.ts'), saved)
    await says('The host starts again.')
    await asks()
    expect(await app.end()).toBe(0)
    expect(await processes()).toEqual([])
  })

  it('names the step, the cause and what to do where it cannot go on', async () => {
    cpSync(join(clone, 'renderer/main.tsx'), '/tmp/main.tsx')
    await alumna.exec(['sh', '-c', 'echo "this is no script" >> vivero/renderer/main.tsx'])
    const done = await alumna.exec(['/run/lab/bin/node', 'scripts/start.mjs', '--browser'], { cwd: clone })
    cpSync('/tmp/main.tsx', join(clone, 'renderer/main.tsx'))
    expect(done.code).toBe(1)
    expect(done.stdout).toContain('[5/5] Building the app: failed')
    expect(done.stderr).toContain('main.tsx')
    expect(done.stderr).toContain('npm run build')
  })
})

interface Running {
  readonly address: string
  readonly printed: () => string
  readonly lines: () => string[]
  /** Ctrl+C in a terminal reaches all that was started there; the exit status of the command. */
  readonly end: () => Promise<number | null>
}

async function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Running> {
  const child = alumna.spawn(['/run/lab/bin/node', 'scripts/start.mjs', ...args], {
    cwd: clone,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      printed += text
    })
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const lines = (): string[] => printed.split('\n')
  const line = await until('the address', 90_000, () => {
    if (child.exitCode !== null) throw new Error(`npm start has ended: ${printed}`)
    return lines().find((one) => address.test(one))
  })
  return {
    address: line,
    printed: () => printed,
    lines,
    end: () => {
      process.kill(-(child.pid ?? 0), 'SIGINT')
      return ended
    },
  }
}

/** What is left of alumna's that was started from the clone. */
async function processes(): Promise<string[]> {
  const { stdout } = await alumna.exec(['pgrep', '-u', 'alumna', '-a', '-f', `${clone}|scripts/start.mjs|chromium`])
  return stdout.split('\n').filter((line) => line !== '' && !line.includes('pgrep'))
}
