/** Tells a disk image from any other file by its first bytes, and finds the base of an overlay without starting a program. */
import { open, type FileHandle } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { readIsoHeader, type IsoHeader } from '../system/iso9660.ts'

export type FileKind =
  | { readonly kind: 'iso'; readonly header: IsoHeader | null }
  | { readonly kind: 'disk'; readonly format: string }
  | { readonly kind: 'other'; readonly reason: 'empty' | 'compressed' | 'unknown' }

const diskExtensions = new Set(['.qcow2', '.qcow', '.img', '.raw', '.vmdk', '.vdi', '.vhd', '.vhdx', '.vpc', '.qed'])

/** Whether a file's name says that it may be an ISO or a disk image. */
export const hasMediaExtension = (name: string): boolean => extname(name).toLowerCase() === '.iso' || diskExtensions.has(extname(name).toLowerCase())

/** What a file's name alone says, for files that this user cannot read. */
export function kindOfName(name: string): 'iso' | 'disk' | null {
  if (extname(name).toLowerCase() === '.iso') return 'iso'
  return diskExtensions.has(extname(name).toLowerCase()) ? 'disk' : null
}

/** Looks into a file. Errors: those of opening and reading it. */
export async function readFileKind(path: string): Promise<FileKind> {
  const header = await readIsoHeader(path)
  if (header) return { kind: 'iso', header }
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    if (size === 0) return { kind: 'other', reason: 'empty' }
    const start = Buffer.alloc(64 * 1024)
    const { bytesRead } = await file.read(start, 0, start.length, 0)
    return kindOf(start.subarray(0, bytesRead), basename(path))
  } finally {
    await file.close()
  }
}

function kindOf(start: Buffer, name: string): FileKind {
  const format = magicFormat(start)
  if (format) return { kind: 'disk', format }
  if (isCompressed(start)) return { kind: 'other', reason: 'compressed' }
  // a DVD that is UDF alone has its descriptors in the sectors where ISO 9660 has them
  if (start.toString('latin1', 32769, 32774) === 'BEA01') return { kind: 'iso', header: null }
  const extension = extname(name).toLowerCase()
  // raw has no magic of its own: a partition table or a boot sector speaks for it, else the name
  if (hasPartitions(start) || (diskExtensions.has(extension) && ['.img', '.raw'].includes(extension))) return { kind: 'disk', format: 'raw' }
  if (extension === '.vhd' || extension === '.vpc') return { kind: 'disk', format: 'vpc' } // a fixed one has its magic at the end
  return { kind: 'other', reason: 'unknown' }
}

const magics: readonly { readonly at: number; readonly bytes: string; readonly format: string }[] = [
  { at: 0, bytes: 'QFI\xfb', format: 'qcow2' },
  { at: 0, bytes: 'QED\0', format: 'qed' },
  { at: 0, bytes: 'KDMV', format: 'vmdk' },
  { at: 0, bytes: 'COWD', format: 'vmdk' },
  { at: 0, bytes: '# Disk DescriptorFile', format: 'vmdk' },
  { at: 0, bytes: 'conectix', format: 'vpc' },
  { at: 0, bytes: 'vhdxfile', format: 'vhdx' },
  { at: 0x40, bytes: '\x7f\x10\xda\xbe', format: 'vdi' },
]

function magicFormat(start: Buffer): string | null {
  const found = magics.find(({ at, bytes }) => start.toString('latin1', at, at + bytes.length) === bytes)
  if (!found) return null
  // version 1 of qcow2's magic is the older format "qcow"
  return found.format === 'qcow2' && start.length >= 8 && start.readUInt32BE(4) === 1 ? 'qcow' : found.format
}

const hasPartitions = (start: Buffer): boolean =>
  start.length >= 1024 && (start.readUInt16LE(510) === 0xaa55 || start.toString('latin1', 512, 520) === 'EFI PART')

const isCompressed = (start: Buffer): boolean =>
  ['\x1f\x8b', '\xfd7zXZ', 'BZh', '\x28\xb5\x2f\xfd', 'PK\x03\x04', '7z\xbc\xaf'].some((magic) => start.toString('latin1', 0, magic.length) === magic)

/**
 * Names of the files that a qcow2 stands on, as its header holds them: its base, which may be relative to it or a URL.
 * Null where the file is no qcow2, has no base or cannot be read. https://gitlab.com/qemu-project/qemu docs/interop/qcow2.txt
 */
export async function readQcow2Base(path: string): Promise<string | null> {
  let file: FileHandle
  try {
    file = await open(path, 'r')
  } catch {
    return null
  }
  try {
    const header = Buffer.alloc(20)
    const { bytesRead } = await file.read(header, 0, 20, 0)
    if (bytesRead < 20 || !magicFormat(header)?.startsWith('qcow')) return null
    const offset = Number(header.readBigUInt64BE(8))
    const length = header.readUInt32BE(16)
    if (offset === 0 || length === 0 || length > 1023) return null
    const name = Buffer.alloc(length)
    await file.read(name, 0, length, offset)
    return name.toString('utf8')
  } catch {
    return null // a folder, or a device that went away
  } finally {
    await file.close()
  }
}
