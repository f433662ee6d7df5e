/** Fetching files from their publishers: `download` is one of them from its first byte to its final name. */
export { download, downloadTools } from './download.ts'
export type { DownloadControl, Downloaded, DownloadRequest, DownloadTools } from './request.ts'
export { isTaken, partialPlace, unfinished, type DownloadRecord } from './record.ts'
export { nameFromAddress, fetchable, mirrored, plainName } from './address.ts'
export { mayPass } from './run.ts'
