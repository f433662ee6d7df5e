import { mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openInFileManager } from '../../../../electron/system/file-manager.ts'
import { freeSpace } from '../../../../electron/system/free-space.ts'
import { readIsoHeader } from '../../../../electron/system/iso9660.ts'
import { cacheFolder, configFolder, dataFolder, expandPath, runtimeFolder, sessionImagesFolder, stateFolder, userFolder } from '../../../../electron/system/paths.ts'
import { makeIso } from '../iso.ts'

let folder: string | undefined
const place = (...names: string[]): string => join(folder ?? '/nonexistent', ...names)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vivero-files-'))
})
afterAll(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true })
})

describe('folders of this person', () => {
  const variables = ['XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_STATE_HOME', 'XDG_RUNTIME_DIR', 'HOME', 'PATH'] as const
  const before = Object.fromEntries(variables.map((name) => [name, process.env[name]]))
  beforeEach(() => {
    for (const name of variables) if (name !== 'PATH' && name !== 'HOME') delete process.env[name]
  })
  afterEach(() => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  })

  it('are where the specification has them', () => {
    const home = homedir()
    expect([configFolder(), dataFolder(), cacheFolder(), stateFolder(), runtimeFolder(), sessionImagesFolder()]).toEqual([
      `${home}/.config/vivero`, `${home}/.local/share/vivero`, `${home}/.cache/vivero`, `${home}/.local/state/vivero`, `${home}/.cache/vivero/run`,
      `${home}/.local/share/libvirt/images`,
    ])
  })

  it('follow the environment where it names an absolute folder', () => {
    Object.assign(process.env, { XDG_CONFIG_HOME: '/c', XDG_DATA_HOME: 'relative', XDG_RUNTIME_DIR: '/run/user/7' })
    expect([configFolder(), dataFolder(), runtimeFolder()]).toEqual(['/c/vivero', `${homedir()}/.local/share/vivero`, '/run/user/7/vivero'])
  })

  it.each([
    ['XDG_DOWNLOAD_DIR="$HOME/Descargas"', `${homedir()}/Descargas`],
    ['XDG_DOWNLOAD_DIR="/datos/Mis \\"descargas\\""', '/datos/Mis "descargas"'],
    ['XDG_DOWNLOAD_DIR="$HOME/"', `${homedir()}/`],
    ['# XDG_DOWNLOAD_DIR="/x"\nXDG_PICTURES_DIR="/p"', `${homedir()}/Downloads`],
    ['XDG_DOWNLOAD_DIR="relative"', `${homedir()}/Downloads`],
    ['XDG_DOWNLOAD_DIR="$HOMES/x"', `${homedir()}/Downloads`],
  ])('of downloads are what the desktop wrote: %s', async (text, path) => {
    process.env['XDG_CONFIG_HOME'] = place()
    await writeFile(place('user-dirs.dirs'), `${text}\n`)
    expect(userFolder('DOWNLOAD', 'Downloads')).toBe(path)
  })

  it('have their English names where no desktop wrote any', () => {
    process.env['XDG_CONFIG_HOME'] = place('none')
    expect(userFolder('PICTURES', 'Pictures')).toBe(`${homedir()}/Pictures`)
  })

  it.each([
    ['~', homedir()],
    ['~/a b', `${homedir()}/a b`],
    ['/a/../b//c/', '/b/c'],
    ['images/x', `${homedir()}/images/x`],
    ['~other/x', `${homedir()}/~other/x`],
    ['/a/~', '/a/~'],
    ['..', join(homedir(), '..')],
  ])('%s is %s', (given, path) => {
    expect(expandPath(given)).toBe(path)
  })

  it('are shown by the desktop, or it is said why not', async () => {
    await expect(openInFileManager(place('gone'))).rejects.toMatchObject({ code: 'file-missing', params: { path: place('gone') } })
    const opener = async (script: string): Promise<void> => {
      await mkdir(place('bin'), { recursive: true })
      await writeFile(place('bin', 'xdg-open'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
      process.env['PATH'] = `${place('bin')}:${before['PATH'] ?? ''}`
    }
    await opener(`printf '%s' "$1" > '${place('opened')}'`)
    await writeFile(place('a file'), '')
    await openInFileManager(place('a file'))
    expect(await readFile(place('opened'), 'utf8')).toBe(place())
    await opener('echo "no desktop" >&2; exit 3')
    await expect(openInFileManager(place())).rejects.toMatchObject({ code: 'unsupported', params: { path: place() }, detail: 'no desktop' })
    process.env['PATH'] = '/nonexistent'
    await expect(openInFileManager(place())).rejects.toMatchObject({ code: 'program-missing' })
  })
})

describe('free space', () => {
  it('is that of the nearest folder that exists', async () => {
    const here = await freeSpace(place())
    expect(here).toBeGreaterThan(0)
    const there = await freeSpace(place('not', 'yet', 'made'))
    expect(Math.abs((there ?? 0) - (here ?? 0))).toBeLessThan(1024 ** 3)
  })
})

describe('the header of an ISO', () => {
  it('says what the ISO says', async () => {
    await writeFile(place('full.iso'), makeIso({ volume: 'Debian 12.5.0 amd64 1', system: 'LINUX', publisher: 'ANA', application: 'XORRISO', bootable: true, sectors: 500 }))
    expect(await readIsoHeader(place('full.iso'))).toEqual({
      volume: 'Debian 12.5.0 amd64 1', system: 'LINUX', publisher: 'ANA', application: 'XORRISO', bootable: true, sizeBytes: 500 * 2048,
    })
  })

  it('is not bootable without a boot record, nor with one of another kind', async () => {
    await writeFile(place('plain.iso'), makeIso({ volume: 'DATA' }))
    expect(await readIsoHeader(place('plain.iso'))).toMatchObject({ volume: 'DATA', bootable: false })
    await writeFile(place('other.iso'), makeIso({ volume: 'DATA', bootable: true, bootSystem: 'MKISOFS' }))
    expect(await readIsoHeader(place('other.iso'))).toMatchObject({ bootable: false })
  })

  it('ends its fields with zero bytes where a program wrote them so', async () => {
    await writeFile(place('zero.iso'), makeIso({ volume: 'NAME\0rest' }))
    expect((await readIsoHeader(place('zero.iso')))?.volume).toBe('NAME')
  })

  it('is found behind the descriptors of UDF', async () => {
    await writeFile(place('udf.iso'), makeIso({ volume: 'BOTH', udf: true }))
    expect((await readIsoHeader(place('udf.iso')))?.volume).toBe('BOTH')
  })

  it('is none in any other file', async () => {
    await writeFile(place('empty'), '')
    await writeFile(place('short.iso'), makeIso({ volume: 'X' }).subarray(0, 33_000))
    await writeFile(place('words'), 'CD001'.repeat(20_000))
    await writeFile(place('zeros'), '')
    await truncate(place('zeros'), 1_000_000)
    for (const name of ['empty', 'short.iso', 'words', 'zeros']) expect(await readIsoHeader(place(name)), name).toBeNull()
    await symlink(place('gone'), place('link'))
    await expect(readIsoHeader(place('link'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('of iPXE is read from a real file', async ({ skip }) => {
    const header = await readIsoHeader('/usr/lib/ipxe/ipxe.iso').catch(() => null)
    if (!header) skip('no package ipxe')
    expect(header).toMatchObject({ bootable: true })
  })
})
