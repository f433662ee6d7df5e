/**
 * Fetches a file: into a hidden folder with what is needed to go on after a break or a restart, checked, and under its
 * final name only when all of it is there.
 */
import { chmod, link, mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { JobHold, Message } from '../../../shared/model/job.ts'
import { AppError } from '../../../shared/model/error.ts'
import { LEAVING, type Pause } from '../../system/pause.ts'
import type { Checksum } from './checksum-file.ts'
import { Http } from './http.ts'
import { Pace } from './pace.ts'
import { leavePlace, partialPlace, readRecord, removePartial, takePlace, writeRecord, type DownloadRecord, type PartialPlace } from './record.ts'
import { Slots } from './slots.ts'
import { fileError, transfer, type Version } from './transfer.ts'
import { digestOf, findPublished } from './verify.ts'

export interface DownloadRequest {
  /** Tried in this order. */
  readonly addresses: readonly string[]
  /** Where it goes, absolute; made where it is missing. */
  readonly folder: string
  /** Its name there. */
  readonly name: string
  /** What the person knows it as. */
  readonly title: string
  /** `sha256:HEX`, the address of a file of checksums, or null: one beside the file is looked for. */
  readonly checksum: string | null
  /** Where unfinished downloads lie: on the same file system as the folder. */
  readonly partialFolder: string
  /** Kept with an unfinished one, for whoever goes on with it. */
  readonly about?: Readonly<Record<string, unknown>>
  /** Mode of the file; 0644 where not given. */
  readonly mode?: number
  /** Done when all is there and right, before the file gets its name. */
  readonly before?: (got: Downloaded) => Promise<void>
}

export interface Downloaded {
  readonly path: string
  readonly sizeBytes: number
  /** Where it came from in the end, redirects followed. */
  readonly address: string
  /** What it was compared with; null where the publisher gives nothing. */
  readonly checked: Checksum | null
  /** Of the file as it is: the same as `checked`, else its SHA-256. */
  readonly digest: string
}

/** How a download tells where it is and is told to stop; a job of the host fits. */
export interface DownloadControl {
  /** Aborted with the reason LEAVING it keeps what came, for the app's next start; else everything goes. */
  readonly signal: AbortSignal
  readonly pause: Pause
  progress(done: number, total: number, unit: 'bytes', perSecond?: number | null): void
  hold(state: JobHold | null): void
  step(message: Message): void
  log(line: string): void
}

export interface DownloadTools {
  readonly http: Http
  readonly slots: Slots
  /** Waits between tries, in milliseconds; when all have passed without a new byte, it is over. */
  readonly patienceMs: readonly number[]
}

export const downloadTools = (): DownloadTools => ({ http: new Http(), slots: new Slots(2), patienceMs: [1_000, 2_000, 4_000, 8_000, 15_000] })

/** Tells of progress at most this often, in milliseconds. */
const TELL = 200

const step = (name: string, params: Message['params'] = {}): Message => ({ key: `images:step.${name}`, params })

/**
 * Errors: already-exists (params.path), in-use, address-invalid, address-gone (params.address, folder), address-refused,
 * address-unreachable, transfer-stalled, transfer-broken, checksum-wrong, download-too-large, disk-full,
 * permission-denied, cancelled. After a break that lasted too long what came is kept, and asking again goes on with it.
 */
export async function download(request: DownloadRequest, control: DownloadControl, tools: DownloadTools): Promise<Downloaded> {
  const path = join(request.folder, request.name)
  await mkdir(request.folder, { recursive: true }).catch((problem: unknown) => Promise.reject(fileError(problem, request.folder)))
  if (await exists(path)) throw new AppError('already-exists', { path })
  const place = partialPlace(request.partialFolder, request.folder, request.name)
  await takePlace(place, request.name)
  try {
    const record = await startRecord(place, request)
    const run = new Run({ request, place, record, control, tools, path })
    return await run.toTheEnd()
  } catch (problem) {
    if (!keepsPieces(problem, control.signal)) await removePartial(place)
    throw problem
  } finally {
    await leavePlace(place)
  }
}

/** What somebody may go on with: the app left, or the network did. */
function keepsPieces(problem: unknown, signal: AbortSignal): boolean {
  if (signal.aborted) return signal.reason === LEAVING
  const code = problem instanceof AppError ? problem.code : ''
  return code === 'transfer-broken' || code === 'transfer-stalled' || code === 'address-unreachable'
}

/** What came in an earlier run is gone on with, also where the addresses are others now. */
async function startRecord(place: PartialPlace, request: DownloadRequest): Promise<DownloadRecord> {
  const known = await readRecord(place)
  const { addresses, folder, name, title, checksum, about = {} } = request
  const version = known ?? { address: null, etag: null, lastModified: null, totalBytes: null }
  const record: DownloadRecord = {
    ...{ version: 1, addresses: [...addresses], folder, name, title, checksum, about: { ...about } },
    ...{ address: version.address, etag: version.etag, lastModified: version.lastModified, totalBytes: version.totalBytes, paused: false },
  }
  await writeRecord(place, record)
  return record
}

interface RunParts {
  readonly request: DownloadRequest
  readonly place: PartialPlace
  readonly record: DownloadRecord
  readonly control: DownloadControl
  readonly tools: DownloadTools
  readonly path: string
}

class Run {
  readonly #parts: RunParts
  #record: DownloadRecord
  readonly #pace = new Pace()
  #told = 0
  /** The most that ever was there: only more than that is progress. */
  #most = 0
  /** Of the going on since the last pause. */
  #paused: AbortSignal

  constructor(parts: RunParts) {
    this.#parts = parts
    this.#record = parts.record
    this.#paused = parts.control.pause.signal
  }

  get #stops(): AbortSignal {
    return AbortSignal.any([this.#parts.control.signal, this.#paused])
  }

  async toTheEnd(): Promise<Downloaded> {
    const { control, tools, place, path } = this.#parts
    const got = await this.#allBytes()
    control.step(step('checksum'))
    const published = await findPublished(tools.http, this.#record.checksum, [got.address, got.asked], control.signal)
    const digest = await this.#digest(published?.algorithm ?? 'sha256', got.sizeBytes)
    if (published && digest !== published.hex) {
      throw new AppError('checksum-wrong', { algorithm: published.algorithm, name: this.#record.name }, `${published.hex}\n${digest}`)
    }
    control.log(`${published?.algorithm ?? 'sha256'} ${digest}${published ? '' : ' (the publisher gives none)'}`)
    if (control.signal.aborted) throw new AppError('cancelled')
    const downloaded: Downloaded = { path, sizeBytes: got.sizeBytes, address: got.address, checked: published, digest }
    await chmod(place.part, this.#parts.request.mode ?? 0o644)
    await this.#parts.request.before?.(downloaded)
    await moveTo(place.part, path)
    await removePartial(place)
    return downloaded
  }

  /** Waits for its turn and brings all bytes; paused it gives its turn to others. */
  async #allBytes(): Promise<{ readonly address: string; readonly asked: string; readonly sizeBytes: number }> {
    const { control, tools } = this.#parts
    for (;;) {
      this.#paused = control.pause.signal
      if (tools.slots.full) control.hold('waiting')
      let give = (): void => undefined
      try {
        give = await tools.slots.take(this.#stops)
        control.hold(null)
        return await this.#untilComplete()
      } catch (problem) {
        if (!this.#paused.aborted || control.signal.aborted) throw problem
      } finally {
        give()
      }
      await this.#stand()
    }
  }

  /** Stands still until the person goes on; remembered beyond the app's end. */
  async #stand(): Promise<void> {
    const { control } = this.#parts
    await this.#note({ paused: true })
    control.hold('paused')
    await control.pause.whenResumed(control.signal)
    await this.#note({ paused: false })
  }

  /** Tries until every byte is there; what brings no new byte for too long is over. */
  async #untilComplete(): Promise<{ readonly address: string; readonly asked: string; readonly sizeBytes: number }> {
    const { control, tools } = this.#parts
    for (let failed = 0; ; ) {
      const before = this.#most
      try {
        return await this.#anyAddress()
      } catch (problem) {
        this.#stopIfCancelled()
        if (this.#paused.aborted || !mayPass(problem)) throw problem
        failed = this.#most > before ? 0 : failed + 1
        const pause = tools.patienceMs[Math.max(0, failed - 1)]
        if (pause === undefined) throw problem
        const again = step('again', { seconds: Math.round(pause / 1000) })
        control.log(problem instanceof AppError ? `${problem.code}: ${problem.detail ?? ''}` : String(problem))
        control.step(again)
        await wait(pause, undefined, { signal: this.#stops }).catch(() => undefined)
        this.#stopIfCancelled()
        if (this.#paused.aborted) throw problem
      }
    }
  }

  #stopIfCancelled(): void {
    if (this.#parts.control.signal.aborted) throw new AppError('cancelled')
  }

  /** The first address that has it; begun with the one that the pieces are of. The first one's refusal is told. */
  async #anyAddress(): Promise<{ readonly address: string; readonly asked: string; readonly sizeBytes: number }> {
    const { addresses, address: last } = this.#record
    const ordered = last !== null && addresses.includes(last) ? [last, ...addresses.filter((one) => one !== last)] : addresses
    let refused: unknown = null
    for (const asked of ordered) {
      try {
        return { ...(await this.#one(asked)), asked }
      } catch (problem) {
        if (!isElsewhere(problem)) throw problem
        this.#parts.control.log(`${asked}: ${problem.code} ${problem.detail ?? ''}`.trim())
        refused ??= problem
      }
    }
    throw refused ?? new AppError('address-invalid', { address: '' })
  }

  async #one(address: string): Promise<{ readonly address: string; readonly sizeBytes: number }> {
    const { control, tools, place } = this.#parts
    const { etag, lastModified, totalBytes } = this.#record
    control.step(step('fetch', { host: URL.canParse(address) ? new URL(address).host : address }))
    return transfer({
      http: tools.http,
      address,
      part: place.part,
      folder: this.#record.folder,
      known: this.#record.address === address ? { etag, lastModified, totalBytes } : null,
      signal: this.#stops,
      hooks: {
        onVersion: (version: Version) => this.#note({ address, ...version }),
        onBytes: (done, total) => this.#tell(done, total),
      },
    })
  }

  #tell(done: number, total: number | null): void {
    this.#most = Math.max(this.#most, done)
    const now = performance.now()
    if (now - this.#told < TELL && done !== total) return
    this.#told = now
    this.#parts.control.progress(done, total ?? 0, 'bytes', this.#pace.note(done, now))
  }

  async #note(change: Partial<DownloadRecord>): Promise<void> {
    this.#record = { ...this.#record, ...change }
    await writeRecord(this.#parts.place, this.#record)
  }

  async #digest(algorithm: string, total: number): Promise<string> {
    const { control, place } = this.#parts
    control.step(step('check', { algorithm }))
    let told = 0
    return digestOf(place.part, algorithm, control.signal, (done) => {
      if (performance.now() - told < TELL) return
      told = performance.now()
      control.progress(done, total, 'bytes')
    })
  }
}

/** A break of the network, or a server that is too busy now. */
function mayPass(problem: unknown): boolean {
  if (!(problem instanceof AppError)) return false
  if (problem.code === 'address-refused') return Number(problem.params['status']) === 429 || Number(problem.params['status']) >= 500
  return problem.code === 'transfer-broken' || problem.code === 'transfer-stalled' || problem.code === 'address-unreachable'
}

/** Another address may have it. */
const isElsewhere = (problem: unknown): problem is AppError =>
  problem instanceof AppError && ['address-gone', 'address-refused', 'address-unreachable'].includes(problem.code)

/** Never over a file that came meanwhile. Errors: already-exists. */
async function moveTo(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
    await rm(from)
  } catch (problem) {
    const code = problem instanceof Error && 'code' in problem ? String(problem.code) : ''
    if (code === 'EEXIST' || (await exists(to))) throw new AppError('already-exists', { path: to })
    await rename(from, to) // a file system without hard links
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
