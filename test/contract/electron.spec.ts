/** Electron's two bundles as they are built, over a stand-in for Electron itself. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { RequestName } from '../../shared/contract/index.ts'
import { CALL_CHANNEL, EVENT_CHANNEL } from '../../electron/host/transports/ipc.ts'
import { marked, nothingLeft } from './harness.ts'
import { ask, eventually, type Page } from './page.ts'
import { testContract } from './suite.ts'
import { buildApp, type AppFolders, type BundleFile } from './electron/bundles.ts'
import { contractFaults, strangers } from './electron/faults.ts'
import type { MenuEntry } from './electron/messages.ts'
import { electronWorld, type ElectronWorld } from './electron/world.ts'

let app: AppFolders
beforeAll(async () => {
  app = await buildApp()
}, 300_000)
afterAll(() => app.remove())

const open: ElectronWorld[] = []
const worldOf = async (folder: string): Promise<ElectronWorld> => {
  const world = await electronWorld(folder)
  open.push(world)
  return world
}
afterEach(async () => {
  for (const world of open.splice(0)) await world.close()
})

testContract('the built preload and main', () => electronWorld(app.whole), { native: true })

describe('the contract of the bundles', () => {
  const askedFirst = ['app.info', 'domain.start', 'console.send-keys', 'console.serial'] as const satisfies readonly RequestName[]

  /** Each request is asked above; here those that are found broken below. */
  it('holds', async () => {
    const faults: string[] = []
    for await (const fault of contractFaults(await worldOf(app.whole), { requests: askedFirst })) faults.push(fault)
    expect(faults).toEqual([])
  })

  interface Broken {
    readonly what: string
    readonly file: BundleFile
    change(text: string): string
    readonly fault: RegExp
    /** The request that is asked. */
    readonly start?: RequestName
    /** How long an event is waited for that does not come. */
    readonly eventMs?: number
  }
  const renamed = (what: string, file: BundleFile, channel: string, fault: RegExp): Broken => {
    return { what: `${what} is renamed`, file, change: (text) => text.replaceAll(`"${channel}"`, `"${channel}s"`), fault }
  }
  const removed = (start: RequestName): Broken => ({
    what: `the handler of ${start} is removed`,
    file: 'main/main.cjs',
    change: (text) => text.replace(/\nvar handlers = \{[^}]*\};/, `$&\ndelete handlers["${start}"];`),
    fault: new RegExp(`^${start.replace('.', '\\.')} ends as .*internal`),
    start,
  })
  const preload = (what: string, change: (text: string) => string, fault: RegExp): Broken => {
    return { what: `the preload ${what}`, file: 'preload/preload.cjs', change, fault }
  }
  it.each<Broken>([
    renamed('the call channel of main', 'main/main.cjs', CALL_CHANNEL, /No handler registered/),
    renamed('the call channel of the preload', 'preload/preload.cjs', CALL_CHANNEL, /No handler registered/),
    { ...renamed('the event channel of main', 'main/main.cjs', EVENT_CHANNEL, /settings\.changed does not reach/), eventMs: 2_000 },
    { ...renamed('the event channel of the preload', 'preload/preload.cjs', EVENT_CHANNEL, /settings\.changed does not reach/), eventMs: 2_000 },
    removed('app.info'),
    removed('domain.start'),
    removed('console.send-keys'),
    {
      what: 'every sender is taken for the own page',
      file: 'main/main.cjs',
      change: (text) => text.replace(/isOwnPage: \(event\) => [^\n]*/, 'isOwnPage: () => true'),
      fault: /is answered/,
    },
    preload('is empty', () => '', /no window\.api/),
    preload('is cut in half', (text) => text.slice(0, text.length / 2), /SyntaxError/),
    preload('ends before it listens', (text) => `${text.slice(0, text.indexOf('\ton: '))}});\n`, /no window\.api/),
    {
      ...preload('forgets a name', (text) => text.replace(/"console\.serial",\s*/, ''), /^console\.serial ends as .*unknown/),
      start: 'console.serial',
    },
  ])('does not hold where $what', async ({ file, change, fault, start, eventMs }) => {
    const world = await worldOf(await app.broken(file, change))
    const { value } = await contractFaults(world, { requests: start ? [start] : askedFirst, eventMs }).next()
    expect(value).toMatch(fault)
  })

  it('is not answered to a main bundle that does not start', async () => {
    const folder = await app.broken('main/main.cjs', (text) => text.slice(0, text.length / 2))
    await expect(electronWorld(folder)).rejects.toThrow(/the main process ended with 1/)
  })
})

describe('the built app', () => {
  let world: ElectronWorld
  let page: Page
  const start = async (): Promise<void> => {
    world = await worldOf(app.whole)
    page = await world.openPage()
  }
  const connect = async (): Promise<void> => {
    expect((await ask(page, 'connection.connect', { connection: 'test' })).state).toBe('connected')
    await eventually('event streams', async () => ((await marked(world.home)).some((line) => line.includes('event')) ? true : undefined))
  }

  it('gives its page a sandbox, and nothing of Node', async () => {
    await start()
    const { webPreferences, userData, privileged } = await world.made()
    const safe = { sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, webviewTag: false }
    expect(webPreferences).toMatchObject({ ...safe, devTools: false })
    expect(webPreferences['preload']).toBe(join(app.whole, 'out/preload/preload.cjs'))
    expect(userData).toBe(join(world.home, '.local/share/vivero/browser'))
    expect(privileged).toEqual([{ scheme: 'vivero', privileges: { standard: true, secure: true, supportFetchAPI: true } }])
  })

  it('checks what its page sends, also by no preload, and answers no other sender', async () => {
    await start()
    expect(await world.callAs({}, 'app.info', {})).toMatchObject({ ok: true })
    for (const name of [7, null, undefined, {}, ['app.info'], 'app.explode', '__proto__']) {
      expect(await world.callAs({}, name, {})).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
    }
    for (const [, sender] of strangers) {
      const answer = await world.callAs(sender, 'settings.update', { theme: 'dark' })
      expect(answer).toMatchObject({ ok: false, error: { code: 'permission-denied' } })
    }
    expect(await ask(page, 'settings.get', {})).toMatchObject({ theme: 'system' })
  })

  it('carries only what can be cloned', async () => {
    await start()
    await expect(page.call('app.info', { field: () => 1 })).rejects.toThrow(/could not be cloned/)
    expect(await page.call('app.info', { field: new Map([[1, 2n]]) })).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
  })

  it('serves its page and its files with the policy, and nothing else', async () => {
    await start()
    const html = await world.fetch('vivero://app/index.html')
    expect(html).toMatchObject({ status: 200, text: await readFile(join(app.whole, 'out/renderer/index.html'), 'utf8') })
    const policy = html.headers['content-security-policy']?.split('; ')
    for (const rule of ["default-src 'none'", "script-src 'self'", "connect-src 'self' ws://127.0.0.1:*"]) expect(policy).toContain(rule)
    const files = [...html.text.matchAll(/(?:src|href)="\.?\/?([^":]+)"/g)].map(([, file]) => file)
    expect(files.length).toBeGreaterThan(1)
    for (const file of files) expect(await world.fetch(`vivero://app/${file}`)).toMatchObject({ status: 200 })
    expect(await world.fetch('vivero://app/..%2f..%2fpackage.json')).toMatchObject({ status: 404, text: '' })
    expect(await world.fetch('vivero://app/nothing')).toMatchObject({ status: 404 })
    expect(await world.fetch('vivero://other/index.html')).toMatchObject({ status: 403 })
    expect(await world.fetch('vivero://app/index.html', 'POST')).toMatchObject({ status: 405 })
  })

  it('reaches its own page and the relay on this machine alone', async () => {
    await start()
    const own = ['vivero://app/index.html', 'blob:vivero://app/1', 'ws://127.0.0.1:4000/console/abc']
    const machine = ['http://127.0.0.1:4000/', 'ws://127.0.0.1:4000/socket', 'file:///etc/passwd']
    const elsewhere = ['https://example.org/', 'ws://192.0.2.1:1/console/a', 'vivero://app.example/index.html']
    for (const url of own) expect(await world.reaches(url), url).toBe(true)
    for (const url of [...machine, ...elsewhere]) expect(await world.reaches(url), url).toBe(false)
  })

  it('has a menu in the language of the settings, for the connection that the page shows', async () => {
    await start()
    const entry = async (id: string): Promise<MenuEntry | undefined> =>
      (await world.menu()).flatMap(({ submenu }) => submenu).find((one) => one.id === id)
    expect((await world.menu()).map(({ label }) => label)).toEqual(['Archivo', 'Editar', 'Vista', 'Ayuda'])
    await ask(page, 'app.view', { visible: true, connection: 'test', page: 'machines', uuid: null })
    await connect()
    await eventually('a menu that knows the connection', async () => ((await entry('new-machine'))?.enabled === true ? true : undefined))
    expect(await entry('connect')).toMatchObject({ enabled: false })
    expect(await entry('disconnect')).toMatchObject({ enabled: true })
    await ask(page, 'settings.update', { language: 'en' })
    await eventually('English', async () => ((await entry('quit'))?.label === 'Quit' ? true : undefined))
    await world.choose('shortcuts')
    await eventually('app.menu', () => page.events.find(({ event }) => event === 'app.menu'))
    expect(page.events).toContainEqual({ event: 'app.menu', payload: { item: 'shortcuts' } })
  })

  it('comes to the front when it is started again', async () => {
    await start()
    await world.startAgain()
    expect((await world.made()).focused).toBe(1)
  })

  it('asks before its window closes, stays, and ends with its window when nothing is to be asked', async () => {
    await start()
    await connect()
    expect(await world.closeWindow()).toBe(false)
    await eventually('app.closing', () => page.events.find(({ event }) => event === 'app.closing'))
    await ask(page, 'settings.update', { closingNoticeShown: true })
    void world.closeWindow().catch(() => undefined)
    expect(await world.exit).toBe(0)
    await nothingLeft(world.home)
    const place: unknown = JSON.parse(await readFile(join(world.folder, 'window.json'), 'utf8'))
    expect(place).toEqual({ x: 0, y: 0, width: 1280, height: 800, maximized: false })
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends by %s and leaves no process behind', async (signal) => {
    await start()
    await connect()
    process.kill(world.pid, signal)
    expect(await world.exit).toBe(0)
    await nothingLeft(world.home)
  })

  it('leaves by its menu as by its window', async () => {
    await start()
    void world.choose('quit').catch(() => undefined)
    expect(await world.exit).toBe(0)
  })
})
