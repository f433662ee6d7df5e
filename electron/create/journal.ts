/**
 * What a creation would leave if the app died now: one file each in the app's state folder, written before a step begins and
 * removed when the creation has ended, so that the next start can tell of it. It holds only what may be taken back later
 * too: a machine that is defined, and a network that was started, are by then the person's.
 */
import { randomUUID } from 'node:crypto'
import { readdir, rm, rmdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Job, Message } from '../../shared/model/job.ts'
import type { Target } from '../libvirt/target.ts'
import { readJsonFile, writeJsonFile } from '../settings/json-file.ts'
import { stateFolder } from '../system/paths.ts'
import { isRunning, processIdentity } from '../system/process-identity.ts'
import type { Taken } from './take-back.ts'

const words = z.array(z.string()).readonly()
const poolVerbs: readonly string[] = ['pool-refresh', 'pool-destroy']

/** Documents and what a first start is told, which may hold secrets, are none of these. */
const undoSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('virsh'), args: words.refine(([verb = '']) => poolVerbs.includes(verb)) }),
  z.strictObject({ kind: z.literal('remove-file'), path: z.string() }),
  z.strictObject({ kind: z.literal('remove-folders'), paths: words }),
  z.strictObject({ kind: z.literal('remove-root-folders'), paths: words }),
  z.strictObject({ kind: z.literal('end-pool'), args: words, option: z.string() }),
  z.strictObject({ kind: z.literal('delete-volume'), args: words, path: z.string() }),
])

const schema = z.strictObject({
  version: z.literal(1),
  /** Whose process works on it, or told of it last. */
  owner: z.string(),
  uri: z.string(),
  connection: z.string(),
  kind: z.enum(['create-machine', 'copy']),
  title: z.strictObject({ key: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }),
  /** UUID of the machine that is made. */
  machine: z.guid().nullable(),
  startedAt: z.iso.datetime(),
  /** When the creation was found broken off: what came into being later is not its work. */
  foundAt: z.iso.datetime().nullable(),
  /** Newest first. */
  made: z.array(z.strictObject({ undo: undoSchema, pool: z.string().nullable() })).readonly(),
})

/** What a job says of the work. */
export interface Purpose {
  readonly kind: Extract<Job['kind'], z.infer<typeof schema>['kind']>
  readonly title: Message
}

/** A creation that was broken off. */
export interface BrokenOff extends Omit<z.infer<typeof schema>, 'version' | 'owner'> {
  readonly id: string
  readonly foundAt: string
}

export interface Journal {
  /** What there may be from now on, newest first. That it cannot be written stops no creation. */
  note(made: readonly Taken[]): Promise<void>
  end(): Promise<void>
}

const journalsFolder = (): string => join(stateFolder(), 'creations')
const journalPath = (id: string): string => join(journalsFolder(), `${id}.json`)
const ownIdentity = async (): Promise<string> => (await processIdentity(process.pid)) ?? ''

export function journalOf({ uri, connection }: Target, about: Purpose & { readonly machine: string | null }): Journal {
  const id = randomUUID()
  const startedAt = new Date().toISOString()
  return {
    note: async (made) => {
      const keep = made.filter(({ undo }) => undoSchema.safeParse(undo).success)
      const record = { version: 1, owner: await ownIdentity(), uri, connection, ...about, startedAt, foundAt: null, made: keep }
      await writeJsonFile(journalPath(id), record).catch(() => undefined)
    },
    end: () => forgetJournal(id),
  }
}

/** Of creations whose app died. They are this app's from now on: no other window tells of them. */
export async function takeOverJournals(): Promise<readonly BrokenOff[]> {
  const found: BrokenOff[] = []
  const names = await readdir(journalsFolder()).catch((): string[] => [])
  for (const name of names) {
    const [, id, rest] = /^([0-9a-f-]{36})\.json(\..*)?$/.exec(name) ?? []
    if (id === undefined) continue
    if (rest === undefined) found.push(...(await takeOver(id)))
    // written half when its app died
    else if (await isOld(join(journalsFolder(), name))) await rm(join(journalsFolder(), name), { force: true })
  }
  return found
}

async function takeOver(id: string): Promise<BrokenOff[]> {
  const { value } = await readJsonFile(journalPath(id), schema)
  if (value === null || (await isRunning(value.owner))) return []
  const foundAt = value.foundAt ?? new Date().toISOString()
  await writeJsonFile(journalPath(id), { ...value, owner: await ownIdentity(), foundAt }).catch(() => undefined)
  const { uri, connection, kind, title, machine, startedAt, made } = value
  return [{ id, uri, connection, kind, title, machine, startedAt, foundAt, made }]
}

export async function forgetJournal(id: string): Promise<void> {
  await rm(journalPath(id), { force: true }).catch(() => undefined)
  await rmdir(journalsFolder()).catch(() => undefined) // where it was the only one
}

const A_MINUTE_MS = 60_000

async function isOld(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => null)
  return facts !== null && Date.now() - facts.mtimeMs > A_MINUTE_MS
}
