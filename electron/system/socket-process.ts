/** Runs a program with one end of a socket pair as its descriptor 3, and keeps the other end. */
import { spawn } from 'node:child_process'
import { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { AppError } from '../../shared/model/error.ts'

export interface SocketRun {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  /** Our end; whoever the program passed the other end to is there. Paused. */
  readonly socket: Socket
}

/** Errors: program-missing, timeout (params.program, seconds); then the socket is gone too. */
export function runWithSocket(
  file: string,
  args: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly timeoutMs?: number } = {},
): Promise<SocketRun> {
  const timeoutMs = options.timeoutMs ?? 15_000
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...args], {
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'], // libuv makes such pipes as socket pairs, both ways
    })
    const socket = child.stdio[3]
    if (!(socket instanceof Socket) || !child.stdout || !child.stderr) return reject(new AppError('internal', {}, 'no socket pair'))
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    // A reader of its own keeps Node from emptying the socket when the program ends.
    const keep = (): void => undefined
    socket.on('readable', keep)
    const fail = (error: AppError): void => {
      clearTimeout(timer)
      socket.destroy()
      child.kill('SIGKILL')
      reject(error)
    }
    const timer = setTimeout(() => fail(new AppError('timeout', { program: file, seconds: timeoutMs / 1000 })), timeoutMs)
    child.once('error', (error) => fail(new AppError('program-missing', { program: file }, error.message)))
    // Not 'close', which would wait for our socket too; what the program has printed may come after its end.
    const printed = Promise.all([ended(child.stdout), ended(child.stderr)])
    child.once('exit', (code) => {
      void printed.then(() => {
        clearTimeout(timer)
        setImmediate(() => {
          socket.off('readable', keep)
          resolve({ exitCode: code ?? 128, stdout, stderr, socket: socket.pause() })
        })
      })
    })
  })
}

const ended = (source: Readable): Promise<void> => new Promise((resolve) => source.once('close', () => resolve()))
