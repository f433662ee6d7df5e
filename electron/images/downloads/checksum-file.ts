/** Files of checksums as publishers put them beside their images. */

export interface Checksum {
  readonly algorithm: Algorithm
  /** Lower case. */
  readonly hex: string
}

/** As node:crypto names them, strongest first. */
export const algorithms = ['sha512', 'sha384', 'sha256', 'sha224', 'sha1', 'md5'] as const
export type Algorithm = (typeof algorithms)[number]

const byLength: ReadonlyMap<number, Algorithm> = new Map([
  [128, 'sha512'], [96, 'sha384'], [64, 'sha256'], [56, 'sha224'], [40, 'sha1'], [32, 'md5'],
]) // prettier-ignore

/** The algorithm that a checksum of that many digits is of, or null. */
const algorithmOf = (hex: string): Algorithm | null => byLength.get(hex.length) ?? null

/** `HEX  NAME` and `HEX *NAME` of sha256sum and md5sum; a leading backslash says that the name is escaped. */
const gnu = /^(\\?)([0-9a-f]{32,128})(?: [ *](?=\S)|\s+\*?)(.+)$/i
/** `SHA256 (NAME) = HEX` of BSD, openssl and Fedora. */
const bsd = /^([a-z0-9-]+)\s?\((.+)\)\s?=\s?([0-9a-f]{32,128})$/i
const alone = /^([0-9a-f]{32,128})$/i

/**
 * The strongest checksum that a file of them gives for a name; signatures and other text around are passed over. A file
 * that holds nothing but one checksum means the file it is named after (`image.iso.sha256`). Null where there is none.
 */
export function findChecksum(text: string, name: string): Checksum | null {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '')
  const only = lines.length === 1 ? alone.exec(lines[0] ?? '')?.[1] : undefined
  if (only !== undefined) return checksum(only)[0] ?? null
  const found = lines.flatMap((line) => checksumOfLine(line, name) ?? [])
  const own = found.filter(({ folder }) => !folder)
  return strongest(own) ?? agreed(found)
}

/** Of a line; `folder` where the file that it names lies in a folder of its own. */
interface Found extends Checksum {
  readonly folder: boolean
}

function strongest(found: readonly Found[]): Checksum | null {
  const [best] = found.toSorted((a, b) => algorithms.indexOf(a.algorithm) - algorithms.indexOf(b.algorithm))
  return best ? { algorithm: best.algorithm, hex: best.hex } : null
}

/** Lists of whole trees may name many files alike: which of them is meant is known only where all are the same. */
function agreed(found: readonly Found[]): Checksum | null {
  const best = strongest(found)
  return found.every((one) => one.algorithm !== best?.algorithm || one.hex === best.hex) ? best : null
}

function checksumOfLine(line: string, name: string): Found[] | null {
  const tagged = bsd.exec(line)
  if (tagged) return named(tagged[2] ?? '', name, tagged[3] ?? '')
  const plain = gnu.exec(line)
  if (!plain) return null
  const written = plain[1] === '\\' ? unescaped(plain[3] ?? '') : (plain[3] ?? '')
  return named(written, name, plain[2] ?? '')
}

/** Lists of whole trees name files with their folders. */
function named(written: string, name: string, hex: string): Found[] {
  const path = written.replace(/^(?:\.\/)+/, '')
  if (path !== name && !path.endsWith(`/${name}`)) return []
  return checksum(hex).map((one) => ({ ...one, folder: path !== name }))
}

function checksum(hex: string): Checksum[] {
  const algorithm = algorithmOf(hex)
  return algorithm === null ? [] : [{ algorithm, hex: hex.toLowerCase() }]
}

const unescaped = (name: string): string => name.replace(/\\([\\nr])/g, (_all, mark: string) => ({ n: '\n', r: '\r' })[mark] ?? '\\')

/** `sha256:HEX` of an entry, or null where it is something else. */
export function parseOwnChecksum(text: string): Checksum | null {
  const [, algorithm, hex = ''] = /^([a-z0-9]+):([0-9a-f]+)$/i.exec(text) ?? []
  const known = algorithms.find((one) => one === algorithm?.toLowerCase())
  return known && algorithmOf(hex) === known ? { algorithm: known, hex: hex.toLowerCase() } : null
}
