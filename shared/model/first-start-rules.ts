/** Pure rules about what a machine is told at its first start. */

/** A label of DNS, which a host name is (RFC 1123). */
const longestLabel = 63

/** A host name made from a machine's: letters, digits and dashes. Never empty. */
export function hostNameFrom(machineName: string): string {
  const plain = machineName
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
  return plain.replace(/^-+/, '').slice(0, longestLabel).replace(/-+$/, '') || 'vm'
}

export const isHostName = (word: string): boolean => word.length <= longestLabel && /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i.test(word)

/** What useradd takes on every Linux. */
export const isUserName = (word: string): boolean => /^[a-z_][a-z0-9_-]{0,31}$/.test(word)

export const isLocale = (word: string): boolean => /^[A-Za-z]{1,8}(?:[_.@-][A-Za-z0-9-]+)*$/.test(word)

/** A layout of XKB, with its variant in brackets: `es`, `de(nodeadkeys)`. */
export const isKeyboard = (word: string): boolean => /^[a-z]{2,12}(?:\([a-z0-9_-]+\))?$/i.test(word)

/** Names typed with blanks, commas or line breaks between them. */
export const packageNames = (typed: string): string[] => typed.split(/[\s,]+/).filter((word) => word !== '')

/** Never an option of a package manager. */
export const isPackageName = (word: string): boolean => /^[a-z0-9@][a-z0-9@+.:_/~=-]*$/i.test(word)

/** A line of an authorized_keys file without options: type, key, comment. */
export const isPublicKey = (line: string): boolean => /^(?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[a-z0-9@.-]+ [A-Za-z0-9+/]+=*(?: [^\p{Cc}]*)?$/u.test(line)
