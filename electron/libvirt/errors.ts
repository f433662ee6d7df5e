/** From what virsh says to an error as a value. Exit statuses are 0 or 1 only, so the kind comes from the English text. */
import { AppError, type ErrorCode } from '../../shared/model/error.ts'
import { errorRows } from './error-rows.ts'
import { remediesFor } from './remedies.ts'
import { checkUri } from './uri.ts'

/** The error of what a failed virsh printed; code "libvirt" with the text as detail where no row of the table knows it. */
export function errorFromOutput(output: string, uri: string): AppError {
  const detail = cleaned(output)
  for (const row of errorRows) {
    const match = row.pattern.exec(detail)
    if (match) {
      const hint: Record<string, string> = row.code === 'uri-invalid' ? { hint: String(checkUri(uri)?.params['hint'] ?? 'qemu:///session') } : {}
      const params = { ...named(match), ...row.params, ...hint, uri }
      return new AppError(row.code, params, detail, remediesFor(row.code, params, uri))
    }
  }
  return new AppError('libvirt', { uri }, detail === '' ? null : detail)
}

/** Without virsh's own prefixes, times and noise. */
function cleaned(output: string): string {
  return output
    .replace(/\r[^\n]*?\[[ \d.]+%\]/g, '')
    .split('\n')
    .filter((line) => !/^(Authorization not available|error: Disconnected from .*(keepalive|client))/.test(line))
    .map((line) => line.replace(/^error: /, '').trimEnd())
    .join('\n')
    .trim()
}

/** Named groups are the parameters of the sentence; a group `path1` is one of several ways to `path`. */
function named(match: RegExpExecArray): Record<string, string> {
  const entries = Object.entries(match.groups ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return Object.fromEntries(entries.map(([name, value]) => [name.replace(/\d$/, ''), value]))
}

/** Whether something thrown is an error of one of these codes. */
export function isCode<C extends ErrorCode>(error: unknown, ...codes: readonly C[]): error is AppError & { readonly code: C } {
  return error instanceof AppError && codes.some((code) => code === error.code)
}
