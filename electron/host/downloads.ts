/** Downloads into the library as jobs. */
import type { CatalogueSettings } from '../../shared/model/catalogue.ts'
import { downloadTools, type DownloadRequest, type DownloadTools } from '../images/downloads/index.ts'
import { fetchIntoLibrary, libraryRequest, unfinishedFetches, type Wish } from '../images/library/fetch.ts'
import type { Jobs } from './jobs.ts'
import { withRetry } from './retry.ts'

export interface Downloads {
  /** For whoever fetches something else: all share the turns and the connections. */
  readonly tools: DownloadTools
  /** The id of the job; of a wish that is being fetched, of the job that there is. Errors: not-found, address-invalid, already-exists. */
  start(wish: Wish): Promise<string>
}

interface Parts {
  readonly jobs: Jobs
  readonly settings: () => CatalogueSettings
  readonly onFault: (what: string, error: unknown) => void
}

/** Goes on at once with what the app's last run left unfinished; what was paused stays so. */
export function createDownloads({ jobs, settings, onFault }: Parts): Downloads {
  const tools = downloadTools()
  /** Jobs by what they fetch: an entry, and an address, are the same by either. */
  const running = new Map<string, string>()
  const names = new Set<string>()
  const begin = (request: DownloadRequest, paused: boolean): string => {
    const keys = keysOf(request)
    const known = keys.map((key) => running.get(key)).find((job) => job !== undefined)
    if (known !== undefined) return known
    const title = { key: 'jobs:kind.download', params: { name: request.title } }
    const spec = { kind: 'download', connection: null, title, cancellable: true, pausable: true, hold: paused ? 'paused' : null } as const
    const { id, ended } = jobs.start(spec, async (job) => {
      const { path, checked } = await fetchIntoLibrary(request, job, tools).catch((problem: unknown) => Promise.reject(withRetry(problem, 'download.start', wishOf(request))))
      return { path, name: request.title, checked: checked?.algorithm ?? '' }
    })
    for (const key of keys) running.set(key, id)
    names.add(request.name)
    void ended.then(() => {
      for (const key of keys) running.delete(key)
      names.delete(request.name)
    })
    return id
  }
  const goOn = async (): Promise<void> => {
    for (const { request, paused } of await unfinishedFetches()) begin(request, paused)
  }
  /** One wish after the other, so that no two get the same name. */
  let last: Promise<unknown> = goOn().catch((error: unknown) => onFault('unfinished downloads', error))
  const start = async (wish: Wish): Promise<string> => {
    const next = last.then(async () => begin(await libraryRequest(wish, settings(), names), false))
    last = next.catch(() => undefined)
    return next
  }
  return { tools, start }
}

/** The wish that begins it again; what has checksums or addresses of its own is the entry's. */
function wishOf({ about, addresses, checksum }: DownloadRequest): Wish {
  const entry = about?.['entry']
  const own = typeof entry === 'string' && (addresses.length > 1 || checksum !== null)
  return { entry: typeof entry === 'string' ? entry : null, address: own ? null : (addresses[0] ?? null) }
}

function keysOf({ about, addresses }: DownloadRequest): string[] {
  const entry = about?.['entry']
  const [first] = addresses
  return [...(typeof entry === 'string' ? [`entry ${entry}`] : []), ...(first === undefined ? [] : [`address ${first}`])]
}
