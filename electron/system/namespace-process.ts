import { spawn, type ChildProcess } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'

export type StreamTarget = 'inherit' | 'pipe' | 'ignore'

export interface NamespaceProcessOptions {
  readonly env: NodeJS.ProcessEnv
  readonly stdin: StreamTarget
  readonly stdout: StreamTarget
  readonly stderr: StreamTarget
}

export interface NamespaceProcess {
  readonly pid: number | undefined
  readonly stdin: Writable | null
  readonly stdout: Readable | null
  readonly stderr: Readable | null
  /** What the helper programs say before the command runs (their descriptor 2). */
  readonly complaints: Readable
  /** Descriptor 4 of the process: a word from inside once everything stands. */
  readonly signals: Readable
  /** Exit status, or 128 + signal; rejects when the program could not be started at all. */
  readonly exited: Promise<number>
  kill(signal: NodeJS.Signals): void
}

/** The namespaces of a lab; a user namespace comes first for who is not root. */
export function namespaceArguments(user: boolean): string[] {
  const own = user ? ['--user', '--map-root-user', '--map-auto'] : []
  return [
    ...own,
    '--net',
    '--mount',
    '--pid',
    '--ipc',
    '--uts',
    '--cgroup',
    '--fork',
    '--kill-child',
    '--propagation',
    'private',
  ]
}

/**
 * Starts a program as first process of new namespaces. It dies with this process (pdeathsig), and everything in the
 * namespaces dies with it (--kill-child), whichever end is killed.
 */
export function startInNamespaces(
  program: readonly string[],
  user: boolean,
  options: NamespaceProcessOptions,
): NamespaceProcess {
  const child: ChildProcess = spawn(
    'setpriv',
    ['--pdeathsig', 'KILL', 'unshare', ...namespaceArguments(user), ...program],
    {
      env: options.env,
      stdio: [options.stdin, options.stdout, 'pipe', options.stderr === 'inherit' ? 2 : options.stderr, 'pipe'],
    },
  )
  const exited = new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(code ?? 128 + signalNumber(signal)))
  })
  return {
    pid: child.pid,
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: streamAt(child, 3),
    complaints: requireStream(streamAt(child, 2)),
    signals: requireStream(streamAt(child, 4)),
    exited,
    kill: (signal) => {
      child.kill(signal)
    },
  }
}

function streamAt(child: ChildProcess, descriptor: number): Readable | null {
  const stream: unknown = child.stdio[descriptor]
  return isReadable(stream) ? stream : null
}

function isReadable(stream: unknown): stream is Readable {
  return typeof stream === 'object' && stream !== null && 'read' in stream
}

function requireStream(stream: Readable | null): Readable {
  if (stream === null) throw new Error('a pipe of the namespace process is missing')
  return stream
}

function signalNumber(signal: NodeJS.Signals | null): number {
  const numbers: Partial<Record<NodeJS.Signals, number>> = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }
  return signal === null ? 1 : (numbers[signal] ?? 1)
}
