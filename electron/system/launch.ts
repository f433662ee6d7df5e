/** Starts a person's own program, which goes on when this app ends. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../shared/model/error.ts'
import { runtimeFolder } from './paths.ts'

/** A program that cannot do what it was asked for ends within this time, in milliseconds. */
const WATCH_MS = 1_500
/** Bytes of its complaint that are kept. */
const COMPLAINT = 4_000

export interface LaunchEnd {
  /** Null where a signal ended it. */
  readonly exitCode: number | null
  readonly stderr: string
}

/**
 * Starts a program with a session of its own. Null when it still runs after a moment, else how it ended.
 * Errors: program-missing (params.program).
 */
export async function launch(program: string, args: readonly string[], watchMs = WATCH_MS): Promise<LaunchEnd | null> {
  const complaint = await nameless()
  try {
    const ended = await started(program, args, complaint.fd, watchMs)
    return ended && { exitCode: ended.exitCode, stderr: await beginning(complaint) }
  } finally {
    await complaint.close()
  }
}

/** A file without a name: a pipe would break when this app ends, and take the program with it. */
async function nameless(): Promise<FileHandle> {
  const folder = runtimeFolder()
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${randomBytes(12).toString('hex')}.log`)
  const file = await open(path, 'wx+', 0o600)
  await rm(path)
  return file
}

function started(program: string, args: readonly string[], stderr: number, watchMs: number): Promise<{ exitCode: number | null } | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { detached: true, stdio: ['ignore', 'ignore', stderr] })
    const timer = setTimeout(() => resolve(null), watchMs)
    child.unref()
    child.once('error', (error) => {
      clearTimeout(timer)
      reject(new AppError('program-missing', { program }, error.message))
    })
    child.once('exit', (exitCode) => {
      clearTimeout(timer)
      resolve({ exitCode })
    })
  })
}

async function beginning(file: FileHandle): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(COMPLAINT), 0, COMPLAINT, 0)
  return new TextDecoder().decode(buffer.subarray(0, bytesRead)).trim()
}
