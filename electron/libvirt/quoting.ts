/** Two kinds of quoting: virsh's own, for batches, and the POSIX shell's, for lines that a person pastes. */
import { AppError } from '../../shared/model/error.ts'

/** A word for virsh's own parser: in double quotes, `\` before `\` and `"`. Errors: invalid-input for NUL. */
export function quoteForVirsh(word: string): string {
  refuseNul(word)
  return `"${word.replace(/[\\"]/g, '\\$&')}"`
}

/** NUL ends an argument for the kernel, so none can hold it. Errors: invalid-input. */
export function refuseNul(word: string): void {
  if (word.includes('\0')) throw new AppError('invalid-input', {}, 'a NUL character cannot be passed to a program')
}

const plain = /^[A-Za-z0-9_@%+=:,./-]+$/

/**
 * A word for a plain POSIX shell, dash too, that may be pasted into a terminal: nothing in it is expanded, completed or
 * taken for a key. `--option=value` keeps its option readable.
 */
export function quoteForShell(word: string): string {
  refuseNul(word)
  const option = /^(--[a-z][a-z-]*=)([\s\S]+)$/.exec(word)
  if (option) return `${option[1]}${quoteForShell(option[2] ?? '')}`
  if (plain.test(word)) return word
  return runs(word).map(quoteRun).join('') || "''"
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
  const bytes = [...new TextEncoder().encode(run)]
  return `"$(printf '${bytes.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')}')"`
}
