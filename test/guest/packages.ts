import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { run } from './run.ts'

/** Folders of the kernel's modules from which the guest takes some; sound and the rest are never looked at. */
const moduleFolders = ['arch', 'block', 'crypto', 'drivers', 'fs', 'lib', 'mm', 'net']

/**
 * The kernel for clouds is packed with LZ4: it is out in half a second where the other, packed with XZ, takes five under
 * software emulation. It drives virtio and little else (no SATA, no e1000e, no USB).
 */
const kernelFlavours = ['linux-image-cloud-amd64', 'linux-image-amd64'] as const

const latestKernel = async (flavour: string, aptOptions: readonly string[]): Promise<string> => {
  const text = (await run('apt-cache', [...aptOptions, 'depends', '--important', flavour])).toString()
  const found = /Depends:\s+(linux-image-\S+)/.exec(text)
  if (found?.[1] === undefined) throw new Error(`No package ${flavour} is known to apt.`)
  return found[1]
}

/** Copies a package's files that match into a folder: no root, no mounts, nothing installed. */
const unpack = (deb: string, into: string, patterns: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const reader = spawn('dpkg-deb', ['--fsys-tarfile', deb], { stdio: ['ignore', 'pipe', 'inherit'] })
    const writer = spawn('tar', ['x', '--no-same-owner', '-C', into, '--wildcards', ...patterns], {
      stdio: [reader.stdout, 'ignore', 'ignore'],
    })
    reader.stdout.destroy()
    reader.on('error', reject)
    writer.on('error', reject)
    // tar ends with an error where a pattern matches nothing; what is needed is checked by its user.
    writer.on('close', () => resolve())
  })

/** QEMU's guest agent and the libraries that it is linked with, whatever this Debian calls them. */
const agentPackages = async (aptOptions: readonly string[]): Promise<string[]> => {
  const left = ['recommends', 'suggests', 'conflicts', 'breaks', 'replaces', 'enhances', 'pre-depends']
  const words = ['depends', '--recurse', ...left.map((one) => `--no-${one}`), 'qemu-guest-agent']
  const text = (await run('apt-cache', [...aptOptions, ...words])).toString()
  return text.split('\n').filter((line) => /^(qemu-guest-agent|zlib1g|lib[^ ]*)$/.test(line))
}

const downloaded = async (folder: string): Promise<void> => {
  const others = ['busybox-static', 'isolinux', 'syslinux-common', 'console-data', 'kbd']
  const fetchWith = async (options: readonly string[]): Promise<void> => {
    const kernels = await Promise.all(kernelFlavours.map((flavour) => latestKernel(flavour, options)))
    const agent = await agentPackages(options)
    await run('apt-get', [...options, '-q', 'download', ...kernels, ...others, ...agent], { cwd: folder })
  }
  try {
    await fetchWith([])
  } catch {
    // The machine's own package lists are missing or old: lists of our own, since we may not be root.
    const state = join(folder, 'apt')
    await mkdir(join(state, 'lists', 'partial'), { recursive: true })
    await mkdir(join(state, 'archives', 'partial'), { recursive: true })
    const options = ['-o', `Dir::State::lists=${state}/lists`, '-o', `Dir::Cache=${state}`, '-o', 'Debug::NoLocking=1']
    await run('apt-get', [...options, '-q', 'update'])
    await fetchWith(options)
  }
}

/** Fetches the Debian packages of the guest with apt and unpacks what it needs; gives the folder they lie in. */
export const fetchPackages = async (work: string): Promise<string> => {
  const debs = join(work, 'debs')
  const tree = join(work, 'tree')
  await mkdir(debs, { recursive: true })
  await mkdir(tree, { recursive: true })
  await downloaded(debs)
  const kernelPatterns = ['./boot/vmlinuz-*', ...moduleFolders.map((name) => `./lib/modules/*/kernel/${name}/*`)]
  for (const name of await readdir(debs)) {
    if (!name.endsWith('.deb')) continue
    await unpack(join(debs, name), tree, name.startsWith('linux-image') ? kernelPatterns : ['./usr/*', './bin/*', './lib/*'])
  }
  return tree
}
