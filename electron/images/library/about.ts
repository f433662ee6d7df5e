/** What is known of an image that was fetched, kept beside it in a hidden folder. */
import { readFile, rm } from 'node:fs/promises'
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

/** `digest` tells two versions of an image apart that have the same name. */
const schema = z.object({
  facts,
  digest: z.string(),
  /** Disks that were made on it, and bases that it was sent to as a volume. */
  overlays: z.array(z.string()).default([]),
  bases: z.array(z.object({ uri: z.string(), path: z.string() })).default([]),
})

export type About = z.infer<typeof schema>

const placeOf = (image: string): string => join(dirname(image), '.about', `${basename(image)}.json`)

/** Null for a file that somebody put there by hand. */
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

/** Changes what is known of an image, one change after the other; of one that nothing is known of nothing is kept. */
export async function changeAbout(image: string, change: (about: About) => About): Promise<void> {
  const next = (writing.get(image) ?? Promise.resolve()).then(async () => {
    const about = await readAbout(image)
    if (about) await writeAbout(image, change(about))
  })
  const settled = next.catch(() => undefined)
  writing.set(image, settled)
  await next
}
