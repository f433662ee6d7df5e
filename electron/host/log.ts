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
    const file = pino.destination({ dest: path, mode: 0o600, sync: true })
    file.on('error', () => undefined)
    return logTo(file)
  } catch {
    return logTo(pino.destination(2), 'warn')
  }
}

/** A log into any stream, with every secret masked. What cannot be written (a full disk) is lost, and nothing else with it. */
export function logTo(stream: DestinationStream, level: 'info' | 'warn' = 'info'): Logger {
  const write = (line: string): void => {
    try {
      stream.write(line)
    } catch {
      // the app goes on without this line
    }
  }
  return pino({ level, base: undefined, redact: { paths, censor: '***' } }, { write })
}
