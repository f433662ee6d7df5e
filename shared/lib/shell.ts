/** Words of a command line that a person can paste into a POSIX shell. */

const plain = /^[A-Za-z0-9_@%+=:,./-]+$/

/** One word, quoted only where a shell would change it. https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html */
export function shellQuote(word: string): string {
  if (plain.test(word)) return word
  return `'${word.replaceAll("'", String.raw`'\''`)}'`
}

/** A whole line from its words. */
export function shellLine(words: readonly string[]): string {
  return words.map(shellQuote).join(' ')
}
