/** Which system is on an ISO or a disk image: by what the ISO says about itself, else by names. */
import type { IsoHeader } from '../system/iso9660.ts'
import type { SystemDatabase } from './osinfo/database.ts'
import type { MediumRecord, SystemRecord } from './osinfo/records.ts'
import { guessFromName } from './name-guess.ts'
import type { Recognition } from './recognition.ts'
import { systemEntry } from './systems.ts'

/** Recognises an ISO by its volume descriptors, else by the volume's and the file's name. Null where unknown. */
export function recogniseIso(database: SystemDatabase, header: IsoHeader | null, fileName: string): Recognition | null {
  const match = header ? bestMedium(database, header) : null
  if (match) {
    const system = systemEntry(match.record)
    return { system, label: system.name, shortLabel: system.shortId, exact: true, live: match.medium.live }
  }
  const guess = (header && guessFromName(database, header.volume)) ?? guessFromName(database, fileName)
  const live = /(^|[^a-z])live([^a-z]|$)/i.test(`${header?.volume ?? ''} ${fileName}`) ? true : null
  return guess && { ...guess, live }
}

/** Recognises a disk image by its file's name. Null where unknown. */
export function recogniseDisk(database: SystemDatabase, fileName: string): Recognition | null {
  return guessFromName(database, fileName)
}

interface Match { readonly record: SystemRecord; readonly medium: MediumRecord }

/** Of several media that fit: the one that also knows the size, then that of this architecture, then the newest system. */
function bestMedium(database: SystemDatabase, header: IsoHeader): Match | null {
  let best: Match | null = null
  for (const record of database.systems.values()) {
    for (const medium of record.media) {
      if (!mediumFits(medium, header)) continue
      const match = { record, medium }
      if (!best || rank(match) > rank(best)) best = match
    }
  }
  return best
}

/** As libosinfo compares: every field that the database knows must fit, and it must know one. */
function mediumFits(medium: MediumRecord, header: IsoHeader): boolean {
  const fields = [
    [medium.volume, header.volume],
    [medium.system, header.system],
    [medium.publisher, header.publisher],
    [medium.application, header.application],
  ] as const
  if (!medium.volume && !medium.application && !medium.publisher) return false
  if (medium.sizeBytes !== null && medium.sizeBytes !== header.sizeBytes) return false
  return fields.every(([pattern, value]) => !pattern || pattern.test(value))
}

function rank({ record, medium }: Match): string {
  const fields = [medium.volume, medium.system, medium.publisher, medium.application].filter((field) => field !== null).length
  return [medium.sizeBytes === null ? 0 : 1, medium.arch === 'x86_64' ? 1 : 0, fields, record.released ?? '0000'].join('|')
}
