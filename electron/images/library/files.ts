/** The files of the library. */
import { readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { libraryFolder } from '../../system/paths.ts'
import { readAbout } from './about.ts'

export interface LibraryFile {
  readonly path: string
  readonly name: string
  readonly sizeBytes: number
  readonly modifiedAt: number
}

/** Unfinished downloads of the library. */
export const partialFolder = (): string => join(libraryFolder(), '.partial')

/** Whether a file is one of the library's. */
export const isInLibrary = (path: string): boolean => dirname(path) === libraryFolder()

/** Newest first; none where nothing was ever fetched. */
export async function libraryFiles(): Promise<LibraryFile[]> {
  const folder = libraryFolder()
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map(async ({ name }) => {
        const path = join(folder, name)
        const facts = await stat(path).catch(() => null)
        return facts && { path, name, sizeBytes: facts.size, modifiedAt: facts.mtimeMs }
      }),
  )
  return files.filter((file) => file !== null).sort((a, b) => b.modifiedAt - a.modifiedAt || a.name.localeCompare(b.name))
}

/** Paths of the library's images by the catalogue's ids. */
export async function libraryByEntry(): Promise<ReadonlyMap<string, string>> {
  const files = await libraryFiles()
  const known = await Promise.all(files.map(async ({ path }) => ({ path, entry: (await readAbout(path))?.facts?.entry ?? null })))
  return new Map(known.flatMap(({ path, entry }) => (entry === null ? [] : [[entry, path]])))
}
