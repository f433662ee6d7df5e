import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Bytes free for this user where the path is, or would be (the nearest folder that exists); null where nothing tells. */
export async function freeSpace(path: string): Promise<number | null> {
  for (let folder = path; ; folder = dirname(folder)) {
    try {
      const { bavail, bsize } = await statfs(folder)
      return bavail * bsize
    } catch {
      if (dirname(folder) === folder) return null
    }
  }
}
