/** What a disk image stands on: the chain of bases of an overlay. */
import { realpath } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { readQcow2Base } from './disk-header.ts'

/** A chain longer than this is a circle or an accident. */
const LONGEST_CHAIN = 64

/** The file that a base's name means, seen from the overlay; null where it is no file (a URL, a device of the network). */
export function basePath(name: string, overlay: string): string | null {
  const json = name.startsWith('json:') ? fileOfJson(name.slice('json:'.length)) : name
  if (json === null) return null
  const plain = json.startsWith('file:') ? json.slice('file:'.length) : json
  if (/^[a-z][a-z0-9+-]*:/i.test(plain)) return null
  return resolve(dirname(overlay), plain)
}

function fileOfJson(source: string): string | null {
  try {
    return findFilename(JSON.parse(source))
  } catch {
    return null
  }
}

function findFilename(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null
  const entries = new Map(Object.entries(value))
  const own = entries.get('filename') ?? entries.get('file.filename')
  return typeof own === 'string' ? own : findFilename(entries.get('file'))
}

/** The base of a file, by its own header or by what is known about files that this user cannot read. */
export type BaseOf = (path: string) => Promise<string | null>

/** The base as the file's own header names it. */
export const baseFromHeader: BaseOf = async (path) => {
  const name = await readQcow2Base(path)
  return name === null ? null : basePath(name, path)
}

/** Every file below an image, nearest first, links resolved. */
export async function backingChain(path: string, baseOf: BaseOf = baseFromHeader): Promise<string[]> {
  const chain: string[] = []
  for (let base = await baseOf(path); base !== null && chain.length < LONGEST_CHAIN; base = await baseOf(base)) {
    const real = await realPath(base)
    if (chain.includes(real)) break
    chain.push(real)
  }
  return chain
}

/** The path without links, as far as it can be followed. */
export async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch {
    return resolve(path)
  }
}
