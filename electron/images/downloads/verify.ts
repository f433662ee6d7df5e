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
 * beside the image. Null where the publisher gives none. Errors: cancelled.
 */
export async function findPublished(http: Http, own: string | null, addresses: readonly string[], signal: AbortSignal): Promise<Checksum | null> {
  const given = own === null ? null : parseOwnChecksum(own)
  if (given) return given
  const names = [...new Set(addresses.map(nameFromAddress))]
  const named = own === null ? null : await inList(http, own, names, signal)
  if (named) return named
  for (const address of new Set(addresses)) {
    for (const list of lists(nameFromAddress(address))) {
      const found = await inList(http, beside(address, list), names, signal)
      if (found) return found
    }
    const found = await inFedoraList(http, address, names, signal)
    if (found) return found
  }
  return null
}

async function inList(http: Http, list: string, names: readonly string[], signal: AbortSignal): Promise<Checksum | null> {
  if (!URL.canParse(list)) return null
  const text = await http.text(list, signal)
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
  const page = await http.text(folder, signal)
  const links = [...(page ?? '').matchAll(/href="([^"/?#]*CHECKSUM)"/g)].map((match) => match[1] ?? '')
  for (const link of new Set(links)) {
    const found = await inList(http, new URL(link, folder).href, names, signal)
    if (found) return found
  }
  return null
}

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
