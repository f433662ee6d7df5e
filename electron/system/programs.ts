/** Programs that may be installed or not. */
import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { delimiter, isAbsolute, join } from 'node:path'

/** The folders of PATH, in their order. */
export const pathFolders = (env: NodeJS.ProcessEnv = process.env): string[] =>
  (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')

/** Whether this is the name of an executable file in one of the folders; an absolute name is only checked. */
export async function isProgram(name: string, folders: readonly string[]): Promise<boolean> {
  const places = isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name))
  for (const place of places) if (await isExecutable(place)) return true
  return false
}

const isExecutable = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    async () => (await stat(file)).isFile(),
    () => false,
  )
