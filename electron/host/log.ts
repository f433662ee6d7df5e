/** The host's own log: a file in the person's state folder, without secrets. */
import { mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { pino, type DestinationStream, type Logger } from 'pino'

export type { Logger } from 'pino'

/** A log that grew beyond this is moved to `<name>.1` at the next start. */
const MAX_BYTES = 5 * 1024 * 1024

const secretKeys = ['token', 'password', 'passwd', 'secret', 'ticket']
const paths = secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`])

/** Opens the log file; where that is not possible, what is worse than a warning goes to stderr. */
export function openLog(path: string): Logger {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES) renameSync(path, `${path}.1`)
    return logTo(pino.destination({ dest: path, mode: 0o600, sync: true }))
  } catch {
    return logTo(pino.destination(2), 'warn')
  }
}

/** A log into any stream, with every secret masked. */
export function logTo(stream: DestinationStream, level: 'info' | 'warn' = 'info'): Logger {
  return pino({ level, base: undefined, redact: { paths, censor: '***' } }, stream)
}
