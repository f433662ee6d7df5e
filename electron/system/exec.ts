/** The only place where child processes are started. Arguments are always a list, never a line for a shell. */
import { execa, type Options, type ResultPromise } from 'execa'
import { AppError } from '../../shared/model/error.ts'

export interface RunOptions {
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string | Uint8Array
  readonly cwd?: string
  /** Milliseconds until the process is ended; 30 s where not given, 0 for none. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
  /** Bytes of output kept at most; 64 MiB where not given. */
  readonly maxBytes?: number
  /** Called with each piece of stderr as it comes (progress lines). */
  readonly onStderr?: (text: string) => void
  readonly onStdout?: (text: string) => void
  /** Called once with the process's id, where it could be started. */
  readonly onStart?: (pid: number) => void
}

export interface RunResult {
  readonly exitCode: number
  /** Decoded leniently: bytes that are no UTF-8 become U+FFFD. */
  readonly stdout: string
  readonly stderr: string
}

const decode = (bytes: unknown): string => new TextDecoder().decode(bytes instanceof Uint8Array ? bytes : new Uint8Array())

/**
 * Runs a program to its end. An exit code is an outcome, not an error.
 * Errors: program-missing (params.program), timeout (params.program, seconds), cancelled, too-large.
 */
export async function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  if (options.signal?.aborted) throw new AppError('cancelled', { program: file })
  const child = start(file, args, options, { stdin: options.input === undefined ? 'ignore' : 'pipe' })
  if (child.pid !== undefined) options.onStart?.(child.pid)
  if (options.onStderr) child.stderr?.on('data', (chunk: Uint8Array) => options.onStderr?.(decode(chunk)))
  if (options.onStdout) child.stdout?.on('data', (chunk: Uint8Array) => options.onStdout?.(decode(chunk)))
  const result = await child
  if (result.exitCode === undefined || result.isMaxBuffer) throw failure(file, result, options)
  return { exitCode: result.exitCode, stdout: decode(result.stdout), stderr: decode(result.stderr) }
}

/** A process that stays: event streams, consoles, relays. Whoever starts it stops it. */
export interface StreamProcess {
  readonly pid: number | undefined
  readonly stdin: NodeJS.WritableStream
  readonly stdout: NodeJS.ReadableStream
  readonly stderr: NodeJS.ReadableStream
  /** SIGTERM, and SIGKILL two seconds later. */
  stop(): void
  /** Never rejects; exitCode is null where a signal ended it or it never started. */
  readonly ended: Promise<{ readonly exitCode: number | null; readonly missing: boolean }>
}

/** Starts a process whose output is a stream. */
export function stream(file: string, args: readonly string[], options: Pick<RunOptions, 'env' | 'cwd' | 'signal'> = {}): StreamProcess {
  const child = start(file, args, { ...options, timeoutMs: 0 }, { stdin: 'pipe', buffer: false })
  const { stdin, stdout, stderr } = child
  if (!stdin || !stdout || !stderr) throw new AppError('internal', {}, `no pipes for ${file}`)
  stdin.on('error', () => undefined) // a process that is gone takes no more input; its end is told by `ended`
  return {
    pid: child.pid,
    stdin,
    stdout,
    stderr,
    stop: () => void child.kill('SIGTERM'),
    ended: child.then((result) => ({ exitCode: result.exitCode ?? null, missing: result.code === 'ENOENT' })),
  }
}

function start(file: string, args: readonly string[], options: RunOptions, extra: Options): ResultPromise<Options> {
  return execa(file, [...args], {
    ...extra,
    reject: false,
    encoding: 'buffer',
    stripFinalNewline: false,
    env: { ...options.env },
    cwd: options.cwd,
    input: options.input,
    timeout: options.timeoutMs ?? 30_000,
    cancelSignal: options.signal,
    maxBuffer: options.maxBytes ?? 64 * 1024 * 1024,
    forceKillAfterDelay: 2_000,
    cleanup: true,
  } as Options)
}

interface Failure { readonly code?: string; readonly timedOut?: boolean; readonly isCanceled?: boolean; readonly isMaxBuffer?: boolean; readonly signal?: string; readonly shortMessage?: string }

function failure(file: string, result: Failure, options: RunOptions): AppError {
  if (result.code === 'ENOENT') return new AppError('program-missing', { program: file })
  if (result.isCanceled) return new AppError('cancelled', { program: file })
  if (result.timedOut) return new AppError('timeout', { program: file, seconds: Math.round((options.timeoutMs ?? 30_000) / 1000) })
  if (result.isMaxBuffer) return new AppError('too-large', { program: file })
  return new AppError('internal', { program: file, ...(result.signal === undefined ? {} : { signal: result.signal }) }, result.shortMessage ?? null)
}
