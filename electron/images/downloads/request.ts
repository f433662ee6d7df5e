/** What is asked of a download, what it answers, and how it is watched and told to stop. */
import type { JobHold, Message } from '../../../shared/model/job.ts'
import type { Pause } from '../../system/pause.ts'
import type { Checksum } from './checksum-file.ts'
import type { Http } from './http.ts'
import type { Slots } from './slots.ts'

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
