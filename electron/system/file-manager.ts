/** The desktop's file manager, reached by the freedesktop.org tools. */
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError } from '../../shared/model/error.ts'
import { launch } from './launch.ts'

/**
 * Opens the folder of a file (or the folder itself) with xdg-open, without waiting for the window to be closed.
 * Errors: file-missing (params.path), program-missing, unsupported (no desktop answers; the text is xdg-open's own).
 */
export async function openInFileManager(path: string): Promise<void> {
  const info = await stat(path).catch(() => null)
  if (!info) throw new AppError('file-missing', { path })
  const folder = info.isDirectory() ? path : dirname(path)
  await openByDesktop(folder, { what: 'open-folder', path: folder })
}

/** Shows an address of the web in the person's browser. Errors: program-missing, unsupported. */
export const openInBrowser = (address: string): Promise<void> => openByDesktop(address, { what: 'open-address', address })

async function openByDesktop(what: string, params: Readonly<Record<string, string>>): Promise<void> {
  // some desktops' xdg-open stays while the window is open: then it has worked
  const ended = await launch('xdg-open', [what], 5_000)
  if (ended && ended.exitCode !== 0) throw new AppError('unsupported', params, ended.stderr || null)
}
