/**
 * An unfinished download: what has come so far, and beside it what is needed to go on with it, after a break or in
 * another run of the app.
 */
import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../../shared/model/error.ts'
import { writeJsonFile } from '../../settings/json-file.ts'
import { isRunning, processIdentity } from '../../system/process-identity.ts'

const schema = z.object({
  version: z.literal(1),
  addresses: z.array(z.string()).min(1),
  folder: z.string(),
  name: z.string(),
  title: z.string(),
  checksum: z.string().nullable(),
  /** What whoever asked wants to know again at the end. */
  about: z.record(z.string(), z.unknown()),
  /** What came is of this address, and has this mark there. */
  address: z.string().nullable(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  totalBytes: z.number().nullable(),
  paused: z.boolean(),
})

export type DownloadRecord = z.infer<typeof schema>

/** Where the pieces of one download lie. */
export interface PartialPlace {
  readonly folder: string
  readonly part: string
  readonly record: string
  readonly owner: string
}

/** The same file of the same folder always has the same place, so that it is never fetched twice at a time. */
export function partialPlace(partialFolder: string, folder: string, name: string): PartialPlace {
  const id = createHash('sha256').update(join(folder, name)).digest('hex').slice(0, 16)
  const path = (suffix: string): string => join(partialFolder, `${id}.${suffix}`)
  return { folder: partialFolder, part: path('part'), record: path('json'), owner: path('owner') }
}

/** Null where there is none, or none that can be used. */
export async function readRecord(place: Pick<PartialPlace, 'record'>): Promise<DownloadRecord | null> {
  try {
    const parsed = schema.safeParse(JSON.parse(await readFile(place.record, 'utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

export const writeRecord = (place: PartialPlace, record: DownloadRecord): Promise<void> => writeJsonFile(place.record, record)

/** Takes away all of it. */
export async function removePartial(place: PartialPlace): Promise<void> {
  await Promise.all([place.part, place.record, place.owner].map((path) => rm(path, { force: true })))
}

/** The unfinished downloads of a folder that no running app works on; pieces without a record, of which nobody knows what they are, go. */
export async function unfinished(partialFolder: string): Promise<DownloadRecord[]> {
  const names = await readdir(partialFolder).catch(() => [])
  const found: DownloadRecord[] = []
  /** A record that was being written when the app died. */
  const cut = names.filter((name) => name.endsWith('.tmp'))
  for (const id of new Set(names.map((name) => name.split('.')[0] ?? ''))) {
    const path = (suffix: string): string => join(partialFolder, `${id}.${suffix}`)
    const place = { folder: partialFolder, part: path('part'), record: path('json'), owner: path('owner') }
    if (await isOwned(place)) continue
    await Promise.all(cut.filter((name) => name.startsWith(`${id}.`)).map((name) => rm(join(partialFolder, name), { force: true })))
    const record = await readRecord(place)
    if (record && !(await hasItsName(place, record))) found.push(record)
    else await removePartial(place)
  }
  return found
}

/** The app died between the final name and the end of the pieces. */
async function hasItsName(place: PartialPlace, { folder, name }: DownloadRecord): Promise<boolean> {
  const [part, file] = await Promise.all([place.part, join(folder, name)].map((path) => stat(path).catch(() => null)))
  return file != null && (part == null || (part.ino === file.ino && part.dev === file.dev))
}

/** Places that this process is taking, or has. */
const ours = new Set<string>()

/** Whether somebody fetches there now. */
export const isTaken = async (place: PartialPlace): Promise<boolean> => ours.has(place.owner) || (await isOwned(place))

/** Takes the place for this process; one whose app has died is taken over. Errors: in-use (params.name), and the file system's own. */
export async function takePlace(place: PartialPlace, name: string): Promise<void> {
  if (ours.has(place.owner)) throw new AppError('in-use', { name })
  ours.add(place.owner)
  try {
    await mkdir(place.folder, { recursive: true, mode: 0o700 })
    if (await isOwned(place)) throw new AppError('in-use', { name })
    await rm(place.owner, { force: true })
    await writeOwner(place.owner)
  } catch (problem) {
    ours.delete(place.owner)
    throw problem
  }
}

async function writeOwner(path: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile((await processIdentity(process.pid)) ?? '')
  } finally {
    await file.close()
  }
}

/** Lets go of it and leaves what came for later. */
export async function leavePlace(place: PartialPlace): Promise<void> {
  await rm(place.owner, { force: true })
  ours.delete(place.owner)
}

async function isOwned(place: PartialPlace): Promise<boolean> {
  const mark = await readFile(place.owner, 'utf8').catch(() => null)
  return mark !== null && (await isRunning(mark))
}
