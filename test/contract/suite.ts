/** What holds over every transport alike. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requestNames } from '../../shared/contract/names.ts'
import type { RequestName } from '../../shared/contract/index.ts'
import type { World } from './harness.ts'
import { ask, eventually, type Page } from './page.ts'
import { cases, desktopCases, testMachine } from './requests.ts'

export interface Desktop {
  /** Electron's dialogs and clipboard are there. */
  readonly native: boolean
}

/** Tests of one transport, in a world of their own that the last of them ends. */
export function testContract(transport: string, openWorld: () => Promise<World>, { native }: Desktop): void {
  const expected = native ? { ...cases, ...desktopCases } : cases
  describe(`the contract over ${transport}`, () => {
    let world: World
    let page: Page
    beforeAll(async () => {
      world = await openWorld()
      page = await world.openPage()
      expect((await ask(page, 'connection.connect', { connection: 'test' })).state).toBe('connected')
    })
    afterAll(() => world.close())

    it.each(requestNames)('%s', async (name) => {
      const { input, ends } = expected[name]
      const result = await page.call(name, input)
      expect(result.ok ? 'ok' : result.error.code, JSON.stringify(result)).toBe(ends)
      if (!result.ok) expect(Object.keys(result.error).sort()).toEqual(['code', 'detail', 'params', 'remedies'])
      expect(JSON.parse(JSON.stringify(result))).toEqual(result)
    })

    it.each(requestNames)('%s refuses a field that it does not know, and no input at all', async (name) => {
      const extra = await page.call(name, { ...expected[name].input, surplus: 1 })
      expect(extra).toMatchObject({ ok: false, error: { code: 'invalid-input', params: { request: name } } })
      for (const wrong of [null, 7, 'text', [], undefined]) {
        expect(await page.call(name, wrong)).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
      }
    })

    it.each(['domain.explode', '', '__proto__', 'constructor', 'toString', 'x'.repeat(99)])('unknown request %j', async (name) => {
      expect(await page.call(name, {})).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
    })

    it.each<[RequestName, unknown]>([
      ['domain.start', { connection: 'test', uuid: '--help' }],
      ['domain.xml', { connection: 'test', uuid: testMachine, which: 'both' }],
      ['console.send-keys', { connection: 'test', uuid: testMachine, keys: ['KEY_A; reboot'] }],
      ['console.serial', { connection: 'test', uuid: testMachine, port: -1 }],
      ['desktop.open-folder', { path: '' }],
      ['settings.update', { theme: 'purple' }],
      ['system.search', { query: 'a', limit: 1e9 }],
    ])('%s refuses %j', async (name, input) => {
      expect(await page.call(name, input)).toMatchObject({ ok: false, error: { code: 'invalid-input', params: { request: name } } })
    })

    it('says what it is and where its files are', async () => {
      const info = await ask(page, 'app.info', {})
      expect(info).toMatchObject({ systemLanguage: 'es', nativeDialogs: native, hostClipboard: native, settingsPath: join(world.folder, 'settings.json') })
      expect(info.runsAsRoot).toBe(process.getuid?.() === 0)
    })

    it('a change of the settings reaches every page, and the file', async () => {
      const other = await world.openPage()
      await ask(page, 'settings.update', { guestKeyboard: 'us' })
      const told = await eventually('settings.changed', () => other.events.find((one) => one.event === 'settings.changed'))
      expect(told.payload).toMatchObject({ guestKeyboard: 'us' })
      expect((await stat(join(world.folder, 'settings.json'))).mode & 0o777).toBe(0o600)
      await other.close()
    })

    it('lists the machines of a connection that it was given', async () => {
      expect(await ask(page, 'domain.list', { connection: 'test' })).toMatchObject([{ connection: 'test', uuid: testMachine, name: 'test', state: 'running' }])
    })

    it('keeps what changed something in the command log, and tells every page', async () => {
      await ask(page, 'command.clear', {})
      await ask(page, 'domain.suspend', { connection: 'test', uuid: testMachine })
      const [command] = await ask(page, 'command.list', {})
      expect(command).toMatchObject({ connection: 'test', ok: true, error: null })
      expect(command?.line).toContain(`suspend --domain=${testMachine}`)
      expect(page.events).toContainEqual({ event: 'command.logged', payload: command })
    })

    it('adds, renames, refuses a second time, and forgets a connection', async () => {
      const uri = `test://${join(world.folder, 'missing.xml')}`
      const added = await ask(page, 'connection.add', { uri: ` ${uri} `, name: '  ' })
      expect(added).toMatchObject({ uri, name: null, kind: 'test', removable: true })
      expect(await page.call('connection.add', { uri, name: null })).toMatchObject({ ok: false, error: { code: 'already-exists' } })
      expect(await ask(page, 'connection.check', { uri })).toMatchObject({ code: 'already-exists' })
      expect((await ask(page, 'connection.connect', { connection: added.id })).state).toBe('failed')
      expect((await ask(page, 'connection.list', {})).find((one) => one.id === 'test')?.state).toBe('connected')
      expect(await ask(page, 'connection.update', { connection: added.id, name: 'Mine' })).toMatchObject({ name: 'Mine' })
      await ask(page, 'connection.remove', { connection: added.id })
      expect(page.events).toContainEqual({ event: 'connection.removed', payload: { connection: added.id } })
      expect((await ask(page, 'connection.list', {})).map((one) => one.id)).not.toContain(added.id)
    })

    it('lists this user’s own connection first, which cannot be removed', async () => {
      const [own] = await ask(page, 'connection.list', {})
      const asRoot = process.getuid?.() === 0
      expect(own).toMatchObject({
        uri: asRoot ? 'qemu:///system' : 'qemu:///session',
        note: asRoot ? 'root-session-is-system' : null,
        removable: false,
        environmentDefault: false,
      })
      expect(await page.call('connection.remove', { connection: own?.id })).toMatchObject({ ok: false, error: { code: 'unsupported' } })
    })

    it('a connection that is not there is not found, one that is off is gone', async () => {
      expect(await page.call('domain.list', { connection: 'none' })).toMatchObject({ ok: false, error: { code: 'not-found' } })
      await ask(page, 'connection.disconnect', { connection: 'test' })
      expect(await page.call('domain.list', { connection: 'test' })).toMatchObject({ ok: false, error: { code: 'connection-gone' } })
      expect(await ask(page, 'connection.connect', { connection: 'test' })).toMatchObject({ state: 'connected' })
    })

    it('asks before it closes where machines run and closing was never explained, and leaves when told to', async () => {
      await eventually('the end of all jobs', async () => ((await ask(page, 'job.list', {})).every((job) => job.state !== 'running') ? true : undefined))
      expect(await world.mayClose()).toBe(false)
      const asked = await eventually('app.closing', () => page.events.find((one) => one.event === 'app.closing'))
      expect(asked.payload).toEqual({ jobs: [], runningMachines: 1 })
      await ask(page, 'app.close', { choice: 'wait' })
      expect(world.quits()).toBe(0)
      await ask(page, 'settings.update', { closingNoticeShown: true })
      expect(await world.mayClose()).toBe(true)
      await page.call('app.close', { choice: 'close' }).catch(() => undefined) // the app may be gone before its answer
      await eventually('the end', () => (world.quits() === 1 ? true : undefined))
    })
  })
}
