/** The built host as a process of its own, run by plain node from a folder that holds nothing else. */
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeFolder, marked, nothingLeft } from './harness.ts'
import { ask, eventually, openSocketPage, type Page } from './page.ts'

const root = join(import.meta.dirname, '../..')
/** Folders that these tests made, and nothing else: what is removed at the end. */
const folders: string[] = []
let bundle: string | undefined

beforeAll(async () => {
  const out = await makeOwn('vivero-bundle-')
  const build = ['--import', 'tsx', join(root, 'scripts/build.ts'), '--only', 'serve', '--out', out]
  await promisify(execFile)(process.execPath, build, { cwd: root, timeout: 280_000 })
  const alone = join(await makeOwn('vivero-copied-'), 'serve.mjs')
  await copyFile(join(out, 'serve/serve.mjs'), alone)
  bundle = alone
}, 300_000)
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

async function makeOwn(prefix: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), prefix))
  folders.push(folder)
  return folder
}

/** The words that run the built host. */
function hostCommand(...args: string[]): string[] {
  if (bundle === undefined) throw new Error('the host was not built')
  return [bundle, ...args]
}

const running = new Set<ChildProcess>()
let home = '/nonexistent'
afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
  running.clear()
})

interface Served {
  readonly child: ChildProcess
  readonly address: string
  readonly stdout: () => string
  readonly stderr: () => string
  readonly exit: Promise<number | null>
  openPage(): Promise<Page>
}

/** Starts the host with a home of its own and no connection that is made by itself, save the driver for tests. */
async function serve(...args: string[]): Promise<Served> {
  home = await makeFolder()
  folders.push(home)
  await mkdir(join(home, '.config/vivero'), { recursive: true })
  await copyFile(join(home, 'connections.json'), join(home, '.config/vivero/connections.json'))
  const env = { PATH: process.env['PATH'], HOME: home, VIVERO_TEST: home, LANG: 'es_ES.UTF-8' }
  const child = spawn(process.execPath, hostCommand('--renderer', join(home, 'pages'), ...args), { cwd: home, env })
  running.add(child)
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve))
  const ended = exit.then(() => {
    throw new Error(`the host ended: ${stderr}`)
  })
  const address = await Promise.race([eventually('the address', () => /^(.*)\n/.exec(stdout)?.[1]), ended])
  ended.catch(() => undefined)
  const { origin, host, hash } = new URL(address)
  const transport = { origin, socketBase: `ws://${host}`, token: hash.slice(3) }
  return { child, address, stdout: () => stdout, stderr: () => stderr, exit, openPage: () => openSocketPage(transport) }
}

async function connected(page: Page): Promise<void> {
  expect((await ask(page, 'connection.connect', { connection: 'test' })).state).toBe('connected')
  await eventually('event streams', async () => ((await marked(home)).some((line) => line.includes('event')) ? true : undefined))
}

describe('the host as a process', () => {
  it('prints one line, and its token is in no other place', async () => {
    const served = await serve()
    expect(served.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#t=[A-Za-z0-9_-]{43}$/)
    const page = await served.openPage()
    expect(await ask(page, 'app.info', {})).toMatchObject({ home, systemLanguage: 'es', settingsPath: join(home, '.config/vivero/settings.json') })
    await connected(page)
    expect(served.stdout()).toBe(`${served.address}\n`)
    expect(served.stderr()).toBe('')
    const token = served.address.split('#t=')[1] ?? 'none'
    const files = await readdir(home, { recursive: true, withFileTypes: true })
    expect(files.map((file) => file.name)).toContain('serve.log')
    for (const file of files.filter((entry) => entry.isFile())) {
      expect(await readFile(join(file.parentPath, file.name), 'utf8')).not.toContain(token)
    }
    for (const line of await marked(home)) expect(line).not.toContain(token)
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends by %s and leaves no process behind', async (signal) => {
    const served = await serve()
    await connected(await served.openPage())
    served.child.kill(signal)
    expect(await served.exit).toBe(0)
    await nothingLeft(home)
  })

  it('ends a while after its last page closed, not before its first, and not at a reload', async () => {
    const served = await serve('--idle-seconds', '3')
    const first = await served.openPage()
    await connected(first)
    await first.close()
    const second = await served.openPage()
    expect((await ask(second, 'connection.list', {})).find((one) => one.id === 'test')?.state).toBe('connected')
    await second.close()
    expect(await served.exit).toBe(0)
    await nothingLeft(home)
  })

  it('leaves when the person says so', async () => {
    const served = await serve()
    const page = await served.openPage()
    await connected(page)
    await page.call('app.close', { choice: 'stop' }).catch(() => undefined)
    expect(await served.exit).toBe(0)
    await nothingLeft(home)
  })

  it('opens with a broken settings file, and says where it is now', async () => {
    const served = await serve()
    served.child.kill('SIGTERM')
    await served.exit
    await writeFile(join(home, '.config/vivero/settings.json'), '{broken')
    const env = { PATH: process.env['PATH'], HOME: home }
    const child = spawn(process.execPath, hostCommand('--renderer', join(home, 'pages')), { env, stdio: ['ignore', 'pipe', 'inherit'] })
    running.add(child)
    let address = ''
    child.stdout.on('data', (chunk: Buffer) => (address += chunk.toString()))
    const { origin, host, hash } = new URL(await eventually('the address', () => address.trim() || undefined))
    const page = await openSocketPage({ origin, socketBase: `ws://${host}`, token: hash.slice(3) })
    const { settingsSetAside } = await ask(page, 'app.info', {})
    expect(await readFile(settingsSetAside ?? '', 'utf8')).toBe('{broken')
  })

  it.each([
    [['--port', '70000'], '--port'],
    [['--renderer', '/nonexistent'], '/nonexistent'],
    [['--surprise'], '--surprise'],
  ])('says what is wrong with %j and ends', async (args, words) => {
    const failure: unknown = await promisify(execFile)(process.execPath, hostCommand(...args)).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 1, stdout: '' })
    expect(String((failure as { stderr: unknown }).stderr)).toContain(words)
  })
})
