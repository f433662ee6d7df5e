/** What electron-builder makes of the app: its real work, save Electron's program and fpm, which are stand-ins. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { buildApp, type AppFolders } from './electron/bundles.ts'
import { electronWorld } from './electron/world.ts'
import { ask, eventually } from './page.ts'

const repository = join(import.meta.dirname, '../..')
const read = (path: string): Promise<string> => readFile(join(repository, path), 'utf8')
/** What electron-builder itself packs with. */
const require = createRequire(join(repository, 'node_modules/app-builder-lib/package.json'))

const version = async (): Promise<string> => (JSON.parse(await read('package.json')) as { version: string }).version

/** Kinds of packages, and the package manager whose names each asks for. */
const managers = { deb: 'apt', rpm: 'dnf' } as const
type Kind = keyof typeof managers
const kinds = Object.keys(managers) as Kind[]

type Configuration = Readonly<Record<Kind, { readonly depends: readonly string[] }>>
const configuration = async (): Promise<Configuration> => parse(await read('electron-builder.yml')) as Configuration

let app: AppFolders
beforeAll(async () => {
  app = await buildApp()
}, 300_000)
afterAll(() => app.remove())

describe('electron-builder.yml', () => {
  it('fits the schema of electron-builder', async () => {
    const schema = JSON.parse(await read('node_modules/app-builder-lib/scheme.json')) as object
    const fits = new Ajv({ strict: false, allErrors: true }).compile(schema)
    fits(await configuration())
    expect(fits.errors).toBeNull()
    expect(fits({ ...(await configuration()), linux: { target: 'deb', sinopsis: 'x' } })).toBe(false)
  })

  it.each(kinds)('names the packages that the app needs, each once (%s)', async (kind) => {
    interface Prerequisite {
      readonly group: string
      readonly packages: Readonly<Record<string, readonly string[]>>
    }
    const all = JSON.parse(await read('assets/prerequisites.json')) as readonly Prerequisite[]
    const needed = all.filter(({ group }) => group === 'run').flatMap(({ packages }) => packages[managers[kind]] ?? [])
    const { depends } = (await configuration())[kind]
    expect(needed.length).toBeGreaterThan(10)
    expect(needed.filter((name) => !depends.includes(name))).toEqual([])
    expect(depends.filter((name, index) => depends.indexOf(name) !== index)).toEqual([])
    const tests = all.filter(({ group }) => group === 'test').flatMap(({ packages }) => packages[managers[kind]] ?? [])
    expect(tests.filter((name) => depends.includes(name))).toEqual([])
  })
})

/** Runs electron-builder on a copy of what a clone holds; answers the words for fpm and where the parts lie. */
async function makePackage() {
  const project = await app.empty()
  const tools = await app.empty()
  for (const part of ['package.json', 'package-lock.json', 'electron-builder.yml', 'README.md', 'assets']) {
    await cp(join(repository, part), join(project, part), { recursive: true })
  }
  await cp(join(app.whole, 'out'), join(project, 'out'), { recursive: true })
  await mkdir(join(project, 'out/serve'))
  await writeFile(join(project, 'out/serve/serve.mjs'), '')
  await symlink(join(repository, 'node_modules'), join(project, 'node_modules'))
  const dist = join(tools, 'electron')
  await mkdir(join(dist, 'resources'), { recursive: true })
  await mkdir(join(dist, 'locales'))
  for (const name of ['locales/en-US.pak', 'locales/es.pak', 'locales/fr.pak']) await writeFile(join(dist, name), '')
  await writeFile(join(dist, 'electron'), `${fuseMark}11111111`)
  const fpm = join(tools, 'fpm')
  const desktop = join(tools, 'made.desktop')
  const words = join(tools, 'words')
  await writeFile(fpm, fpmStandIn(words, desktop))
  for (const program of [fpm, join(dist, 'electron')]) await chmod(program, 0o755)
  const electron = JSON.parse(await read('node_modules/electron/package.json')) as { version: string }
  const argv = ['--linux', ...kinds, '--x64', '--publish', 'never', `-c.electronDist=${dist}`, `-c.electronVersion=${electron.version}`]
  const env = { HOME: tools, PATH: `${tools}:${process.env['PATH']}`, USE_SYSTEM_FPM: 'true', npm_config_offline: 'true' }
  await promisify(execFile)(process.execPath, [join(repository, 'node_modules/electron-builder/cli.js'), ...argv], { cwd: project, env })
  const unpacked = join(project, 'dist/linux-unpacked')
  const asar = require('@electron/asar') as { extractAll(archive: string, folder: string): void; listPackage(archive: string): string[] }
  const packed = await app.empty()
  const archive = join(unpacked, 'resources/app.asar')
  asar.extractAll(archive, packed)
  const files = asar.listPackage(archive).filter((path) => /\.[a-z]+$/.test(path))
  const wordsFor = async (kind: Kind): Promise<string[]> => (await readFile(`${words}.${kind}`, 'utf8')).split('\0')
  return { unpacked, packed, files, words: { deb: await wordsFor('deb'), rpm: await wordsFor('rpm') }, desktop: await readFile(desktop, 'utf8') }
}

/** Before the switches that Electron's program has in itself: their version and number. https://www.electronjs.org/docs/latest/tutorial/fuses */
const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01\x08'

/** Writes down what it is asked for: `-s dir --force -t KIND …`. */
const fpmStandIn = (words: string, desktop: string): string => `#!/bin/sh
printf '%s\\0' "$@" > '${words}'."$5"
for word; do
  case $word in *.desktop=*) cp "\${word%%=*}" '${desktop}' ;; esac
done
case "$*" in *"--package "*) : > "$(printf '%s\\n' "$@" | sed -n '/^--package$/{n;p}')" ;; esac
`

describe('the package', () => {
  let made: Awaited<ReturnType<typeof makePackage>>
  beforeAll(async () => {
    made = await makePackage()
  }, 300_000)

  /** Values of a repeated option. */
  const option = (kind: Kind, name: string): string[] => made.words[kind].flatMap((word, index, all) => (word === name ? [all[index + 1] ?? ''] : []))
  const placed = (kind: Kind, target: string): string | undefined => made.words[kind].find((word) => word.endsWith(`=${target}`))

  it('holds the app and nothing else', async () => {
    const pages = made.files.filter((path) => path.startsWith('/out/renderer/'))
    expect(pages).toContain('/out/renderer/index.html')
    expect(made.files.filter((path) => path.startsWith('/out/') && !pages.includes(path))).toEqual([
      '/out/main/main.cjs',
      '/out/preload/preload.cjs',
    ])
    expect(made.files.filter((path) => !path.startsWith('/out/') && !path.startsWith('/assets/icons/'))).toEqual(['/package.json'])
    expect(existsSync(join(made.packed, 'assets/icons/256x256.png'))).toBe(true)
    for (const path of ['node_modules', 'test', 'assets/prerequisites.json', 'out/serve']) {
      expect(existsSync(join(made.packed, path)), path).toBe(false)
    }
    expect(existsSync(join(made.unpacked, 'vivero'))).toBe(true)
    expect(existsSync(join(made.unpacked, 'locales/fr.pak'))).toBe(false)
  })

  it('loads alone: main, preload and page', async () => {
    const world = await electronWorld(made.packed)
    try {
      const page = await world.openPage()
      expect(await ask(page, 'app.info', {})).toMatchObject({ version: await version(), home: world.home })
      expect((await ask(page, 'connection.connect', { connection: 'test' })).state).toBe('connected')
      expect(await ask(page, 'domain.list', { connection: 'test' })).toHaveLength(1)
      await eventually('connection.changed', () => page.events.find(({ event }) => event === 'connection.changed'))
      const html = await world.fetch('vivero://app/index.html')
      const files = [...html.text.matchAll(/(?:src|href)="\.?\/?([^":]+)"/g)].map(([, file]) => file)
      expect(files.length).toBeGreaterThan(1)
      for (const file of files) expect(await world.fetch(`vivero://app/${file}`)).toMatchObject({ status: 200 })
    } finally {
      await world.close()
    }
  })

  it('is this app alone: its program is no Node, and takes nothing beside its archive', async () => {
    const program = await readFile(join(made.unpacked, 'vivero'), 'latin1')
    // In Electron's order: Node, cookies, NODE_OPTIONS, --inspect, checked archive, archive alone, own snapshot, more for file:
    expect(program.slice(fuseMark.length)).toBe('01001110')
  })

  it.each(kinds)('names itself, its packages and its licence (%s)', async (kind) => {
    expect(option(kind, '--name')).toEqual(['vivero'])
    expect(option(kind, '--version')).toEqual([await version()])
    expect(option(kind, '--architecture')).toEqual(['amd64'])
    expect(option(kind, '--license')).toEqual(['MIT'])
    expect(option(kind, '-d')).toEqual((await configuration())[kind].depends)
    expect(option(kind, '--deb-recommends')).toEqual([])
  })

  it.each(kinds)('brings its icons and its AppStream entry (%s)', async (kind) => {
    for (const size of ['16x16', '48x48', '256x256', '512x512']) {
      expect(placed(kind, `/usr/share/icons/hicolor/${size}/apps/vivero.png`), size).toBeDefined()
    }
    expect(option(kind, '--url')).toEqual(['file:///usr/share/doc/vivero/README.md'])
    expect(placed(kind, '/usr/share/doc/vivero/README.md')).toBe('README.md=/usr/share/doc/vivero/README.md')
    const metainfo = 'app.vivero.Vivero.metainfo.xml'
    expect(placed(kind, `/usr/share/metainfo/${metainfo}`)).toBe(`assets/${metainfo}=/usr/share/metainfo/${metainfo}`)
    const entry = await read(`assets/${metainfo}`)
    expect(entry).toContain('<launchable type="desktop-id">vivero.desktop</launchable>')
    expect(entry).toContain(`<release version="${await version()}"`)
  })

  it('has the desktop file of assets/vivero.desktop', async () => {
    for (const kind of kinds) expect(placed(kind, '/usr/share/applications/vivero.desktop'), kind).toBeDefined()
    const wanted = entries(await read('assets/vivero.desktop'))
    expect(wanted['Exec']).toBe('vivero')
    expect(entries(made.desktop)).toEqual({ ...wanted, Exec: '/opt/Vivero/vivero %U' })
  })
})

/** Keys of a desktop file's one group. */
function entries(text: string): Record<string, string> {
  const [first, ...lines] = text.trim().split('\n')
  expect(first).toBe('[Desktop Entry]')
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))
}
