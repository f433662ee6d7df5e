import { copyFile, mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { run } from './run.ts'

const sector = 512
const partitionStart = 2048
const partitionSectors = 23 * 2048
const diskMegabytes = 24

/** Without what only costs time under software emulation: self-tests, mitigations, the timer's trial. */
const kernelWords = 'console=tty0 console=ttyS0,115200 cryptomgr.notests mitigations=off no_timer_check panic=5'

const bootConfig = (mode: 'disk' | 'live' | 'install'): string =>
  [
    'DEFAULT vivero',
    'PROMPT 0',
    'LABEL vivero',
    '  KERNEL /vmlinuz',
    '  INITRD /initrd.gz',
    `  APPEND ${kernelWords} vivero.boot=${mode}`,
    '',
  ].join('\n')

/** A partition table with one bootable FAT16 partition, after https://en.wikipedia.org/wiki/Master_boot_record. */
const masterBootRecord = (bootCode: Buffer): Buffer => {
  const record = Buffer.alloc(sector)
  bootCode.copy(record, 0, 0, 440)
  record.writeUInt8(0x80, 446)
  record.writeUIntBE(0xfeffff, 447, 3)
  record.writeUInt8(0x0e, 450)
  record.writeUIntBE(0xfeffff, 451, 3)
  record.writeUInt32LE(partitionStart, 454)
  record.writeUInt32LE(partitionSectors, 458)
  record.writeUInt16LE(0xaa55, 510)
  return record
}

/** Writes a raw disk that SeaBIOS starts: kernel and system on a FAT partition named VIVERO, with syslinux. */
export const writeRawDisk = async (tree: string, boot: string, work: string): Promise<string> => {
  const partition = join(work, 'partition.img')
  const config = join(work, 'syslinux.cfg')
  await writeFile(config, bootConfig('disk'))
  await rm(partition, { force: true })
  const kilobytes = String((partitionSectors * sector) / 1024)
  await run('mkfs.vfat', ['-C', '-F', '16', '-h', String(partitionStart), '-n', 'VIVERO', partition, kilobytes])
  await run('mcopy', ['-i', partition, join(boot, 'vmlinuz'), join(boot, 'initrd.gz'), config, '::/'])
  await run('syslinux', ['--install', partition])
  const disk = join(work, 'disk.img')
  const bootCode = await readFile(join(tree, 'usr/lib/syslinux/mbr/mbr.bin'))
  const file = await open(disk, 'w')
  try {
    await file.write(masterBootRecord(bootCode), 0, sector, 0)
    const content = await readFile(partition)
    await file.write(content, 0, content.length, partitionStart * sector)
    await file.truncate(diskMegabytes * 1024 * 1024)
  } finally {
    await file.close()
  }
  return disk
}

export interface IsoRecipe {
  kind: 'live' | 'install'
  word: string
  /** Folder with vmlinuz, initrd.gz, isolinux.bin, ldlinux.c32 and, for the installer, disk.img. */
  boot: string
  outFile: string
}

/** Writes an ISO that a BIOS starts (El Torito, isolinux): https://wiki.syslinux.org/wiki/index.php?title=ISOLINUX */
export const writeIso = async ({ kind, word, boot, outFile }: IsoRecipe): Promise<void> => {
  const content = await mkdtemp(join(tmpdir(), 'vivero-iso-'))
  try {
    await mkdir(join(content, 'isolinux'))
    for (const name of ['isolinux.bin', 'ldlinux.c32'])
      await copyFile(join(boot, name), join(content, 'isolinux', name))
    await writeFile(join(content, 'isolinux', 'isolinux.cfg'), bootConfig(kind))
    await writeFile(join(content, 'word.txt'), `${word}\n`)
    // The big files are taken from where they lie: nothing is copied twice.
    const big = ['vmlinuz', 'initrd.gz', ...(kind === 'install' ? ['disk.img'] : [])]
    const grafts = [`/=${content}`, ...big.map((name) => `/${name}=${join(boot, name)}`)]
    const label = kind === 'live' ? 'VIVERO_LIVE' : 'VIVERO_SETUP'
    const torito = ['-b', 'isolinux/isolinux.bin', '-c', 'isolinux/boot.cat', '-no-emul-boot', '-boot-load-size', '4']
    const names = ['-R', '-J', '-V', label, '-graft-points']
    await rm(outFile, { force: true })
    await run('xorriso', [
      '-as',
      'mkisofs',
      '-quiet',
      '-o',
      outFile,
      ...torito,
      '-boot-info-table',
      ...names,
      ...grafts,
    ])
  } finally {
    await rm(content, { recursive: true, force: true })
  }
}
