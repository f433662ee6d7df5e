/** JSON files of the person's own that survive a crash while writing and a hand that broke them. */
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { basename, dirname, extname, join } from 'node:path'
import type { z } from 'zod'
import { fileFailure } from '../../shared/model/file-failure.ts'

export interface ReadResult<T> {
  /** Null where there is no file, or none that can be used. */
  readonly value: T | null
  /** Where a broken file was moved to, else null. */
  readonly setAside: string | null
}

/**
 * Reads and checks a file. One that is no JSON, or not what the schema asks for, is moved to
 * `<name>.broken-<date>.json` beside it. Never throws: a file that cannot even be moved is left and ignored.
 */
export async function readJsonFile<S extends z.ZodType>(
  path: string,
  schema: S,
  now: () => Date = () => new Date(),
): Promise<ReadResult<z.infer<S>>> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return { value: null, setAside: missing ? null : await setAside(path, now()) }
  }
  const parsed = schema.safeParse(parseJson(text))
  return parsed.success ? { value: parsed.data, setAside: null } : { value: null, setAside: await setAside(path, now()) }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Name of a broken file: `settings.broken-2026-11-21T10-42-00.json`, with a number where that is taken. */
async function setAside(path: string, date: Date): Promise<string | null> {
  const extension = extname(path)
  const stamp = date.toISOString().slice(0, 19).replaceAll(':', '-')
  const target = join(dirname(path), `${basename(path, extension)}.broken-${stamp}${extension}`)
  try {
    await rename(path, target)
    return target
  } catch {
    return null
  }
}

/** Replaces a file as a whole (a temporary file beside it, then rename), readable by this person alone. */
export async function writeJsonFile(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(`${JSON.stringify(value, null, 2)}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

export interface KeptValue<T> {
  get(): T
  /** Answers the new value once the file has it. Errors: those of fileFailure; then the old one holds. */
  change(next: (now: T) => T): Promise<T>
}

/**
 * A value that a file keeps. Changes are written one after the other, each made from what the file holds then: another
 * window, or a hand, may have changed it meanwhile. `first` is what was read at the start.
 */
export function keepInFile<S extends z.ZodType>(path: string, schema: S, first: z.infer<S>): KeptValue<z.infer<S>> {
  let now = first
  let writing: Promise<unknown> = Promise.resolve()
  return {
    get: () => now,
    change: (next) => {
      const written = writing.then(async () => {
        const wanted = next((await readJsonFile(path, schema)).value ?? now)
        await writeJsonFile(path, wanted)
        now = wanted
        return wanted
      })
      writing = written.catch(() => undefined)
      return written.catch((error: unknown) => {
        throw fileFailure(error, path)
      })
    },
  }
}
