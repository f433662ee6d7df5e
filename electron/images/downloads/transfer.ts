/** Brings the bytes of one address into a file, going on where it was broken off. https://www.rfc-editor.org/rfc/rfc9110#name-range-requests */
import { open, stat, truncate, type FileHandle } from 'node:fs/promises'
import type { Response } from 'undici'
import { AppError } from '../../../shared/model/error.ts'
import { freeSpace } from '../../system/free-space.ts'
import { httpError, refusal, type Http } from './http.ts'

/** What the address says of the file, so that pieces of two versions are never put together. */
export interface Version {
  readonly etag: string | null
  readonly lastModified: string | null
  readonly totalBytes: number | null
}

export interface TransferHooks {
  /** The version that comes, known before its first byte. */
  readonly onVersion: (version: Version) => Promise<void>
  readonly onBytes: (done: number, total: number | null) => void
}

export interface Transfer {
  readonly http: Http
  readonly address: string
  readonly part: string
  /** Where the file goes in the end: the room is looked for there. */
  readonly folder: string
  /** The version of what has come so far; null where nothing has. */
  readonly known: Version | null
  readonly signal: AbortSignal
  readonly hooks: TransferHooks
}

/** Kept free beside what comes, so that the person's desktop goes on working. */
const SPARE = 64 * 1024 * 1024

/**
 * One try. Answers the address that gave the file, redirects followed.
 * Errors: address-gone, address-refused, address-unreachable, disk-full (params.neededBytes, freeBytes), transfer-stalled,
 * transfer-broken, cancelled, permission-denied.
 */
export async function transfer(job: Transfer): Promise<{ readonly address: string; readonly sizeBytes: number }> {
  const have = await sizeOf(job.part)
  const resumed = have > 0 ? mark(job.known) : null
  const headers: Record<string, string> = resumed === null ? {} : { range: `bytes=${have}-`, 'if-range': resumed }
  const response = await job.http.get(job.address, headers, job.signal)
  try {
    const start = await startOf(response, have, job)
    if (start === 'complete') return { address: response.url, sizeBytes: have }
    if (start === 'again') {
      await truncate(job.part, 0)
      return await transfer(job)
    }
    return { address: response.url, sizeBytes: await receive(job, response, start) }
  } finally {
    await response.body?.cancel().catch(() => undefined) // has ended, or is of no use
  }
}

/** A weak mark does not promise the same bytes. */
function mark(version: Version | null): string | null {
  if (version?.etag && !version.etag.startsWith('W/')) return version.etag
  return version?.lastModified ?? null
}

/** Where the bytes of this answer belong; "again" where what is there is of no use, "complete" where nothing is missing. */
async function startOf(response: Response, have: number, job: Transfer): Promise<number | 'complete' | 'again'> {
  if (response.status === 200) return 0
  const range = response.headers.get('content-range') ?? ''
  if (response.status === 416 && have > 0) return range === `bytes */${have}` ? 'complete' : 'again'
  if (response.status !== 206 || have === 0) throw refusal(response.status, job.address)
  const [, from, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(range) ?? []
  const same = job.known?.totalBytes == null || total === '*' || Number(total) === job.known.totalBytes
  const etag = response.headers.get('etag')
  const changed = etag !== null && job.known?.etag != null && etag !== job.known.etag // a server that does not know If-Range
  return Number(from) === have && same && !changed ? have : 'again'
}

async function receive(job: Transfer, response: Response, start: number): Promise<number> {
  const length = response.headers.get('content-length')
  const total = length === null ? null : start + Number(length)
  await checkRoom(job, (total ?? 0) - start)
  await job.hooks.onVersion({ etag: response.headers.get('etag'), lastModified: response.headers.get('last-modified'), totalBytes: total })
  const file = await open(job.part, start === 0 ? 'w' : 'r+', 0o600).catch((problem: unknown) => Promise.reject(fileError(problem, job.part)))
  try {
    const done = await write(job, response, { file, start, total })
    if (total !== null && done !== total) throw new AppError('transfer-broken', { host: new URL(job.address).host })
    await file.sync()
    return done
  } finally {
    await file.close()
  }
}

interface Writing {
  readonly file: FileHandle
  readonly start: number
  readonly total: number | null
}

async function write(job: Transfer, response: Response, { file, start, total }: Writing): Promise<number> {
  let done = start
  job.hooks.onBytes(done, total)
  try {
    for await (const piece of response.body ?? []) {
      await writeAll(file, piece, done, job.part)
      done += piece.byteLength
      job.hooks.onBytes(done, total)
      if (job.signal.aborted) throw new AppError('cancelled')
    }
  } catch (problem) {
    throw httpError(problem, new URL(job.address).host, job.signal)
  }
  return done
}

/** One write may take less than it was given. */
async function writeAll(file: FileHandle, piece: Uint8Array, at: number, path: string): Promise<void> {
  for (let written = 0; written < piece.byteLength; ) {
    const { bytesWritten } = await file
      .write(piece, written, piece.byteLength - written, at + written)
      .catch((problem: unknown) => Promise.reject(fileError(problem, path)))
    written += bytesWritten
  }
}

async function checkRoom(job: Transfer, neededBytes: number): Promise<void> {
  const freeBytes = await freeSpace(job.part)
  if (freeBytes !== null && neededBytes > 0 && neededBytes + SPARE > freeBytes) throw new AppError('download-too-large', { folder: job.folder, neededBytes, freeBytes })
}

/** Errors of the file system as the app's own. */
export function fileError(problem: unknown, path: string): AppError {
  const code = problem instanceof Error && 'code' in problem ? String(problem.code) : ''
  const detail = problem instanceof Error ? problem.message : String(problem)
  return new AppError(code === 'ENOSPC' || code === 'EDQUOT' ? 'disk-full' : 'permission-denied', { path }, detail)
}

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  )
