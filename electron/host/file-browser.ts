/** Folders for the app's own file browser, where there are no native dialogs. */
import { constants } from 'node:fs'
import { access, readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../../shared/model/error.ts'
import type { FileEntry } from '../../shared/model/media.ts'
import { expandPath } from '../system/paths.ts'

export interface Folder {
  readonly path: string
  /** Null at the root. */
  readonly parent: string | null
  readonly entries: readonly FileEntry[]
}

/**
 * Entries of a folder, folders first, in the order of names. `~` is expanded; a file's path lists the folder that it is in.
 * Links are followed; sockets and devices are left out. Errors: file-missing, file-unreadable, file-wrong-kind (params.path).
 */
export async function listFolder(wanted: string, hidden: boolean): Promise<Folder> {
  if (wanted.includes('\0')) throw new AppError('invalid-input', { field: 'path' })
  const asked = expandPath(wanted)
  const info = await stat(asked).catch((error: unknown) => {
    throw readFailure(asked, error)
  })
  const path = info.isDirectory() ? asked : dirname(asked)
  const names = await readdir(path).catch((error: unknown) => {
    throw readFailure(path, error)
  })
  const shown = hidden ? names : names.filter((name) => !name.startsWith('.'))
  const entries = (await Promise.all(shown.map((name) => describe(path, name)))).filter((entry) => entry !== null)
  const order = new Intl.Collator(undefined, { numeric: true })
  entries.sort((a, b) => Number(b.kind === 'folder') - Number(a.kind === 'folder') || order.compare(a.name, b.name))
  const parent = dirname(path)
  return { path, parent: parent === path ? null : parent, entries }
}

async function describe(folder: string, name: string): Promise<FileEntry | null> {
  const path = join(folder, name)
  const info = await stat(path).catch(() => null)
  if (!info) return null // a link to nowhere, or gone since the folder was read
  const folderToo = info.isDirectory()
  if (!folderToo && !info.isFile()) return null
  const readable = await access(path, folderToo ? constants.R_OK | constants.X_OK : constants.R_OK).then(
    () => true,
    () => false,
  )
  return {
    name,
    path,
    kind: folderToo ? 'folder' : 'file',
    sizeBytes: folderToo ? null : info.size,
    modifiedAt: Math.floor(info.mtimeMs / 1000),
    readable,
  }
}

function readFailure(path: string, error: unknown): AppError {
  const code = error instanceof Error && 'code' in error ? error.code : null
  const detail = error instanceof Error ? error.message : null
  if (code === 'ENOENT') return new AppError('file-missing', { path }, detail)
  if (code === 'ENOTDIR') return new AppError('file-wrong-kind', { path }, detail)
  return new AppError('file-unreadable', { path }, detail)
}
