/** Images, of any machine or none, that stand on a file as their base. */
import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Volume } from '../../shared/model/storage.ts'
import { baseFromHeader, basePath, realPath } from '../images/backing.ts'

export type VolumeFacts = Pick<Volume, 'path' | 'backingPath' | 'allocationBytes'>

/** Folders with more files than this are no places for disks, and reading every header would take long. */
const MOST_SIBLINGS = 5_000

/** Names of the images above a file: volumes of every pool, and files in its own folder, whoever made them. */
export async function imagesAbove(path: string, volumes: readonly VolumeFacts[]): Promise<string[]> {
  const wanted = await realPath(path)
  const found = new Set<string>()
  for (const volume of volumes) {
    const base = volume.backingPath === null ? null : basePath(volume.backingPath, volume.path)
    if (base !== null && volume.path !== path && (await realPath(base)) === wanted) found.add(basename(volume.path))
  }
  for (const sibling of await siblings(wanted)) {
    const base = await baseFromHeader(sibling)
    if (base !== null && (await realPath(base)) === wanted) found.add(basename(sibling))
  }
  return [...found]
}

async function siblings(path: string): Promise<string[]> {
  try {
    const entries = await readdir(dirname(path), { withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(dirname(path), entry.name))
    return files.length > MOST_SIBLINGS ? [] : files.filter((file) => file !== path)
  } catch {
    return []
  }
}
