/**
 * The small machine of the tests: a Linux that boots in seconds under software emulation, made from Debian's own
 * packages without root and without mounts, as a disk, as a live ISO and as an installer ISO. docs/testing.md says
 * what it prints and understands.
 */
import { createHash } from 'node:crypto'
import {
  access,
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { buildAgent } from './agent.ts'
import { buildInitramfs } from './initramfs.ts'
import { writeIso, writeRawDisk } from './media.ts'
import { fetchPackages } from './packages.ts'
import { run } from './run.ts'

const recipeFolder = import.meta.dirname
const cacheFolder = join(recipeFolder, '../../.cache/guest')

export interface Guest {
  /** qcow2 disk that starts fast and drives virtio alone; copy it or put an overlay on it, never write to it. */
  disk: string
  /** The same with drivers for SATA, CDs, e1000e and USB, for machines that have no virtio; starts several seconds later. */
  fullDisk: string
  /** Live ISO; its word is "vivero". */
  iso: string
  /** ISO whose installer writes /dev/vda or /dev/sda and reboots; its word is "vivero". */
  installerIso: string
  /** The kernel of `disk`, for machines that libvirt starts without a disk or firmware. */
  kernel: string
  /** The whole system of `disk`, in memory, and QEMU's guest agent. */
  initrd: string
  /** Names this build: changes when the recipe does. */
  build: string
}

const recipeHash = async (): Promise<string> => {
  const hash = createHash('sha256')
  for (const name of (await readdir(recipeFolder, { recursive: true })).sort()) {
    if (name === 'check.ts' || !/\.ts$|^rootfs\/.*/.test(name)) continue
    const data = await readFile(join(recipeFolder, name)).catch(() => undefined)
    if (data !== undefined) hash.update(`${name}\0`).update(data)
  }
  return hash.digest('hex').slice(0, 16)
}

const exists = (path: string): Promise<boolean> => access(path).then(() => true, () => false) // prettier-ignore

/** Versions of the two kernels: one that starts fast, and one that drives every device. */
const kernelsOf = async (tree: string): Promise<{ readonly fast: string; readonly full: string }> => {
  const versions = (await readdir(join(tree, 'boot'))).map((name) => name.replace(/^vmlinuz-/, ''))
  const fast = versions.find((one) => one.includes('cloud'))
  const full = versions.find((one) => !one.includes('cloud'))
  if (fast === undefined || full === undefined) throw new Error('The kernel packages hold no kernel.')
  return { fast, full }
}

/** Kernel, system and disk of one kind in the folder `boot`; the disk as qcow2 at `outFile`. */
const buildKind = async (tree: string, version: string, boot: string, scratch: string, outFile: string): Promise<void> => {
  await mkdir(boot)
  await copyFile(join(tree, 'boot', `vmlinuz-${version}`), join(boot, 'vmlinuz'))
  await writeFile(join(boot, 'initrd.gz'), await buildInitramfs(tree, version, join(scratch, version)))
  const disk = join(boot, 'disk.img')
  await copyFile(await writeRawDisk(tree, boot, scratch), disk)
  await run('qemu-img', ['convert', '-f', 'raw', '-O', 'qcow2', '-c', disk, outFile])
}

const buildInto = async (work: string): Promise<void> => {
  const scratch = join(work, 'work')
  const tree = await fetchPackages(scratch)
  const kernels = await kernelsOf(tree)
  const boot = join(work, 'boot')
  await buildKind(tree, kernels.full, boot, scratch, join(work, 'vivero-guest-full.qcow2'))
  await buildKind(tree, kernels.fast, join(work, 'boot-fast'), scratch, join(work, 'vivero-guest.qcow2'))
  const system = await readFile(join(work, 'boot-fast', 'initrd.gz'))
  // The kernel unpacks one archive after the other.
  await writeFile(join(work, 'boot-fast', 'initrd-agent.gz'), Buffer.concat([system, await buildAgent(tree)]))
  await copyFile(join(tree, 'usr/lib/ISOLINUX/isolinux.bin'), join(boot, 'isolinux.bin'))
  await copyFile(join(tree, 'usr/lib/syslinux/modules/bios/ldlinux.c32'), join(boot, 'ldlinux.c32'))
  await writeIso({ kind: 'live', word: 'vivero', boot, outFile: join(work, 'vivero-live.iso') })
  await writeIso({ kind: 'install', word: 'vivero', boot, outFile: join(work, 'vivero-setup.iso') })
  await rm(scratch, { recursive: true, force: true })
}

/** Builds into a folder of its own and then renames it: two builders side by side do not meet. */
const buildOnce = async (folder: string): Promise<void> => {
  await mkdir(cacheFolder, { recursive: true })
  const work = await mkdtemp(join(cacheFolder, 'building-'))
  try {
    await buildInto(work)
    // Others than its builder start machines from it: the users of a lab.
    await chmod(work, 0o755)
    await rename(work, folder).catch(async (error: unknown) => {
      if (!(await exists(folder))) throw error
    })
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** Removes guests of recipes that are a day old, for another clone may be at work with them, and builds that were killed in the middle. */
const removeOthers = async (build: string): Promise<void> => {
  for (const name of await readdir(cacheFolder)) {
    const folder = join(cacheFolder, name)
    const age = Date.now() - (await stat(folder).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs
    const old = /^[0-9a-f]{16}$/.test(name) ? name !== build && age > 86_400_000 : age > 600_000
    if (old) await rm(folder, { recursive: true, force: true })
  }
}

let running: Promise<string> | undefined

const ensureFolder = async (): Promise<string> => {
  const build = await recipeHash()
  const folder = join(cacheFolder, build)
  if (!(await exists(folder))) {
    await buildOnce(folder)
    await removeOthers(build)
  }
  return folder
}

const guestFolder = (): Promise<string> => (running ??= ensureFolder())

/** The guest's files, built at the first call (about 15 s) and kept in .cache/guest. Fails where apt or a tool is missing. */
export const ensureGuest = async (): Promise<Guest> => {
  const folder = await guestFolder()
  return {
    disk: join(folder, 'vivero-guest.qcow2'),
    fullDisk: join(folder, 'vivero-guest-full.qcow2'),
    iso: join(folder, 'vivero-live.iso'),
    installerIso: join(folder, 'vivero-setup.iso'),
    kernel: join(folder, 'boot-fast', 'vmlinuz'),
    initrd: join(folder, 'boot-fast', 'initrd-agent.gz'),
    build: folder.slice(-16),
  }
}

/** Makes a live ISO that prints `live word: WORD` on its serial port and screen at each start. */
export const buildLiveIso = async (word: string, outFile: string): Promise<void> =>
  writeIso({ kind: 'live', word, boot: join(await guestFolder(), 'boot'), outFile })

/** Makes an installer ISO; the disk that it writes prints `disk word: WORD` at each start. */
export const buildInstallerIso = async (word: string, outFile: string): Promise<void> =>
  writeIso({ kind: 'install', word, boot: join(await guestFolder(), 'boot'), outFile })
