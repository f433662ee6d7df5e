/** What this user may do with a file, and the command that would mend it. */
import { access, constants, stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { dirname } from 'node:path'
import { quoteForShell } from '../libvirt/quoting.ts'

export type Need = 'read' | 'write'

const modes: Readonly<Record<Need, number>> = { read: constants.R_OK, write: constants.R_OK | constants.W_OK }

export async function isAllowed(path: string, need: Need): Promise<boolean> {
  return access(path, modes[need]).then(
    () => true,
    () => false,
  )
}

/** Whether a file can be made in the folder. */
export async function isFolderWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )
}

/** A command that gives a right. */
export interface Mending {
  readonly words: readonly string[]
  /** What it changes is not this user's: it takes root. */
  readonly asRoot: boolean
}

/** The command as a line of a shell. */
export const mendingLine = ({ words, asRoot }: Mending): string => [...(asRoot ? ['sudo'] : []), ...words].map(quoteForShell).join(' ')

/** What gives this user what is needed: of the first folder on the way that cannot be entered, else of the file. */
export async function mending(path: string, need: Need): Promise<Mending> {
  const { username, uid } = userInfo()
  const closed = await folderClosedToUs(path)
  const place = closed ?? path
  const facts = await stat(place).catch(() => null)
  const own = facts?.uid === uid
  if (closed) return own ? { words: ['chmod', 'u+x', place], asRoot: false } : { words: ['setfacl', '-m', `u:${username}:x`, place], asRoot: true }
  const wanted = need === 'write' ? 'u+rw' : 'u+r'
  return own ? { words: ['chmod', wanted, place], asRoot: false } : { words: ['chown', `${username}:`, place], asRoot: true }
}

/** The same as a line of a shell. */
export const mendingCommand = async (path: string, need: Need): Promise<string> => mendingLine(await mending(path, need))

/** The first folder on the way to a path that this user may not enter. */
export async function folderClosedToUs(path: string): Promise<string | null> {
  for (const folder of foldersAbove(path)) {
    const open = await access(folder, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (!open) return folder
  }
  return null
}

/** From the root down. */
export function foldersAbove(path: string): string[] {
  const folders: string[] = []
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    folders.unshift(folder)
    if (dirname(folder) === folder) return folders
  }
}
