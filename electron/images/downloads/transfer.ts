/** Brings the bytes of one address into a file, going on where it was broken off. https://www.rfc-editor.org/rfc/rfc9110#name-range-requests */
import { open, rm, stat, type FileHandle } from 'node:fs/promises'
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
  /** The version of what has come so far; null where nothing has of this address. */
  readonly known: () => Version | null
  readonly signal: AbortSignal
  readonly hooks: TransferHooks
}

/** Kept free beside what comes, so that the person's desktop goes on working. */
const SPARE = 64 * 1024 * 1024

/**
 * One try: as many answers as the server takes for it. Answers the address that gave the file, redirects followed.
 * Errors: address-gone, address-refused, address-unreachable, disk-full (params.neededBytes, freeBytes), transfer-stalled,
 * transfer-broken, cancelled, permission-denied.
 */
export async function transfer(job: Transfer): Promise<{ readonly address: string; readonly sizeBytes: number }> {
  for (;;) {
    const have = await sizeOf(job.part)
    const got = await oneAnswer(job, have)
    if (got !== 'more' && got !== 'again') return got
    if (got === 'again') await rm(job.part, { force: true })
    else if ((await sizeOf(job.part)) <= have) throw new AppError('transfer-broken', { host: new URL(job.address).host })
  }
}

/** "more" where the server gave a part of what was asked for, "again" where what is there is of no use. */
async function oneAnswer(job: Transfer, have: number): Promise<{ readonly address: string; readonly sizeBytes: number } | 'more' | 'again'> {
  const resumed = have > 0 ? mark(job.known()) : null
  const headers: Record<string, string> = resumed === null ? {} : { range: `bytes=${have}-`, 'if-range': resumed }
  const response = await job.http.get(job.address, headers, job.signal)
  try {
    const start = startOf(response, resumed === null ? 0 : have, job)
    if (start === 'again') return start
    if (start === 'complete') return { address: response.url, sizeBytes: have }
    const sizeBytes = await receive(job, response, start)
    return sizeBytes === 'more' ? sizeBytes : { address: response.url, sizeBytes }
  } finally {
    await response.body?.cancel().catch(() => undefined) // has ended, or is of no use
  }
}

/** A weak mark does not promise the same bytes. */
function mark(version: Version | null): string | null {
  if (version?.etag && !version.etag.startsWith('W/')) return version.etag
  return version?.lastModified ?? null
}

/** Where the bytes of this answer belong, where those from `asked` on were asked for; "complete" where nothing is missing. */
function startOf(response: Response, asked: number, job: Transfer): number | 'complete' | 'again' {
  if (response.status === 200) return 0
  if (asked === 0 || (response.status !== 206 && response.status !== 416)) throw refusal(response.status, job.address)
  const known = job.known()
  if (isCoded(response) || hasChanged(response, known)) return 'again'
  const range = response.headers.get('content-range') ?? ''
  if (response.status === 416) return range === `bytes */${asked}` ? 'complete' : 'again'
  const [, from, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(range) ?? []
  const same = known?.totalBytes == null || total === '*' || Number(total) === known.totalBytes
  return Number(from) === asked && same ? asked : 'again'
}

/** Asked a server that does not know If-Range. */
function hasChanged({ headers }: Response, known: Version | null): boolean {
  const differs = (now: string | null, then: string | null | undefined): boolean => now !== null && then != null && now !== then
  return differs(headers.get('etag'), known?.etag) || differs(headers.get('last-modified'), known?.lastModified)
}

/** Compressed on its way, though nobody asked for it: neither its length nor its ranges are the file's. */
const isCoded = ({ headers }: Response): boolean => !['', 'identity'].includes(headers.get('content-encoding')?.toLowerCase() ?? '')

function versionOf(response: Response, start: number): Version {
  const { headers } = response
  if (isCoded(response)) return { etag: null, lastModified: null, totalBytes: null }
  // a server may give less at a time than all that is missing
  const whole = response.status === 206 ? /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1] : undefined
  const length = headers.get('content-length')
  const totalBytes = whole !== undefined ? Number(whole) : length === null ? null : start + Number(length)
  return { etag: headers.get('etag'), lastModified: headers.get('last-modified'), totalBytes }
}

/** Bytes that are there, or "more" where the server gave all that it said and it is not all of the file. */
async function receive(job: Transfer, response: Response, start: number): Promise<number | 'more'> {
  const version = versionOf(response, start)
  const total = version.totalBytes
  await checkRoom(job, (total ?? 0) - start)
  await job.hooks.onVersion(version)
  // it is made anew, for the mode of one that was complete once may allow no writing
  if (start === 0) await rm(job.part, { force: true })
  const file = await open(job.part, start === 0 ? 'wx' : 'r+', 0o600)
  try {
    const done = await write(job, response, { file, start, total })
    await file.sync()
    if (total === null || done === total) return done
    if (response.status === 206 && done < total) return 'more'
    throw new AppError('transfer-broken', { host: new URL(job.address).host })
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
  if (problem instanceof AppError) return problem
  const code = problem instanceof Error && 'code' in problem ? String(problem.code) : ''
  const detail = problem instanceof Error ? problem.message : String(problem)
  return new AppError(code === 'ENOSPC' || code === 'EDQUOT' ? 'disk-full' : 'permission-denied', { path }, detail)
}

/** Bytes that are there; 0 where nothing is. */
export const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  )
