/**
 * What an address has as a volume of a pool: fetched into a folder of its own first, then put in like any file. A fetch that
 * the app's end or death broke off is known by a document in that folder, and goes on when the app asks for it again.
 */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, rmdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../shared/model/error.ts'
import type { Pool } from '../../shared/model/storage.ts'
import { download, fetchable, mayPass, unfinished, type DownloadControl, type DownloadTools } from '../images/downloads/index.ts'
import { usedVolumes } from '../images/volume-uses.ts'
import type { Target } from '../libvirt/target.ts'
import { volumeDelete } from '../libvirt/volume/index.ts'
import { writeJsonFile } from '../settings/json-file.ts'
import { exists } from '../system/exists.ts'
import { cacheFolder } from '../system/paths.ts'
import { LEAVING } from '../system/pause.ts'
import { isRunning, processIdentity } from '../system/process-identity.ts'
import { addVolume, refuseVolume, type VolumeWish } from './new-volume.ts'
import type { CreationControl } from './run-steps.ts'

const schema = z.object({
  version: z.literal(1),
  /** Whose process works on it. */
  owner: z.string(),
  connection: z.string(),
  pool: z.string(),
  source: z.string(),
  name: z.string(),
  /** It was all there, its name in the pool was free, and it was put there. */
  putting: z.boolean().default(false),
})

/** A fetch that nobody works on any more. */
export interface UnfinishedFetch {
  readonly connection: string
  /** UUID of the pool. */
  readonly pool: string
  readonly wish: VolumeWish
  readonly paused: boolean
}

const fetchesFolder = (): string => join(cacheFolder(), 'fetches')

interface Place {
  readonly folder: string
  readonly record: string
  readonly file: string
  readonly partial: string
}

/** The same volume of the same pool always has the same folder. */
function placeOf(connection: string, pool: string, name: string): Place {
  const id = createHash('sha256').update(JSON.stringify([connection, pool, name])).digest('hex').slice(0, 16)
  const folder = join(fetchesFolder(), id)
  return { folder, record: join(folder, 'fetch.json'), file: join(folder, 'file'), partial: join(folder, 'partial') }
}

/** Folders that this process works in. */
const ours = new Set<string>()

/**
 * Cancelled or failed it leaves nothing; broken off by the network, or the app's end, it keeps what came.
 * Errors: invalid-input (params.finding) where it is being fetched, those of a download and of addVolume.
 */
export async function fetchVolume(target: Target, pool: Pool, wish: VolumeWish, control: CreationControl & DownloadControl, tools: DownloadTools): Promise<{ readonly path: string }> {
  const address = fetchable(wish.source).href
  const place = placeOf(target.connection, pool.uuid, wish.name)
  if (ours.has(place.folder)) throw isFetched(pool, wish)
  ours.add(place.folder)
  let kept = false
  try {
    const known = await readRecord(place.record)
    if (known && known.owner !== (await ownIdentity()) && (await isRunning(known.owner))) {
      kept = true // another app's
      throw isFetched(pool, wish)
    }
    return await fetchInto(place, { target, pool, wish: { ...wish, source: address }, putBefore: known?.putting ?? false }, control, tools)
  } catch (problem) {
    kept ||= control.signal.aborted ? control.signal.reason === LEAVING : mayPass(problem)
    throw problem
  } finally {
    ours.delete(place.folder)
    if (!kept) await removeFetch(place.folder)
  }
}

const isFetched = (pool: Pool, { name }: VolumeWish): AppError => new AppError('invalid-input', { field: 'name', finding: 'volume-name-taken', name, pool: pool.name })

const ownIdentity = async (): Promise<string> => (await processIdentity(process.pid)) ?? ''

interface Fetch {
  readonly target: Target
  readonly pool: Pool
  readonly wish: VolumeWish
  /** An app that died had begun to put it into the pool. */
  readonly putBefore: boolean
}

async function fetchInto(place: Place, { target, pool, wish, putBefore }: Fetch, control: CreationControl & DownloadControl, tools: DownloadTools): Promise<{ readonly path: string }> {
  const { source, name } = wish
  await mkdir(place.file, { recursive: true, mode: 0o700 })
  const owner = await ownIdentity()
  const note = (putting: boolean): Promise<void> => writeJsonFile(place.record, { version: 1, owner, connection: target.connection, pool: pool.uuid, source, name, putting })
  await note(putBefore)
  const whole = join(place.file, name)
  // it may have been whole already when the app died
  if (!(await exists(whole))) {
    await download({ addresses: [source], folder: place.file, name, title: name, checksum: null, partialFolder: place.partial }, control, tools)
  }
  const there = putBefore ? await clearName(target, pool, name) : null
  if (there !== null) return { path: there }
  const local = { source: whole, name }
  await refuseVolume(target, pool, local)
  await note(true)
  return addVolume(target, pool, local, control)
}

/**
 * What an app that died put into the pool is taken away, for nobody knows whether it is whole; the path of one that
 * somebody uses by now, which stays.
 */
async function clearName(target: Target, pool: Pool, name: string): Promise<string | null> {
  const volume = (await usedVolumes(target, pool.uuid, true)).find((one) => one.name === name)
  if (!volume) return null
  if (volume.usedBy.length > 0 || volume.baseOf.length > 0) return volume.path
  await volumeDelete(target, volume.path)
  return null
}

/** What the app's last run left unfinished, of all connections. */
export async function unfinishedVolumeFetches(): Promise<readonly UnfinishedFetch[]> {
  const found: UnfinishedFetch[] = []
  for (const id of await readdir(fetchesFolder()).catch(() => [])) {
    const folder = join(fetchesFolder(), id)
    const record = await readRecord(join(folder, 'fetch.json'))
    if (record && (await isRunning(record.owner))) continue
    if (record) found.push(await asUnfinished(record, join(folder, 'partial')))
    // nobody knows what it is, and nobody is just beginning with it
    else if (await isOld(folder)) await rm(folder, { recursive: true, force: true })
  }
  return found
}

const A_MINUTE_MS = 60_000

async function isOld(folder: string): Promise<boolean> {
  const facts = await stat(folder).catch(() => null)
  return facts !== null && Date.now() - facts.mtimeMs > A_MINUTE_MS
}

async function asUnfinished({ connection, pool, source, name }: z.infer<typeof schema>, partial: string): Promise<UnfinishedFetch> {
  const [begun] = await unfinished(partial)
  return { connection, pool, wish: { source, name }, paused: begun?.paused ?? false }
}

/** Throws away what is kept of a fetch that cannot go on: its pool is gone. */
export async function forgetFetch({ connection, pool, wish }: UnfinishedFetch): Promise<void> {
  await removeFetch(placeOf(connection, pool, wish.name).folder)
}

async function removeFetch(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await rmdir(fetchesFolder()).catch(() => undefined) // where it was the only one
}

async function readRecord(path: string): Promise<z.infer<typeof schema> | null> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return null
  }
}
