import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Bytes free for this user in a folder; null where it is not there or not to be reached. */
export async function freeSpaceIn(folder: string): Promise<number | null> {
  const facts = await statfs(folder).catch(() => null)
  return facts && facts.bavail * facts.bsize
}

/** Bytes free for this user where the path is, or would be (the nearest folder that exists); null where nothing tells. */
export async function freeSpace(path: string): Promise<number | null> {
  for (let folder = path; ; folder = dirname(folder)) {
    const free = await freeSpaceIn(folder)
    if (free !== null || dirname(folder) === folder) return free
  }
}
