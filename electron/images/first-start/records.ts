/**
 * Which seeds there are: one small file each in the app's state folder, written before the seed and removed after it, so
 * that what an app left that was closed or killed is found at the next start. It holds no word of the seed.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { stateFolder } from '../../system/paths.ts'
import { isRunning, processIdentity } from '../../system/process-identity.ts'

const recordSchema = z.strictObject({
  /** UUID of the machine that starts with it. */
  machine: z.guid(),
  uri: z.string(),
  /** The pool that the seed is a volume of, or null for a file of this user's. */
  pool: z.string().nullable(),
  /** The seed, absolute. */
  path: z.string(),
  /** The app that made it, as processIdentity knows it. */
  owner: z.string(),
})

export type SeedRecord = Readonly<z.infer<typeof recordSchema>>

/** Private: what is made for a seed lies here while it is made, and in a session the seed itself. */
export const seedFolder = (): string => join(stateFolder(), 'first-start')
/** The seed as this app makes it; for a pool it is sent there and removed at once. */
export const localSeed = (machine: string): string => join(seedFolder(), `${machine}.iso`)
/** Holds the documents while the seed is made. */
export const documentsFolder = (machine: string): string => join(seedFolder(), `${machine}.d`)
const recordPath = (machine: string): string => join(seedFolder(), `${machine}.json`)

/** The seed's name where others have theirs. */
export const seedName = (machine: string): string => `first-start-${machine}.iso`

export async function makeSeedFolder(): Promise<void> {
  await mkdir(seedFolder(), { recursive: true, mode: 0o700 })
}

export async function writeRecord(seed: Omit<SeedRecord, 'owner'>): Promise<void> {
  await makeSeedFolder()
  const record: SeedRecord = { ...seed, owner: (await processIdentity(process.pid)) ?? '' }
  await writeFile(recordPath(seed.machine), JSON.stringify(record), { mode: 0o600 })
}

export async function removeRecord(machine: string): Promise<void> {
  await rm(recordPath(machine), { force: true })
}

/** Null where there is none. */
export async function readRecord(machine: string): Promise<SeedRecord | null> {
  const text = await readFile(recordPath(machine), 'utf8').catch(() => null)
  if (text === null) return null
  try {
    const record = recordSchema.parse(JSON.parse(text))
    return record.machine === machine && isOurs(record) ? record : null
  } catch {
    return null // a file that a full disk cut short
  }
}

/** Nothing else is ever removed, whatever such a file says. */
const isOurs = ({ machine, path }: SeedRecord): boolean => path === localSeed(machine) || path.endsWith(`/${seedName(machine)}`)

/** Seeds whose app is gone. */
export async function orphanRecords(): Promise<SeedRecord[]> {
  const names = await readdir(seedFolder()).catch((): string[] => [])
  const machines = names.flatMap((name) => /^([0-9a-f-]{36})\.json$/.exec(name)?.[1] ?? [])
  const records = await Promise.all(machines.map(readRecord))
  const orphans = await Promise.all(records.map(async (record) => (record && !(await isRunning(record.owner)) ? [record] : [])))
  return orphans.flat()
}
