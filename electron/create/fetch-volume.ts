/** What an address has as a volume of a pool: fetched into a folder of its own first, then put in like any file. */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pool } from '../../shared/model/storage.ts'
import { download, fetchable, type DownloadControl, type DownloadTools } from '../images/downloads/index.ts'
import type { Target } from '../libvirt/target.ts'
import { cacheFolder } from '../system/paths.ts'
import { addVolume, type VolumeWish } from './new-volume.ts'
import type { CreationControl } from './run-steps.ts'

/** `fetching-PID-XXXXXX`, by the process that made it. */
const folderName = /^fetching-(\d+)-/

/** Cancelled or failed it leaves nothing. Errors: those of a download and of addVolume. */
export async function fetchVolume(target: Target, pool: Pool, wish: VolumeWish, control: CreationControl & DownloadControl, tools: DownloadTools): Promise<{ readonly path: string }> {
  await removeForgotten()
  const folder = await mkdtemp(join(cacheFolder(), `fetching-${process.pid}-`))
  // a download that could go on at the app's next start keeps its pieces, and nobody would go on with this one
  const stop = new AbortController()
  const onAbort = (): void => stop.abort()
  control.signal.addEventListener('abort', onAbort)
  if (control.signal.aborted) onAbort()
  try {
    const request = { addresses: [fetchable(wish.source).href], folder, name: wish.name, title: wish.name, checksum: null, partialFolder: join(folder, '.partial') }
    const { path } = await download(request, { ...control, pause: control.pause, signal: stop.signal }, tools)
    return await addVolume(target, pool, { source: path, name: wish.name }, control)
  } finally {
    control.signal.removeEventListener('abort', onAbort)
    await rm(folder, { recursive: true, force: true })
  }
}

/** Folders of processes that were killed in the middle. */
async function removeForgotten(): Promise<void> {
  await mkdir(cacheFolder(), { recursive: true, mode: 0o700 })
  for (const name of await readdir(cacheFolder())) {
    const pid = folderName.exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(cacheFolder(), name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
