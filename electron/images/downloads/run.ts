/** The work of a download: turns, tries, pauses, the checksum, and the final name at the end. */
import { chmod, link, rename, rm } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import type { Message } from '../../../shared/model/job.ts'
import { AppError } from '../../../shared/model/error.ts'
import { exists } from '../../system/exists.ts'
import { withoutCredentials } from './address.ts'
import { Pace } from './pace.ts'
import { removePartial, writeRecord, type DownloadRecord, type PartialPlace } from './record.ts'
import type { DownloadControl, Downloaded, DownloadRequest, DownloadTools } from './request.ts'
import { sizeOf, transfer, type Version } from './transfer.ts'
import { digestOf, findPublished } from './verify.ts'

/** Tells of progress at most this often, in milliseconds. */
const TELL = 200
/** Tries of an address that broke off, before another one is begun with from the first byte. */
const CHANCES = 2

const step = (name: string, params: Message['params'] = {}): Message => ({ key: `images:step.${name}`, params })

/** All bytes are there: the address that was asked, and the one that gave them, redirects followed. */
interface Come {
  readonly address: string
  readonly asked: string
  readonly sizeBytes: number
}

interface RunParts {
  readonly request: DownloadRequest
  readonly place: PartialPlace
  readonly record: DownloadRecord
  readonly control: DownloadControl
  readonly tools: DownloadTools
  readonly path: string
}

/** One download from its first byte to its final name. */
export class Run {
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
    this.#most = await sizeOf(place.part)
    const got = await this.#allBytes()
    control.step(step('checksum'))
    // the address that was asked for is the publisher's, the one that gave it may be anybody's
    const published = await this.#patiently(() => findPublished(tools.http, this.#record.checksum, [got.asked, got.address], control.signal), () => control.signal)
    const digest = await this.#digest(published?.algorithm ?? 'sha256', got.sizeBytes)
    if (published && digest !== published.hex) {
      throw new AppError('checksum-wrong', { algorithm: published.algorithm, name: this.#record.name }, `${published.hex}\n${digest}`)
    }
    control.log(`${published?.algorithm ?? 'sha256'} ${digest}${published ? '' : ' (the publisher gives none)'}`)
    if (control.signal.aborted) throw new AppError('cancelled')
    const downloaded: Downloaded = { path, sizeBytes: got.sizeBytes, address: got.address, checked: published, digest }
    await chmod(place.part, this.#parts.request.mode ?? 0o644).catch(() => undefined) // a file system without modes
    await this.#parts.request.before?.(downloaded)
    await moveTo(place.part, path)
    await removePartial(place)
    return downloaded
  }

  /** Waits for its turn and brings all bytes; paused it gives its turn to others. */
  async #allBytes(): Promise<Come> {
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
  async #untilComplete(): Promise<Come> {
    return this.#patiently((tries) => this.#anyAddress(tries), () => this.#stops)
  }

  async #patiently<T>(work: (tries: number) => Promise<T>, stops: () => AbortSignal): Promise<T> {
    const { control, tools } = this.#parts
    for (let failed = 0; ; ) {
      const before = this.#most
      try {
        return await work(failed)
      } catch (problem) {
        this.#stopIfCancelled()
        if (stops().aborted || !mayPass(problem)) throw problem
        failed = this.#most > before ? 0 : failed + 1
        const pause = tools.patienceMs[Math.max(0, failed - 1)]
        if (pause === undefined) throw problem
        control.log(problem instanceof AppError ? `${problem.code}: ${problem.detail ?? ''}` : String(problem))
        control.step(step('again', { seconds: Math.round(pause / 1000) }))
        await wait(pause, undefined, { signal: stops() }).catch(() => undefined)
        this.#stopIfCancelled()
        if (stops().aborted) throw problem
      }
    }
  }

  #stopIfCancelled(): void {
    if (this.#parts.control.signal.aborted) throw new AppError('cancelled')
  }

  /** The first address that has it; begun with the one that the pieces are of. The first one's refusal is told. */
  async #anyAddress(tries: number): Promise<Come> {
    const { addresses, address: last } = this.#record
    const ordered = last !== null && addresses.includes(last) ? [last, ...addresses.filter((one) => one !== last)] : addresses
    let refused: unknown = null
    for (const asked of ordered) {
      const before = this.#most
      try {
        return { ...(await this.#one(asked)), asked }
      } catch (problem) {
        // its pieces are of no use elsewhere: it is given another chance first
        const hasPieces = asked === last && before > 0 && mayPass(problem) && tries < CHANCES
        if (!isElsewhere(problem, this.#most > before) || hasPieces || this.#stops.aborted) throw problem
        this.#parts.control.log(`${withoutCredentials(asked)}: ${problem.code} ${problem.detail ?? ''}`.trim())
        refused ??= problem
      }
    }
    throw refused ?? new AppError('address-invalid', { address: '' })
  }

  async #one(address: string): Promise<{ readonly address: string; readonly sizeBytes: number }> {
    const { control, tools, place } = this.#parts
    control.step(step('fetch', { host: URL.canParse(address) ? new URL(address).host : address }))
    return transfer({
      http: tools.http,
      address,
      part: place.part,
      folder: this.#record.folder,
      known: () => (this.#record.address === address ? this.#record : null),
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
export function mayPass(problem: unknown): boolean {
  if (!(problem instanceof AppError)) return false
  if (problem.code === 'address-refused') return Number(problem.params['status']) === 429 || Number(problem.params['status']) >= 500
  return problem.code === 'transfer-broken' || problem.code === 'transfer-stalled' || problem.code === 'address-unreachable'
}

/** Another address may have it: this one says no, or leads nowhere, or nothing came of it. */
function isElsewhere(problem: unknown, cameSome: boolean): problem is AppError {
  if (!(problem instanceof AppError)) return false
  if (['address-gone', 'address-refused', 'address-unreachable', 'address-invalid'].includes(problem.code)) return true
  return !cameSome && (problem.code === 'transfer-stalled' || problem.code === 'transfer-broken')
}

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
