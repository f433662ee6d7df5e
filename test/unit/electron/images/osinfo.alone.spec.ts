import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseFolders, readDatabase } from '../../../../electron/images/osinfo/database.ts'
import { readSystemFile } from '../../../../electron/images/osinfo/records.ts'
import { systemTraits } from '../../../../electron/images/osinfo/traits.ts'
import { systemEntry, systemSearch } from '../../../../electron/images/systems.ts'
import { idOf, makeDatabase, pci, systemFile, type SystemSpec } from './systems.ts'

const devices = (...ids: readonly string[]): string => `<devices>${ids.map((id) => `<device id="${id}"/>`).join('')}</devices>`
const parent = (shortId: string, how = 'derives-from'): string => `<${how} id="${idOf(shortId)}"/>`
const system = (shortId: string, more = ''): SystemSpec => ({ shortId, name: shortId, more })
const traits = (shortId: string | null, ...specs: readonly SystemSpec[]) => systemTraits(makeDatabase(...specs), shortId && idOf(shortId))
const q35 = 'http://qemu.org/chipset/x86/q35'
const GiB = 1024 ** 3

describe('a file of the database', () => {
  it('is read, translations left out', () => {
    const [record] = readSystemFile(systemFile({ shortId: 'one1', name: 'One 1', version: '1', released: '2020-01-02', distro: 'one', more: '<eol-date>2025-01-01</eol-date><family>linux</family>' }))
    expect(record).toMatchObject({ id: idOf('one1'), shortIds: ['one1'], name: 'One 1', vendor: 'Vendor', version: '1', released: '2020-01-02', endOfLife: '2025-01-01', family: 'linux', distro: 'one', status: null })
  })

  it('that is none gives none, and hides no other', () => {
    expect(readSystemFile('not XML')).toEqual([])
    expect(readSystemFile('')).toEqual([])
    expect(readSystemFile('<libosinfo><os/><device id="x"/></libosinfo>')).toEqual([])
  })
})

describe('what a system can drive', () => {
  it('comes from all that it derives from and clones', () => {
    const specs = [system('base', devices(pci('1af4/1001'))), system('middle', parent('base') + devices(pci('1af4/1041'), q35)), system('top', parent('middle', 'clones') + devices(pci('1af4/1044')))]
    expect(traits('top', ...specs)).toMatchObject({ virtioDisk: true, virtioNet: true, virtioRng: true, q35: true, virtioGpu: false, usb3: false, e1000: false })
    expect(traits('base', ...specs)).toMatchObject({ virtioDisk: true, virtioNet: false })
  })

  it('is less where a system takes it away', () => {
    const without = `<devices><device id="${pci('1af4/1001')}" supported="false"/></devices>`
    expect(traits('top', system('base', devices(pci('1af4/1001'))), system('top', parent('base') + without)).virtioDisk).toBe(false)
  })

  it('is q35 only where its virtio is of version 1, or it has none', () => {
    expect(traits('a', system('a', devices(q35, pci('1af4/1000')))).q35).toBe(false)
    expect(traits('a', system('a', devices(q35, pci('1af4/1041')))).q35).toBe(true)
    expect(traits('a', system('a', devices(q35))).q35).toBe(true)
    expect(traits('a', system('a', devices())).q35).toBe(false)
  })

  it('is found in a database that goes in a circle too', () => {
    expect(traits('a', system('a', parent('b') + devices(q35)), system('b', parent('a') + devices(pci('1af4/1050'))))).toMatchObject({ q35: true, virtioGpu: true })
    expect(traits('a', system('a', parent('a') + '<resources arch="all" inherit="true"/>'))).toMatchObject({ q35: false })
    expect(traits('a', system('a', parent('gone')))).toMatchObject({ virtioDisk: false })
  })

  it('says which are Windows, and whose clock is local', () => {
    expect(traits('w', system('w', '<family>winnt</family>'))).toMatchObject({ windows: true, localClock: true })
    expect(traits('s', system('s', '<family>solaris</family>'))).toMatchObject({ windows: false, localClock: true })
    expect(traits('l', system('l', '<family>linux</family>'))).toMatchObject({ windows: false, localClock: false })
  })

  it('says who needs UEFI, as the nearest has it', () => {
    const firmware = (type: string, supported: string, arch = 'x86_64') => `<firmware arch="${arch}" type="${type}" supported="${supported}"/>`
    const base = system('base', firmware('efi', 'true') + firmware('bios', 'true'))
    expect(traits('top', base, system('top', parent('base') + firmware('bios', 'false'))).requiresUefi).toBe(true)
    expect(traits('base', base).requiresUefi).toBe(false)
    expect(traits('a', system('a', firmware('efi', 'true', 'aarch64') + firmware('bios', 'false', 'aarch64'))).requiresUefi).toBe(false)
    expect(traits('a', system('a', '')).requiresUefi).toBe(false)
  })

  it('of an unknown system is that of a Linux of today', () => {
    expect(traits(null)).toMatchObject({ windows: false, q35: true, virtioDisk: true, virtioNet: true, usb3: true, requiresUefi: false, recommended: { memoryBytes: null } })
    expect(traits('gone', system('a'))).toEqual(traits(null))
  })
})

describe('what a system wants', () => {
  const values = (cpus: number, ram: number, storage: number) => `<n-cpus>${cpus}</n-cpus><ram>${ram}</ram><storage>${storage}</storage>`
  const wants = (what: string, arch = 'all', more = '') => `<resources arch="${arch}" ${more}>${what}</resources>`

  it('is its own minimum and recommendation, of its architecture first', () => {
    const more = wants(`<minimum>${values(1, 512, GiB)}</minimum><recommended>${values(4, 4096, 20 * GiB)}</recommended>`) + wants('<recommended><ram>8192</ram></recommended>', 'x86_64') + wants('<recommended><ram>1</ram></recommended>', 'i686')
    expect(traits('a', system('a', more))).toMatchObject({
      minimum: { cpus: 1, memoryBytes: 512, storageBytes: GiB }, recommended: { cpus: 4, memoryBytes: 8192, storageBytes: 20 * GiB },
    })
  })

  it('is twice the minimum where nothing is recommended', () => {
    expect(traits('a', system('a', wants(`<minimum>${values(1, 512, GiB)}</minimum>`))).recommended).toEqual({ cpus: 2, memoryBytes: 1024, storageBytes: 2 * GiB })
  })

  it('is that of its parent only where it says so', () => {
    const base = system('base', wants(`<minimum>${values(1, 512, GiB)}</minimum><recommended>${values(2, 2048, GiB)}</recommended>`))
    expect(traits('top', base, system('top', parent('base') + wants('<recommended><ram>4096</ram></recommended>', 'all', 'inherit="true"')))).toMatchObject({
      minimum: { memoryBytes: 512 }, recommended: { cpus: 2, memoryBytes: 4096 },
    })
    expect(traits('top', base, system('top', parent('base'))).minimum).toEqual({ cpus: null, memoryBytes: null, storageBytes: null })
  })

  it('is nothing where the database says nonsense', () => {
    expect(traits('a', system('a', wants('<minimum><ram>-1</ram><n-cpus>many</n-cpus></minimum>'))).minimum).toEqual({ cpus: null, memoryBytes: null, storageBytes: null })
  })
})

describe('a system in a list', () => {
  const now = new Date('2026-11-21')
  const entry = (more: string, released?: string) => {
    const [record] = readSystemFile(systemFile({ shortId: 'a1', name: 'A 1', released, more }))
    if (!record) throw new Error('no record')
    return systemEntry(record, now)
  }

  it('has ended after its day, or ten years after it came out', () => {
    expect(entry('<eol-date>2026-11-20</eol-date>', '2025-01-01').endOfLife).toBe(true)
    expect(entry('<eol-date>2026-11-22</eol-date>', '2001-01-01').endOfLife).toBe(false)
    expect(entry('', '2016-01-01').endOfLife).toBe(true)
    expect(entry('', '2017-01-01').endOfLife).toBe(false)
    expect(entry('<release-status>rolling</release-status>', '2002-03-11').endOfLife).toBe(false)
    expect(entry('').endOfLife).toBe(false)
  })

  it('has its names', () => {
    expect(entry('<family>linux</family>', '2017-01-01')).toMatchObject({ id: idOf('a1'), shortId: 'a1', name: 'A 1', vendor: 'Vendor', family: 'linux', released: '2017-01-01' })
  })
})

describe('the folders of the database', () => {
  let folder: string | undefined
  const place = (...names: string[]): string => join(folder ?? '/nonexistent', ...names)
  const put = async (where: string, name: string, ...specs: readonly SystemSpec[]): Promise<void> => {
    await mkdir(join(place(where, 'os', 'x.test'), join(name, '..')), { recursive: true })
    await writeFile(place(where, 'os', 'x.test', name), systemFile(...specs))
  }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vivero-osinfo-'))
  })
  afterAll(async () => {
    if (folder !== undefined) await rm(folder, { recursive: true })
  })

  it('are those of libosinfo', () => {
    expect(databaseFolders({})).toEqual(['/usr/share/osinfo', '/etc/osinfo', join(homedir(), '.config/osinfo')])
    expect(databaseFolders({ OSINFO_SYSTEM_DIR: '/a', OSINFO_LOCAL_DIR: '/b', XDG_CONFIG_HOME: '/c' })).toEqual(['/a', '/b', '/c/osinfo'])
  })

  it('stand over one another, file by file, and extensions add to what there is', async () => {
    await put('one', 'a.xml', system('a', '<version>old</version>'))
    await put('one', 'b.xml', system('b', devices(q35)))
    await put('one', 'b.d/more.xml', { shortId: 'b', name: '', more: devices(pci('1af4/1050')) })
    await put('two', 'a.xml', system('a', '<version>new</version>'))
    await writeFile(place('one', 'os', 'x.test', 'broken.xml'), '<libosinfo>')
    await writeFile(place('one', 'os', 'x.test', 'readme.txt'), 'no')
    const database = await readDatabase([place('one'), place('two'), place('none')])
    expect([...database.systems.keys()].toSorted()).toEqual([idOf('a'), idOf('b')])
    expect(database.systems.get(idOf('a'))?.version).toBe('new')
    expect(systemTraits(database, idOf('b'))).toMatchObject({ q35: true, virtioGpu: true })
    expect(database.systems.get(idOf('b'))?.name).toBe('b')
  })

  it('of this machine are read, where it has them', async ({ skip }) => {
    const database = await readDatabase(databaseFolders({}))
    if (database.systems.size === 0) skip('no osinfo-db')
    expect(database.systems.size).toBeGreaterThan(500)
    expect([...database.systems.values()].filter((record) => record.name === '' || record.shortIds.length === 0)).toEqual([])
    expect(systemTraits(database, 'http://debian.org/debian/11')).toMatchObject({ windows: false, q35: true, virtioDisk: true, virtioNet: true, requiresUefi: false })
    expect(systemTraits(database, 'http://microsoft.com/win/11')).toMatchObject({ windows: true, virtioDisk: false, e1000e: true, requiresUefi: true })
    expect(systemTraits(database, 'http://microsoft.com/win/xp')).toMatchObject({ windows: true, q35: false, usb3: false })
    const found = await systemSearch('debian 11', 5)
    expect(found.map((entry) => entry.name)).toContain('Debian 11')
    expect(await systemSearch('WINDOWS serv 2022', 5)).toMatchObject([{ shortId: 'win2k22' }])
    const dates = (await systemSearch('', 1_000)).map((entry) => entry.released ?? '')
    expect(dates).toEqual(dates.toSorted().toReversed())
    expect(await systemSearch('', 3)).toHaveLength(3)
    expect(await systemSearch('no such system', 3)).toEqual([])
  })
})
