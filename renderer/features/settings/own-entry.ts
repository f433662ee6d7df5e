/** An entry of one's own in the catalogue of images, from what was typed. */
import type { CatalogueSource } from '../../../shared/model/catalogue.ts'

export interface OwnEntryForm {
  readonly name: string
  readonly address: string
  /** Empty for none. */
  readonly checksum: string
  /** Empty for none. */
  readonly user: string
  readonly password: string
}

export const emptyForm: OwnEntryForm = { name: '', address: '', checksum: '', user: '', password: '' }

/** Digits of a checksum, and the algorithm that gives so many. */
const algorithms: Readonly<Record<number, string>> = { 32: 'md5', 64: 'sha256', 128: 'sha512' }

const isAddress = (text: string): boolean => /^https?:\/\/[^/\s]/i.test(text) && URL.canParse(text)

/** `sha256:…` of a checksum with or without its algorithm, or the address of a file of checksums; null where it is neither. */
export function checksumOf(text: string): string | null {
  if (isAddress(text)) return text
  const [, named, hex] = /^(?:(md5|sha256|sha512):)?([0-9a-f]+)$/i.exec(text) ?? []
  const algorithm = algorithms[hex?.length ?? 0]
  if (hex === undefined || algorithm === undefined || (named !== undefined && named.toLowerCase() !== algorithm)) return null
  return `${algorithm}:${hex.toLowerCase()}`
}

export type WrongField = 'name-taken' | 'address' | 'checksum' | 'login'

/** What is wrong with what was typed so far; what is still empty is not yet wrong. */
export function wrongFields(form: OwnEntryForm, entries: readonly CatalogueSource[]): readonly WrongField[] {
  const { name, address, checksum, user, password } = trimmed(form)
  return [
    ...(entries.some((entry) => entry.name === name) ? (['name-taken'] as const) : []),
    ...(address !== '' && !isAddress(address) ? (['address'] as const) : []),
    ...(checksum !== '' && checksumOf(checksum) === null ? (['checksum'] as const) : []),
    ...(user === '' && password !== '' ? (['login'] as const) : []),
  ]
}

/** The entry, or null where something is wrong or lacking. The architecture is this computer's, as most images of a class are. */
export function entryOf(form: OwnEntryForm, entries: readonly CatalogueSource[], arch: string): CatalogueSource | null {
  const { name, address, checksum, user, password } = trimmed(form)
  if (name === '' || address === '' || wrongFields(form, entries).length > 0) return null
  const sum = checksum === '' ? null : checksumOf(checksum)
  return {
    // another address under the same name is another image: what was fetched of the one is not the other
    id: `own:${name} ${address.slice(-300)}`,
    name,
    arch,
    kind: /\.iso$/i.test(new URL(address).pathname) ? 'iso' : 'cloud-image',
    addresses: [address],
    pages: [],
    ...(sum === null ? {} : { checksum: sum }),
    ...(user === '' ? {} : { login: { user, password } }),
  }
}

const trimmed = (form: OwnEntryForm): OwnEntryForm => ({ ...form, name: form.name.trim(), address: form.address.trim(), checksum: form.checksum.trim(), user: form.user.trim() })
