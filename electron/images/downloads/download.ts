/**
 * Fetches a file: into a hidden folder with what is needed to go on after a break or a restart, checked, and under its
 * final name only when all of it is there.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../shared/model/error.ts'
import { exists } from '../../system/exists.ts'
import { LEAVING } from '../../system/pause.ts'
import { Http } from './http.ts'
import { leavePlace, partialPlace, readRecord, removePartial, takePlace, writeRecord, type DownloadRecord, type PartialPlace } from './record.ts'
import type { DownloadControl, Downloaded, DownloadRequest, DownloadTools } from './request.ts'
import { mayPass, Run } from './run.ts'
import { Slots } from './slots.ts'
import { fileError } from './transfer.ts'

export const downloadTools = (): DownloadTools => ({ http: new Http(), slots: new Slots(2), patienceMs: [1_000, 2_000, 4_000, 8_000, 15_000] })

/**
 * Errors: already-exists (params.path), in-use, address-invalid, address-gone (params.address, folder), address-refused,
 * address-unreachable, transfer-stalled, transfer-broken, checksum-wrong, download-too-large, disk-full,
 * permission-denied, cancelled. After a break that lasted too long what came is kept, and asking again goes on with it.
 */
export async function download(request: DownloadRequest, control: DownloadControl, tools: DownloadTools): Promise<Downloaded> {
  const path = join(request.folder, request.name)
  const place = partialPlace(request.partialFolder, request.folder, request.name)
  try {
    await mkdir(request.folder, { recursive: true })
    await takePlace(place, request.name)
  } catch (problem) {
    throw asAppError(problem, request.folder)
  }
  try {
    // with what an app left that was killed right after the file had its name
    if (await exists(path)) throw new AppError('already-exists', { path })
    const record = await startRecord(place, request)
    const run = new Run({ request, place, record, control, tools, path })
    return await run.toTheEnd()
  } catch (problem) {
    if (!keepsPieces(problem, control.signal)) await removePartial(place)
    throw asAppError(problem, request.folder)
  } finally {
    await leavePlace(place)
  }
}

/** What the file system says of the pieces and of what is kept beside them; anything else is a fault of ours. */
function asAppError(problem: unknown, folder: string): unknown {
  const ofFiles = problem instanceof Error && 'syscall' in problem
  return ofFiles ? fileError(problem, folder) : problem
}

/** What somebody may go on with: the app left, or the network did. */
function keepsPieces(problem: unknown, signal: AbortSignal): boolean {
  if (signal.aborted) return signal.reason === LEAVING
  return mayPass(problem)
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
