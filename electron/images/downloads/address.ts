/** Addresses of files to fetch. */
import { percentDecoded } from '../../../shared/lib/text.ts'
import { AppError } from '../../../shared/model/error.ts'
import type { Mirror } from '../../../shared/model/catalogue.ts'

/** Only http and https can be fetched. Errors: address-invalid (params.address). */
export function fetchable(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') throw new AppError('address-invalid', { address })
  return url
}

/** The address as it may be shown and kept in logs: a user and a password in it are nobody's to read. */
export function withoutCredentials(address: string): string {
  if (!URL.canParse(address)) return address
  const url = new URL(address)
  if (url.username === '' && url.password === '') return address
  url.username = ''
  url.password = ''
  return url.href
}

/** The folder that a file lies in, for looking where it has gone to. */
export function folderAbove(address: string): string {
  const url = new URL(withoutCredentials(address))
  url.search = ''
  url.hash = ''
  url.pathname = url.pathname.slice(0, url.pathname.lastIndexOf('/', url.pathname.length - 2) + 1) || '/'
  return url.href
}

/** The address of another file in the same folder. */
export function beside(address: string, name: string): string {
  const { username, password } = new URL(address)
  const url = new URL(encodeURIComponent(name), folderAbove(address))
  url.username = username
  url.password = password
  return url.href
}

/** Bytes of a name: file systems take 255, and what lies beside it has longer ones. */
const NAME_LIMIT = 200

/** A file's name from its address; `image` where the address has none. */
export function nameFromAddress(address: string): string {
  const { pathname } = new URL(address)
  const last = pathname.slice(pathname.lastIndexOf('/') + 1)
  return plainName(percentDecoded(last))
}

/** A name that can be a file's: no folders, no control characters, not hidden, not too long. */
export function plainName(name: string): string {
  const plain = lastBytes(name.replaceAll(/[/\\\p{Cc}]/gu, '_')).replace(/^[.\s-]+/, '').trim()
  return plain || 'image'
}

/** The end of it, where its extension is. */
function lastBytes(name: string): string {
  const letters = [...name].slice(-NAME_LIMIT)
  while (Buffer.byteLength(letters.join('')) > NAME_LIMIT) letters.shift()
  return letters.join('')
}

/** Percent signs undone; as it stands where they mean nothing. */
/** Addresses as a classroom's mirrors have them: the first mirror whose `from` is the address, or a folder above it, holds. */
export function mirrored(address: string, mirrors: readonly Mirror[]): string {
  for (const { from, to } of mirrors) {
    const folder = `${from.replace(/\/+$/, '')}/`
    // whether somebody typed the last slash or not
    if (from !== '' && address.startsWith(folder)) return `${to.replace(/\/+$/, '')}/${address.slice(folder.length)}`
    if (address === from) return to
  }
  return address
}
