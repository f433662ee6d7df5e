/** Words of a command line that a person can paste into a POSIX shell. */

const plain = /^[A-Za-z0-9_@%+=:,./-]+$/

/**
 * A word for a plain POSIX shell, dash too, that may be pasted into a terminal: nothing in it is expanded, completed or
 * taken for a key. `--option=value` keeps its option readable. https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html
 */
export function shellQuote(word: string): string {
  const option = /^(--[a-z][a-z-]*=)([\s\S]+)$/.exec(word)
  if (option) return `${option[1]}${shellQuote(option[2] ?? '')}`
  if (plain.test(word)) return word
  return runs(word).map(quoteRun).join('') || "''"
}

/** A whole line from its words. */
export function shellLine(words: readonly string[]): string {
  return words.map(shellQuote).join(' ')
}

/** What readline acts on when it is pasted: every control character but the newline, which single quotes keep. */
function isControl(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  return (code < 0x20 && code !== 0x0a) || (code >= 0x7f && code < 0xa0)
}

/** The word cut into runs of control characters and runs of all else. */
function runs(word: string): string[] {
  const found: string[] = []
  for (const character of word) {
    const last = found.at(-1)
    if (last !== undefined && isControl(last) === isControl(character)) found[found.length - 1] = last + character
    else found.push(character)
  }
  return found
}

function quoteRun(run: string): string {
  if (!isControl(run)) return `'${run.replaceAll("'", `'\\''`)}'`
  const bytes = [...run].flatMap((character) => bytesOfControl(character.codePointAt(0) ?? 0))
  return `"$(printf '${bytes.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')}')"`
}

/** A control character as UTF-8. */
const bytesOfControl = (code: number): number[] => (code < 0x80 ? [code] : [0xc2, code])
