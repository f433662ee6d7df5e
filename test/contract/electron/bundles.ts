/** The app's folder as Electron gets it, built anew, and copies of it with something broken. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const repository = join(import.meta.dirname, '../../..')

export type BundleFile = 'main/main.cjs' | 'preload/preload.cjs'

export interface AppFolders {
  /** package.json and out/ with main and preload; the page too where it was built before. */
  readonly whole: string
  /** A copy with one file changed. Errors: where nothing changed. */
  broken(file: BundleFile, change: (text: string) => string): Promise<string>
  /** A new empty folder. */
  empty(): Promise<string>
  /** Removes every folder that was made here. */
  remove(): Promise<void>
}

/** Builds main and preload; the page is taken as it was built last. */
export async function buildApp(): Promise<AppFolders> {
  const made: string[] = []
  const empty = async (): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), 'vivero-electron-'))
    made.push(folder)
    return folder
  }
  const remove = async (): Promise<void> => {
    for (const folder of made) await rm(folder, { recursive: true, force: true })
  }
  const whole = await empty()
  const out = join(whole, 'out')
  const build = ['--import', 'tsx', join(repository, 'scripts/build.ts'), '--only', 'main,preload', '--out', out]
  await promisify(execFile)(process.execPath, build, { cwd: repository, timeout: 280_000 })
  await copyFile(join(repository, 'package.json'), join(whole, 'package.json'))
  const page = join(repository, 'out/renderer')
  if (existsSync(page)) await cp(page, join(out, 'renderer'), { recursive: true })
  return {
    whole,
    empty,
    remove,
    broken: async (file, change) => {
      const folder = await empty()
      await mkdir(join(folder, 'out'))
      for (const part of ['package.json', 'out/main', 'out/preload']) await cp(join(whole, part), join(folder, part), { recursive: true })
      const path = join(folder, 'out', file)
      const before = await readFile(path, 'utf8')
      const after = change(before)
      if (after === before) throw new Error(`nothing in ${file} changed`)
      await writeFile(path, after)
      return folder
    },
  }
}
