/** One command of a creation: as data, as the line that is shown for it, and as the process that runs. */
import { AppError } from '../../shared/model/error.ts'
import { makeSeed, seedLine, type SeedWork } from '../images/first-start/seed.ts'
import { commandLine, type Secret } from '../libvirt/command-line.ts'
import { errorFromOutput } from '../libvirt/errors.ts'
import type { Target } from '../libvirt/target.ts'
import { documentLine, previewLine, virshWrite, virshWriteDocument } from '../libvirt/virsh.ts'
import { run } from '../system/exec.ts'
import { qemuImgEnvironment, readPercent } from '../system/qemu-img.ts'
import { readPosition } from '../system/read-position.ts'

export type Work =
  | { readonly kind: 'virsh'; readonly args: readonly string[] }
  | { readonly kind: 'document'; readonly args: readonly string[]; readonly xml: string; readonly secrets?: readonly Secret[] }
  /** A virsh that sends a file of so many bytes to libvirt. */
  | { readonly kind: 'upload'; readonly args: readonly string[]; readonly file: string; readonly bytes: number }
  /** A copy of a file of so many bytes, made by a process of this user's own. */
  | { readonly kind: 'copy'; readonly from: string; readonly to: string; readonly bytes: number }
  /** What a first start is told. */
  | SeedWork
  /** A program of this user's own; its first word is the program. */
  | { readonly kind: 'program'; readonly words: readonly string[] }

/** The line that does the same in a shell. */
export function lineOf(target: Target, work: Work): string {
  switch (work.kind) {
    case 'virsh':
    case 'upload':
      return previewLine(target, work.args)
    case 'document':
      return documentLine(target, work.args, work.xml, { secrets: work.secrets })
    case 'copy':
      return commandLine(copyWords(work))
    case 'seed':
      return seedLine(target, work)
    case 'program':
      return commandLine(work.words)
  }
}

export interface WorkOptions {
  /** Ends a program or an upload at once; other commands are short and run to their end. */
  readonly signal?: AbortSignal
  readonly onPercent?: (percent: number) => void
}

/** libvirt makes disks and starts machines within this many milliseconds, or something hangs. */
const LIMIT = 300_000

/** Errors: libvirt's, those of the file system (disk-full, permission-denied), program-missing, cancelled, timeout. */
export async function runWork(target: Target, work: Work, options: WorkOptions = {}): Promise<void> {
  switch (work.kind) {
    case 'virsh':
      await virshWrite(target, work.args, { timeoutMs: LIMIT })
      return
    case 'upload':
      await runUpload(target, work, options)
      return
    case 'document':
      await virshWriteDocument(target, work.args, work.xml, { timeoutMs: work.args[0] === 'vol-create-from' ? 0 : LIMIT, secrets: work.secrets })
      return
    case 'copy':
      await watched(work, options, (onStart) => runProgram(target, copyWords(work), options, onStart))
      return
    case 'seed':
      await makeSeed(target, work, options.signal)
      return
    case 'program':
      await runProgram(target, work.words, options)
  }
}

/** Between two looks at how far an upload has come, in milliseconds. */
const LOOK = 200

/** Unlike cp, dd goes through the file in steps, so that its position tells how far it is; holes stay holes. */
const copyWords = ({ from, to }: Extract<Work, { kind: 'copy' }>): string[] => ['dd', `if=${from}`, `of=${to}`, 'bs=4M', 'conv=sparse', 'status=none']

async function runUpload(target: Target, { args, file, bytes }: Extract<Work, { kind: 'upload' }>, options: WorkOptions): Promise<void> {
  const { signal } = options
  await watched({ from: file, bytes }, options, (onStart) => virshWrite(target, args, { signal, timeoutMs: 0, onStart }))
}

/** A program that says nothing while it sends a file: what it has read of it is what it has sent, but for what is under way. */
async function watched({ from, bytes }: { readonly from: string; readonly bytes: number }, { onPercent }: WorkOptions, send: (onStart: (pid: number) => void) => Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const look = async (pid: number): Promise<void> => {
    const position = await readPosition(pid, from)
    if (timer !== undefined && position !== null && bytes > 0) onPercent?.(Math.min(100, Math.floor((position / bytes) * 100)))
  }
  const onStart = (pid: number): void => {
    timer = setInterval(() => void look(pid), LOOK)
  }
  try {
    await send(onStart)
  } finally {
    clearInterval(timer)
    timer = undefined
  }
  onPercent?.(100)
}

async function runProgram(target: Target, words: readonly string[], options: WorkOptions, onStart?: (pid: number) => void): Promise<void> {
  const started = Date.now()
  const note = (problem: AppError | null): void =>
    target.log?.({
      connection: target.connection,
      line: commandLine(words),
      startedAt: new Date(started).toISOString(),
      milliseconds: Date.now() - started,
      ok: problem === null,
      error: problem && (problem.detail?.split('\n')[0] ?? problem.code),
    })
  try {
    await runToEnd(target, words, options, onStart)
    note(null)
  } catch (problem) {
    note(problem instanceof AppError ? problem : new AppError('internal', {}, String(problem)))
    throw problem
  }
}

async function runToEnd(target: Target, [program = '', ...args]: readonly string[], { signal, onPercent }: WorkOptions, onStart?: (pid: number) => void): Promise<void> {
  const onStdout = (text: string): void => {
    const percent = readPercent(text)
    if (percent !== null) onPercent?.(percent)
  }
  const result = await run(program, args, { env: qemuImgEnvironment, timeoutMs: 0, signal, onStdout, onStart })
  if (result.exitCode !== 0) throw errorFromOutput(result.stderr, target.uri)
}
