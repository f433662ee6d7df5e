/** Fetching files from their publishers: `download` is one of them from its first byte to its final name. */
export { download, downloadTools, type DownloadControl, type Downloaded, type DownloadRequest, type DownloadTools } from './download.ts'
export { unfinished, type DownloadRecord } from './record.ts'
export { nameFromAddress, fetchable, mirrored, plainName } from './address.ts'
