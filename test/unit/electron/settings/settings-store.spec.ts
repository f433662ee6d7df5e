import { mkdtemp, readdir, readFile, rm, stat, writeFile, chmod, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultSettings } from '../../../../shared/model/settings.ts'
import { openConnections } from '../../../../electron/settings/connections-store.ts'
import { systemLanguage } from '../../../../electron/settings/language.ts'
import { openSettings, RECENT_FILES } from '../../../../electron/settings/settings-store.ts'

let folder = '/nonexistent' // never the empty text: joined to a name it would mean the working directory
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vivero-settings-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const file = (): string => join(folder, 'settings.json')
const stored = async (): Promise<Record<string, unknown>> => JSON.parse(await readFile(file(), 'utf8')) as Record<string, unknown>
/** Nothing can be written where a file stands in the place of the folder. */
async function blocked(): Promise<void> {
  await rm(folder, { recursive: true })
  await writeFile(folder, '')
}

describe('settings.json', () => {
  it('starts with the defaults and writes nothing by itself', async () => {
    const settings = await openSettings(folder)
    expect(settings.get()).toEqual(defaultSettings)
    expect(settings.setAside).toBeNull()
    expect(await readdir(folder)).toEqual([])
  })

  it('keeps a change, for this person alone, and leaves no temporary file', async () => {
    const settings = await openSettings(join(folder, 'deep/er'))
    await settings.update({ language: 'es', theme: undefined })
    expect((await openSettings(join(folder, 'deep/er'))).get()).toEqual({ ...defaultSettings, language: 'es' })
    expect(await readdir(join(folder, 'deep/er'))).toEqual(['settings.json'])
    expect((await stat(settings.path)).mode & 0o777).toBe(0o600)
  })

  it('keeps what a newer version wrote', async () => {
    await writeFile(file(), JSON.stringify({ theme: 'dark', futureKey: { a: 1 } }))
    const settings = await openSettings(folder)
    expect(settings.get()).toEqual({ ...defaultSettings, theme: 'dark' })
    await settings.update({ language: 'en' })
    expect(await stored()).toMatchObject({ theme: 'dark', language: 'en', futureKey: { a: 1 } })
  })

  it.each([
    ['no JSON', '{"theme": "dark"'],
    ['a wrong value', '{"theme": "purple"}'],
    ['no object', '[]'],
    ['nothing', ''],
  ])('sets a broken file aside and goes on (%s)', async (_what, text) => {
    await writeFile(file(), text)
    const settings = await openSettings(folder)
    expect(settings.get()).toEqual(defaultSettings)
    expect(settings.setAside).toMatch(/settings\.broken-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.json$/)
    expect(await readFile(settings.setAside ?? '', 'utf8')).toBe(text)
    await settings.update({ theme: 'light' })
    expect((await openSettings(folder)).setAside).toBeNull()
  })

  it('says so where the file cannot be written', async () => {
    await mkdir(file()) // a folder in its place: not even root can rename a file over it
    const settings = await openSettings(folder)
    await blocked()
    await expect(settings.update({ theme: 'dark' })).rejects.toMatchObject({ code: 'already-exists', params: { path: file() } })
    expect(settings.get().theme).toBe('system')
    expect((await settings.addRecent('/isos/a.iso')).recentFiles).toEqual([])
    await rm(folder)
    await settings.update({ language: 'es' })
    expect(await stored()).toMatchObject({ theme: 'system', language: 'es', recentFiles: [] })
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('remembers files used before: newest first, each once, twenty of them', async () => {
    const settings = await openSettings(folder)
    for (let number = 0; number < RECENT_FILES + 5; number++) await settings.addRecent(`/isos/${number}.iso`)
    await settings.addRecent('/isos/10.iso')
    const { recentFiles } = (await openSettings(folder)).get()
    expect(recentFiles).toHaveLength(RECENT_FILES)
    expect(recentFiles.slice(0, 3)).toEqual(['/isos/10.iso', '/isos/24.iso', '/isos/23.iso'])
    expect(new Set(recentFiles).size).toBe(RECENT_FILES)
  })

  it('writes changes made together in their order', async () => {
    const settings = await openSettings(folder)
    await Promise.all([settings.update({ theme: 'dark' }), settings.update({ language: 'es' }), settings.update({ theme: 'light' })])
    expect(await stored()).toMatchObject({ theme: 'light', language: 'es' })
  })
})

describe('connections.json', () => {
  const lan = { id: 'a1', uri: 'test:///default', name: 'Lab', autoconnect: true }

  it('adds, changes and forgets', async () => {
    const store = await openConnections(folder)
    await store.put(lan)
    await store.put({ ...lan, id: 'b2', uri: 'qemu:///system', name: null })
    await store.put({ ...lan, name: 'Other' })
    await store.forget('b2')
    expect((await openConnections(folder)).list()).toEqual([{ ...lan, name: 'Other' }])
  })

  it('keeps what another window has added meanwhile', async () => {
    const [one, other] = [await openConnections(folder), await openConnections(folder)]
    await one.put(lan)
    await other.put({ ...lan, id: 'b2' })
    expect((await openConnections(folder)).list()).toEqual([lan, { ...lan, id: 'b2' }])
  })

  it('forgets what could not be written: it does not come back with the next change', async () => {
    const store = await openConnections(folder)
    await blocked()
    await expect(store.put(lan)).rejects.toMatchObject({ code: 'already-exists', params: { path: join(folder, 'connections.json') } })
    expect(store.list()).toEqual([])
    await rm(folder)
    await store.put({ ...lan, id: 'b2' })
    expect((await openConnections(folder)).list()).toEqual([{ ...lan, id: 'b2' }])
  })

  it('sets a broken file aside', async () => {
    await writeFile(join(folder, 'connections.json'), '{"connections": [{"uri": 7}]}')
    const store = await openConnections(folder)
    expect(store.list()).toEqual([])
    expect(store.setAside).toContain('connections.broken-')
  })

  it('is not lost by a folder that nobody may write to', async () => {
    const store = await openConnections(folder)
    await store.put(lan)
    await chmod(folder, 0o500)
    if (process.getuid?.() !== 0) await expect(store.forget('a1')).rejects.toMatchObject({ code: 'permission-denied' })
    await chmod(folder, 0o700)
    expect((await openConnections(folder)).setAside).toBeNull()
  })
})

describe('language of the system', () => {
  it.each([
    [{ LANG: 'es_ES.UTF-8' }, 'es'],
    [{ LANG: 'es_ES.UTF-8', LC_MESSAGES: 'en_GB.UTF-8' }, 'en'],
    [{ LANG: 'en_US.UTF-8', LC_ALL: 'es_MX.UTF-8', LC_MESSAGES: 'en_GB.UTF-8' }, 'es'],
    [{ LANG: 'es_ES.UTF-8', LC_ALL: '' }, 'es'],
    [{ LANG: 'C.UTF-8' }, 'en'],
    [{}, 'en'],
  ])('%j', (env, language) => {
    expect(systemLanguage(env)).toBe(language)
  })
})
