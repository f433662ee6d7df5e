/** What is known of an image that was fetched, kept beside it in a hidden folder. */
import { readFile, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import type { FetchedFacts } from '../../../shared/model/catalogue.ts'
import { writeJsonFile } from '../../settings/json-file.ts'

const facts = z.object({
  title: z.string(),
  entry: z.string().nullable(),
  address: z.string(),
  osId: z.string().nullable(),
  login: z.object({ user: z.string(), password: z.string() }).nullable(),
  cloudInit: z.enum(['full', 'partial', 'none']).nullable(),
  checked: z.string().nullable(),
  fetchedAt: z.string(),
}) satisfies z.ZodType<FetchedFacts>

const schema = z.object({
  /** Null for a file that somebody put there by hand. */
  facts: facts.nullable(),
  /** Disks that were made on it. */
  overlays: z.array(z.string()),
  /** Volumes that it was sent to, to be a base there; `version` is the file's then (imageVersion). */
  bases: z.array(z.object({ uri: z.string(), path: z.string(), version: z.string() })),
})

export type About = z.infer<typeof schema>

const placeOf = (image: string): string => join(dirname(image), '.about', `${basename(image)}.json`)

/** Null where nothing is known. */
export async function readAbout(image: string): Promise<About | null> {
  try {
    const parsed = schema.safeParse(JSON.parse(await readFile(placeOf(image), 'utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

export const writeAbout = (image: string, about: About): Promise<void> => writeJsonFile(placeOf(image), about)

export const removeAbout = (image: string): Promise<void> => rm(placeOf(image), { force: true })

const writing = new Map<string, Promise<unknown>>()

/** Changes when the file does. */
export async function imageVersion(image: string): Promise<string> {
  const { size, mtimeMs } = await stat(image)
  return `${size} ${mtimeMs}`
}

/** Changes what is known of an image, one change after the other. */
export async function changeAbout(image: string, change: (about: About) => About): Promise<void> {
  const next = (writing.get(image) ?? Promise.resolve()).then(async () => {
    await writeAbout(image, change((await readAbout(image)) ?? { facts: null, overlays: [], bases: [] }))
  })
  const settled = next.catch(() => undefined)
  writing.set(image, settled)
  await next
}
