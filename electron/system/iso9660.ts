/** Reads what an ISO says about itself: ECMA-119 (ISO 9660) volume descriptors and the El Torito boot record. */
import { open, type FileHandle } from 'node:fs/promises'

export interface IsoHeader {
  readonly volume: string
  readonly system: string
  readonly publisher: string
  readonly application: string
  /** Bytes that the volume says it has; the file may hold more. */
  readonly sizeBytes: number
  /** Has a boot record: a machine can start from it. */
  readonly bootable: boolean
}

const SECTOR = 2048
/** Volume descriptors start here; a terminator (type 255) ends them. */
const FIRST_DESCRIPTOR = 16
const MOST_DESCRIPTORS = 32

/** The header of an ISO, or null where the file is none. Errors: those of reading the file. */
export async function readIsoHeader(path: string): Promise<IsoHeader | null> {
  const file = await open(path, 'r')
  try {
    return await readDescriptors(file)
  } finally {
    await file.close()
  }
}

async function readDescriptors(file: FileHandle): Promise<IsoHeader | null> {
  const sector = Buffer.alloc(SECTOR)
  let primary: Omit<IsoHeader, 'bootable'> | null = null
  let bootable = false
  for (let index = FIRST_DESCRIPTOR; index < FIRST_DESCRIPTOR + MOST_DESCRIPTORS; index++) {
    const { bytesRead } = await file.read(sector, 0, SECTOR, index * SECTOR)
    if (bytesRead < SECTOR || !isDescriptor(sector)) break
    const type = sector[0]
    if (type === 0) bootable ||= field(sector, 7, 39) === 'EL TORITO SPECIFICATION'
    if (type === 1) primary ??= readPrimary(sector)
    if (type === 255) break
  }
  return primary && { ...primary, bootable }
}

/** CD001 is ISO 9660; BEA01, NSR0x and TEA01 are UDF, which shares the sectors on many DVDs. */
const isDescriptor = (sector: Buffer): boolean => ['CD001', 'BEA01', 'NSR02', 'NSR03', 'TEA01'].includes(sector.toString('latin1', 1, 6))

function readPrimary(sector: Buffer): Omit<IsoHeader, 'bootable'> {
  return {
    system: field(sector, 8, 40),
    volume: field(sector, 40, 72),
    publisher: field(sector, 318, 446),
    application: field(sector, 574, 702),
    sizeBytes: sector.readUInt32LE(80) * sector.readUInt16LE(128),
  }
}

/** Fields are filled up with blanks, by some programs with zero bytes. */
function field(sector: Buffer, start: number, end: number): string {
  const text = sector.toString('utf8', start, end)
  const zero = text.indexOf('\0')
  return (zero < 0 ? text : text.slice(0, zero)).trimEnd()
}
