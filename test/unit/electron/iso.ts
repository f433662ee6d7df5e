/** ISO 9660 headers as bytes, for tests that need an ISO which says something. */

const SECTOR = 2048

export interface IsoSpec {
  readonly volume: string
  readonly system?: string
  readonly publisher?: string
  readonly application?: string
  readonly bootable?: boolean
  /** What the boot record is of; El Torito where not given. */
  readonly bootSystem?: string
  /** Sectors that the volume says it has. */
  readonly sectors?: number
  /** Descriptors of UDF stand before those of ISO 9660. */
  readonly udf?: boolean
}

/** The first sectors of an ISO: 16 of the system's, then the volume descriptors. */
export function makeIso(spec: IsoSpec): Buffer {
  const descriptors = [primary(spec)]
  if (spec.bootable) descriptors.push(boot(spec.bootSystem ?? 'EL TORITO SPECIFICATION'))
  if (spec.udf) descriptors.unshift(descriptor(0, 'BEA01'), descriptor(0, 'NSR02'), descriptor(0, 'TEA01'))
  return Buffer.concat([Buffer.alloc(16 * SECTOR), ...descriptors, descriptor(255, 'CD001')])
}

function descriptor(type: number, mark: string): Buffer {
  const sector = Buffer.alloc(SECTOR)
  sector[0] = type
  sector.write(mark, 1, 'latin1')
  sector[6] = 1
  return sector
}

function primary({ volume, system = '', publisher = '', application = '', sectors = 18 }: IsoSpec): Buffer {
  const sector = descriptor(1, 'CD001')
  const field = (text: string, start: number, end: number): void => void sector.write(text.padEnd(end - start), start, end - start, 'utf8')
  field(system, 8, 40)
  field(volume, 40, 72)
  field(publisher, 318, 446)
  field(application, 574, 702)
  sector.writeUInt32LE(sectors, 80)
  sector.writeUInt32BE(sectors, 84)
  sector.writeUInt16LE(SECTOR, 128)
  sector.writeUInt16BE(SECTOR, 130)
  return sector
}

function boot(system: string): Buffer {
  const sector = descriptor(0, 'CD001')
  sector.write(system, 7, 'latin1')
  return sector
}
