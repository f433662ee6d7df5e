/**
 * A Debian with the real cloud-init, as a disk that SeaBIOS starts: made with mmdebstrap from the packages of this
 * machine's own apt, kept in .cache/cloud-image. Takes root, the network and some minutes; nothing is installed.
 */
import { access, chmod, mkdir, mkdtemp, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fetchPackages } from '../guest/packages.ts'
import { run } from '../guest/run.ts'

const cacheFolder = join(import.meta.dirname, '../../.cache/cloud-image')
const release = 'bookworm'
const packages = ['cloud-init', 'linux-image-cloud-amd64', 'systemd-sysv', 'udev', 'iproute2', 'ifupdown', 'isc-dhcp-client', 'sudo', 'openssh-server', 'e2fsprogs']

const sector = 512
const bootStart = 2048
const bootSectors = 96 * 2048
const rootStart = bootStart + bootSectors
const rootSectors = 1400 * 2048

const exists = (path: string): Promise<boolean> => access(path).then(() => true, () => false) // prettier-ignore

/** Where it is, or will be. */
export const cloudImagePath = join(cacheFolder, `debian-${release}-cloud.qcow2`)

/** A lab has no network to build it. */
export const isCloudImageThere = (): Promise<boolean> => exists(cloudImagePath)

/** Built at the first call. Fails where this is not root's, or apt has no network. */
export async function ensureCloudImage(): Promise<string> {
  if (await exists(cloudImagePath)) return cloudImagePath
  await mkdir(cacheFolder, { recursive: true })
  const work = await mkdtemp(join(cacheFolder, 'building-'))
  try {
    await chmod(work, 0o755)
    const tree = join(work, 'root')
    await buildTree(tree, work)
    const disk = await writeDisk(tree, work)
    await run('qemu-img', ['convert', '-f', 'raw', '-O', 'qcow2', '-c', disk, join(work, 'disk.qcow2')])
    await rename(join(work, 'disk.qcow2'), cloudImagePath)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  return cloudImagePath
}

async function buildTree(tree: string, work: string): Promise<void> {
  await run('apt-get', ['-q', 'download', 'mmdebstrap'], { cwd: work })
  const deb = (await readdir(work)).find((name) => name.endsWith('.deb')) ?? ''
  await run('dpkg-deb', ['-x', join(work, deb), join(work, 'tool')])
  const options = ['--mode=root', '--variant=apt', '--format=directory', `--include=${packages.join(',')}`, '--aptopt=Apt::Install-Recommends "false"']
  await run('perl', [join(work, 'tool/usr/bin/mmdebstrap'), ...options, release, tree])
}

/** A partition of syslinux with kernel and initrd, and one of the system, which the kernel finds by its place. */
async function writeDisk(tree: string, work: string): Promise<string> {
  await writeFile(join(tree, 'etc/fstab'), '/dev/vda2 / ext4 defaults 0 1\n')
  await writeFile(join(tree, 'etc/hostname'), 'image\n')
  const boot = join(work, 'boot.img')
  const config = join(work, 'syslinux.cfg')
  const words = 'root=/dev/vda2 ro console=tty0 console=ttyS0,115200 mitigations=off no_timer_check panic=5'
  await writeFile(config, ['DEFAULT debian', 'PROMPT 0', 'LABEL debian', '  KERNEL /vmlinuz', '  INITRD /initrd.gz', `  APPEND ${words}`, ''].join('\n'))
  const names = await readdir(join(tree, 'boot'))
  const file = (beginning: string): string => join(tree, 'boot', names.find((name) => name.startsWith(beginning)) ?? beginning)
  await run('mkfs.vfat', ['-C', '-F', '16', '-h', String(bootStart), '-n', 'BOOT', boot, String((bootSectors * sector) / 1024)])
  await run('mcopy', ['-i', boot, file('vmlinuz-'), '::/vmlinuz'])
  await run('mcopy', ['-i', boot, file('initrd.img-'), '::/initrd.gz'])
  await run('mcopy', ['-i', boot, config, '::/syslinux.cfg'])
  await run('syslinux', ['--install', boot])
  const root = join(work, 'root.img')
  await run('mke2fs', ['-q', '-t', 'ext4', '-d', tree, root, `${(rootSectors * sector) / 1024}k`])
  return joined(boot, root, work)
}

async function joined(boot: string, root: string, work: string): Promise<string> {
  const code = await readFile(join(await fetchPackages(join(work, 'packages')), 'usr/lib/syslinux/mbr/mbr.bin'))
  const disk = join(work, 'disk.img')
  const out = await open(disk, 'w')
  try {
    await out.write(partitionTable(code), 0, sector, 0)
  } finally {
    await out.close()
  }
  // dd leaves what is empty empty
  const place = (from: string, start: number): Promise<Buffer> => run('dd', [`if=${from}`, `of=${disk}`, 'bs=1M', `seek=${(start * sector) / 2 ** 20}`, 'conv=notrunc,sparse'])
  await place(boot, bootStart)
  await place(root, rootStart)
  await run('truncate', ['-s', String((rootStart + rootSectors) * sector), disk])
  return disk
}

/** https://en.wikipedia.org/wiki/Master_boot_record */
function partitionTable(code: Buffer): Buffer {
  const record = Buffer.alloc(sector)
  code.copy(record, 0, 0, 440)
  const entry = (at: number, active: boolean, type: number, start: number, count: number): void => {
    record.writeUInt8(active ? 0x80 : 0, at)
    record.writeUIntBE(0xfeffff, at + 1, 3)
    record.writeUInt8(type, at + 4)
    record.writeUIntBE(0xfeffff, at + 5, 3)
    record.writeUInt32LE(start, at + 8)
    record.writeUInt32LE(count, at + 12)
  }
  entry(446, true, 0x0e, bootStart, bootSectors)
  entry(462, false, 0x83, rootStart, rootSectors)
  record.writeUInt16LE(0xaa55, 510)
  return record
}
