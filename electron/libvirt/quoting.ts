/** Two kinds of quoting: virsh's own, for batches, and the POSIX shell's, for lines that a person pastes. */
import { shellQuote } from '../../shared/lib/shell.ts'
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

/** A word for a line that a person pastes into a shell. Errors: invalid-input for NUL. */
export function quoteForShell(word: string): string {
  refuseNul(word)
  return shellQuote(word)
}
