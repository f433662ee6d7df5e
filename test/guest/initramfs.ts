import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { cpioArchive, type CpioEntry } from './cpio.ts'
import { collectModules } from './modules.ts'
import { run } from './run.ts'

const rootfs = join(import.meta.dirname, 'rootfs')
const emptyFolders = [
  'bin',
  'dev',
  'proc',
  'sys',
  'run',
  'tmp',
  'root',
  'disk',
  'cdrom',
  'seed',
  'etc/keymaps',
  'var',
  'var/log',
]

const ownFiles = async (): Promise<CpioEntry[]> => {
  const entries: CpioEntry[] = []
  for (const name of (await readdir(rootfs, { recursive: true })).sort()) {
    const state = await stat(join(rootfs, name))
    if (state.isDirectory()) entries.push({ kind: 'folder', name })
    else {
      const executable = (state.mode & 0o100) !== 0
      entries.push({ kind: 'file', name, data: await readFile(join(rootfs, name)), executable })
    }
  }
  return entries
}

const busyboxFiles = async (tree: string): Promise<CpioEntry[]> => {
  const busybox = join(tree, 'bin/busybox')
  const names = (await run(busybox, ['--list'])).toString().split('\n')
  return [
    { kind: 'file', name: 'bin/busybox', data: await readFile(busybox), executable: true },
    // The kernel itself looks for modprobe in /sbin.
    { kind: 'link', name: 'sbin/modprobe', target: '/bin/busybox' },
    ...names
      .filter((name) => name !== '' && name !== 'busybox')
      .map((name): CpioEntry => ({ kind: 'link', name: `bin/${name}`, target: 'busybox' })),
  ]
}

/** Binary keymaps for `loadkmap`: from the keymaps that Debian's consoles have, with the euro at its place. */
const keymapFiles = async (tree: string): Promise<CpioEntry[]> => {
  const loadkeys = join(tree, 'bin/loadkeys')
  const folder = join(tree, 'usr/share/keymaps/i386/qwerty')
  const euro = join(tree, 'euro.map')
  await writeFile(euro, 'altgr keycode 18 = U+20ac\n')
  return Promise.all(
    ['us', 'es'].map(async (layout): Promise<CpioEntry> => {
      const data = await run(loadkeys, ['--bkeymap', '--unicode', join(folder, `${layout}.kmap.gz`), euro])
      return { kind: 'file', name: `etc/keymaps/${layout}.bmap`, data }
    }),
  )
}

const moduleFiles = async (tree: string, version: string, scratch: string): Promise<CpioEntry[]> => {
  const base = `lib/modules/${version}`
  const folders = new Set<string>()
  const files: CpioEntry[] = []
  for (const { path, data } of await collectModules(join(tree, base))) {
    await mkdir(join(scratch, base, dirname(path)), { recursive: true })
    await writeFile(join(scratch, base, path), data)
    for (let up = dirname(path); up !== '.'; up = dirname(up)) folders.add(`${base}/${up}`)
    files.push({ kind: 'file', name: `${base}/${path}`, data })
  }
  await run(join(tree, 'bin/busybox'), ['depmod', '-b', scratch, version])
  for (const name of await readdir(join(scratch, base))) {
    if (name.startsWith('modules.')) {
      files.push({ kind: 'file', name: `${base}/${name}`, data: await readFile(join(scratch, base, name)) })
    }
  }
  const above = ['lib', 'lib/modules', base, ...[...folders].sort()]
  return [...above.map((name): CpioEntry => ({ kind: 'folder', name })), ...files]
}

/** The guest's whole system as the kernel unpacks it into memory at start. */
export const buildInitramfs = async (tree: string, version: string, scratch: string): Promise<Buffer> =>
  gzipSync(
    cpioArchive([
      ...(await ownFiles()),
      ...emptyFolders.map((name): CpioEntry => ({ kind: 'folder', name })),
      { kind: 'link', name: 'var/run', target: '/run' },
      { kind: 'device', name: 'dev/console', major: 5, minor: 1 },
      ...(await busyboxFiles(tree)),
      ...(await keymapFiles(tree)),
      ...(await moduleFiles(tree, version, scratch)),
    ]),
  )
