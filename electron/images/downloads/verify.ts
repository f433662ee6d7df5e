/** Whether what came is what the publisher put there. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { AppError } from '../../../shared/model/error.ts'
import { beside, folderAbove, nameFromAddress } from './address.ts'
import { findChecksum, parseOwnChecksum, type Checksum } from './checksum-file.ts'
import type { Http } from './http.ts'

/** Files of checksums that lie beside images, strongest first: of the whole folder, then of the one file. */
const lists = (name: string): string[] => [
  'SHA512SUMS', 'SHA256SUMS', 'CHECKSUM', `${name}.sha512`, `${name}.sha256`, `${name}.CHECKSUM`, `${name}.sha512sum`, `${name}.sha256sum`, 'sha256sum.txt', 'MD5SUMS',
] // prettier-ignore

/**
 * The checksum that holds for the file of an address: the entry's own, that of the file of checksums it names, else one
 * beside the image. Null where the publisher gives none.
 * Errors: cancelled, and where a file of checksums cannot be asked for: address-unreachable; of the named one also
 * address-refused, transfer-stalled, transfer-broken.
 */
export async function findPublished(http: Http, own: string | null, addresses: readonly string[], signal: AbortSignal): Promise<Checksum | null> {
  const given = own === null ? null : parseOwnChecksum(own)
  if (given) return given
  const names = [...new Set(addresses.map(nameFromAddress))]
  const named = own === null || !URL.canParse(own) ? null : inList(await http.text(own, signal), names)
  if (named) return named
  for (const address of new Set(addresses)) {
    const found = await findBeside(http, address, names, signal)
    if (found) return found
  }
  return null
}

/** Looks where publishers put them; a server that leaves us waiting for one is asked for no more. */
async function findBeside(http: Http, address: string, names: readonly string[], signal: AbortSignal): Promise<Checksum | null> {
  const guesses = lists(nameFromAddress(address)).map((list) => beside(address, list))
  try {
    for (const list of guesses) {
      const found = inList(await guessed(http, list, signal), names)
      if (found) return found
    }
    return await inFedoraList(http, address, names, signal)
  } catch (problem) {
    if (problem instanceof AppError && problem.code === 'transfer-stalled') return null
    throw problem
  }
}

/** What is not there, and what a server fails over, are none. */
async function guessed(http: Http, address: string, signal: AbortSignal): Promise<string | null> {
  try {
    return await http.text(address, signal)
  } catch (problem) {
    if (problem instanceof AppError && ['address-refused', 'address-invalid', 'transfer-broken'].includes(problem.code)) return null
    throw problem
  }
}

function inList(text: string | null, names: readonly string[]): Checksum | null {
  if (text === null) return null
  for (const name of names) {
    const found = findChecksum(text, name)
    if (found) return found
  }
  return null
}

/** Fedora names its file after the compose, which only the folder's page tells. */
async function inFedoraList(http: Http, address: string, names: readonly string[], signal: AbortSignal): Promise<Checksum | null> {
  const folder = folderAbove(address)
  const page = await guessed(http, folder, signal)
  const links = [...(page ?? '').matchAll(/href="([^":/?#]*CHECKSUM)"/g)].map((match) => match[1] ?? '')
  for (const link of [...new Set(links)].slice(0, LINKS)) {
    const found = inList(await guessed(http, new URL(link, folder).href, signal), names)
    if (found) return found
  }
  return null
}

/** Files of checksums in one folder that are looked into. */
const LINKS = 8

/** The digest of a file. Errors: cancelled. */
export async function digestOf(path: string, algorithm: string, signal: AbortSignal, onBytes: (done: number) => void = () => undefined): Promise<string> {
  const hash = createHash(algorithm)
  let done = 0
  for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    if (signal.aborted) throw new AppError('cancelled')
    const bytes = piece as Buffer
    hash.update(bytes)
    done += bytes.byteLength
    onBytes(done)
  }
  return hash.digest('hex')
}
