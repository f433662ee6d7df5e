/** Fetching into the library. */
import { extname, basename, join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../../shared/model/error.ts'
import { catalogueEntry } from '../catalogue/search.ts'
import { download, fetchable, isTaken, nameFromAddress, partialPlace, unfinished, type DownloadControl, type Downloaded, type DownloadRecord, type DownloadRequest, type DownloadTools } from '../downloads/index.ts'
import type { CatalogueSettings, FetchedFacts } from '../../../shared/model/catalogue.ts'
import { exists } from '../../system/exists.ts'
import { libraryFolder } from '../../system/paths.ts'
import { writeAbout } from './about.ts'
import { partialFolder } from './files.ts'

export interface Wish {
  /** Id of the catalogue, or null. */
  readonly entry: string | null
  /** In place of the entry's own addresses, or of an entry. */
  readonly address: string | null
}

/** What is remembered with an unfinished download of the library. */
const aboutSchema = z.object({
  entry: z.string().nullable(),
  osId: z.string().nullable(),
  login: z.object({ user: z.string(), password: z.string() }).nullable(),
  cloudInit: z.enum(['full', 'partial', 'none']).nullable(),
})

/** What to fetch for a wish; `given` are names that others have by now. Errors: not-found (params.entry), address-invalid, already-exists (params.path) where the library has it. */
export async function libraryRequest(wish: Wish, settings: CatalogueSettings, given: ReadonlySet<string> = new Set()): Promise<DownloadRequest> {
  const entry = wish.entry === null ? null : await catalogueEntry(settings, wish.entry)
  if (wish.entry !== null && !entry) throw new AppError('not-found', { entry: wish.entry })
  if (entry?.fetched) throw new AppError('already-exists', { path: entry.fetched })
  if (wish.address !== null) fetchable(wish.address)
  const addresses = wish.address !== null ? [wish.address] : (entry?.addresses ?? [])
  const [first] = addresses
  if (first === undefined) throw new AppError('address-invalid', { address: '' })
  const { osId = null, login = null, cloudInit = null } = entry ?? {}
  return {
    addresses,
    folder: libraryFolder(),
    name: await freeName(nameFromAddress(first), wish.entry, given),
    title: entry ? [entry.name, entry.variant].filter(Boolean).join(' ') : nameFromAddress(first),
    // another address may have another version
    checksum: wish.address === null ? (entry?.checksum ?? null) : null,
    partialFolder: partialFolder(),
    about: { entry: wish.entry, osId, login, cloudInit },
  }
}

/** An image of the same name that is another one stays, also one that is just being fetched; an unfinished download keeps the name that it has. */
async function freeName(wanted: string, entry: string | null, given: ReadonlySet<string>): Promise<string> {
  const begun = (await unfinished(partialFolder())).find((record) => record.about['entry'] === entry && entry !== null)
  if (begun) return begun.name
  const extension = extname(wanted)
  for (let count = 1; ; count++) {
    const name = `${basename(wanted, extension)}${count === 1 ? '' : `-${count}`}${extension}`
    const taken = given.has(name) || (await exists(join(libraryFolder(), name))) || (await isTaken(partialPlace(partialFolder(), libraryFolder(), name)))
    if (!taken) return name
  }
}

/** Fetches it; what is known of it is there before the image is. Errors: those of a download. */
export async function fetchIntoLibrary(request: DownloadRequest, control: DownloadControl, tools: DownloadTools): Promise<Downloaded> {
  const about = aboutSchema.parse(request.about)
  const before = async ({ path, address, checked }: Downloaded): Promise<void> => {
    const facts: FetchedFacts = { title: request.title, ...about, address, checked: checked?.algorithm ?? null, fetchedAt: new Date().toISOString() }
    await writeAbout(path, { facts, overlays: [], bases: [] })
  }
  // disks stand on it: nobody writes into it by mistake
  return download({ ...request, mode: 0o444, before }, control, tools)
}

/** Downloads of the library that the app's last run left unfinished. */
export async function unfinishedFetches(): Promise<{ readonly request: DownloadRequest; readonly paused: boolean }[]> {
  const records = await unfinished(partialFolder())
  return records.filter((record) => aboutSchema.safeParse(record.about).success).map((record) => ({ request: requestOf(record), paused: record.paused }))
}

function requestOf({ addresses, folder, name, title, checksum, about }: DownloadRecord): DownloadRequest {
  return { addresses, folder, name, title, checksum, about, partialFolder: partialFolder() }
}
