/**
 * The only way to libvirt: short-lived virsh processes. Reading goes in batches, many commands in one argument; writing
 * is one process a command with every value an argument of its own; streams are in events.ts. Never on virsh's standard
 * input, which GNU readline reads. https://libvirt.org/manpages/virsh.html
 */
import { randomBytes } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../shared/model/error.ts'
import { fileFailure } from '../../shared/model/file-failure.ts'
import { run } from '../system/exec.ts'
import { runtimeFolder } from '../system/paths.ts'
import { commandLine, withoutSecrets, type Secret } from './command-line.ts'
import { errorFromOutput } from './errors.ts'
import { quoteForVirsh, refuseNul } from './quoting.ts'
import type { Memory, Target } from './target.ts'

/** What one command of a batch gave. */
export type Answer = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly error: AppError }

export interface ReadOptions {
  readonly signal?: AbortSignal
  /** Milliseconds for the whole batch; 30 s where not given. */
  readonly timeoutMs?: number
}

export interface WriteOptions extends ReadOptions {
  /** Progress that the command prints on stderr. */
  readonly onStderr?: (text: string) => void
  /** Called with the id of virsh's process. */
  readonly onStart?: (pid: number) => void
  /** Values that no log may hold. */
  readonly secrets?: readonly Secret[]
  readonly env?: Readonly<Record<string, string>>
  /** The option that names the file of a document; "file" where not given. */
  readonly documentOption?: string
}

/** English messages, and UTF-8 in names (under plain C virsh prints `ñ` as `\xff`). */
export const virshEnvironment: Readonly<Record<string, string>> = { LC_ALL: 'C.UTF-8', LANGUAGE: 'C' }

/** One argument of a process holds 128 KiB at most (MAX_ARG_STRLEN). */
const MAX_ARGUMENT = 120 * 1024

/**
 * Runs reading commands in as few processes as possible and answers one by one, also after one that fails.
 * Errors: virsh-missing, timeout, cancelled, and those of the connection; the error of a single command is its answer.
 */
export async function virshRead(
  target: Target,
  commands: readonly (readonly string[])[],
  options: WriteOptions = {},
): Promise<Answer[]> {
  const done = target.memory?.done.map(batchText) ?? []
  const answers: Answer[] = []
  for (const batch of batches(commands, done)) answers.push(...(await runBatch(target, [...done, ...batch], options)).slice(done.length))
  return answers
}

/** One reading command; its failure is thrown. */
export async function virshReadOne(target: Target, command: readonly string[], options: ReadOptions = {}): Promise<string> {
  const [answer] = await virshRead(target, [command], options)
  return textOf(answer)
}

/** The text of an answer, or its error thrown. */
export function textOf(answer: Answer | undefined): string {
  if (!answer) throw new AppError('internal', {}, 'virsh gave fewer answers than it had commands')
  if (!answer.ok) throw answer.error
  return answer.text
}

/**
 * Runs one command that changes something and notes it in the command log.
 * Errors: by libvirt's text (errors.ts), and virsh-missing, timeout, cancelled.
 */
export async function virshWrite(target: Target, args: readonly string[], options: WriteOptions = {}): Promise<string> {
  const line = commandLine(shownWords(target, args), { secrets: options.secrets, env: options.env })
  return noted(target, line, options, () => runOne(target, args, options))
}

/**
 * Like virshWrite for a command that reads a document: `args` without the file, which is named last as `--file=` or so (0600,
 * in the runtime folder, removed in any case). The command log shows it as a here-document.
 */
export async function virshWriteDocument(
  target: Target,
  args: readonly string[],
  xml: string,
  options: WriteOptions = {},
): Promise<string> {
  const line = documentLine(target, args, xml, options)
  const runWith = (path: string): Promise<string> => runOne(target, [...args, `--${options.documentOption ?? 'file'}=${path}`], options)
  return noted(target, line, options, async () => (target.memory ? runWith(await target.memory.keep(xml)) : withDocument(xml, runWith)))
}

/** The line that virshWrite would note, for showing what is going to be done. */
export function previewLine(target: Target, args: readonly string[]): string {
  return commandLine(shownWords(target, args))
}

/** The lines that virshWriteDocument would note. */
export function documentLine(target: Target, args: readonly string[], xml: string, options: Pick<WriteOptions, 'secrets' | 'env'> = {}): string {
  return commandLine(shownWords(target, args), { document: xml, secrets: options.secrets, env: options.env })
}

/** Runs `use` with a private file that holds the text. */
export async function withDocument<T>(text: string, use: (path: string) => Promise<T>): Promise<T> {
  const path = await temporaryPath('.xml')
  try {
    await writeFile(path, text, { mode: 0o600, flag: 'wx' }).catch((problem: unknown) => Promise.reject(fileFailure(problem, path)))
    return await use(path)
  } finally {
    await rm(path, { force: true })
  }
}

/** A path in the runtime folder that nothing uses yet. Whoever asks removes it. */
export async function temporaryPath(suffix: string): Promise<string> {
  const folder = runtimeFolder()
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return join(folder, `${randomBytes(12).toString('hex')}${suffix}`)
}

/** `virsh -c URI …`, the line that shows the same to a person who reads. */
function shownWords(target: Pick<Target, 'uri'>, args: readonly string[]): string[] {
  return ['virsh', '-c', target.uri, ...args]
}

async function noted(target: Target, line: string, options: WriteOptions, work: () => Promise<string>): Promise<string> {
  const started = Date.now()
  const note = (error: string | null): void =>
    target.log?.({
      connection: target.connection,
      line,
      startedAt: new Date(started).toISOString(),
      milliseconds: Date.now() - started,
      ok: error === null,
      error: error === null ? null : withoutSecrets(error, options.secrets),
    })
  try {
    const text = await work()
    note(null)
    return text
  } catch (error) {
    note(firstLine(error))
    throw error
  }
}

function firstLine(error: unknown): string {
  const text = error instanceof AppError ? (error.detail ?? error.code) : String(error)
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  // virsh's own first line only says what was tried; the reason is libvirt's, in the second
  return (/^failed to /i.test(lines[0] ?? '') ? lines[1] : undefined) ?? lines[0] ?? text
}

async function runOne(target: Target, args: readonly string[], options: WriteOptions): Promise<string> {
  for (const word of args) refuseNul(word)
  if (target.memory) return remembered(target, target.memory, args, options)
  const result = await runVirsh(target, args, options)
  if (result.exitCode !== 0) throw errorFromOutput(withoutSecrets(result.stderr, options.secrets), target.uri)
  return result.stdout
}

async function remembered(target: Target, memory: Memory, args: readonly string[], options: WriteOptions): Promise<string> {
  memory.refuse(args)
  const [answer] = await virshRead(target, [args], options)
  const text = textOf(answer)
  memory.done.push(args)
  Object.assign(memory.env, options.env)
  return text
}

/** What virsh opens for a connection. */
export const uriToOpen = ({ uri, memory, proxy }: Target): string => proxy?.uri ?? memory?.uri ?? uri

async function runVirsh(target: Target, words: readonly string[], options: WriteOptions) {
  refuseNul(target.uri)
  try {
    return await run('virsh', ['-q', '-c', uriToOpen(target), ...words], {
      env: { ...virshEnvironment, ...target.memory?.env, ...options.env },
      timeoutMs: options.timeoutMs,
      signal: options.signal,
      onStderr: options.onStderr,
      onStart: options.onStart,
    })
  } catch (error) {
    if (error instanceof AppError && error.code === 'program-missing') throw new AppError('virsh-missing', {}, error.detail)
    // it wrote to a libvirtd that is no longer there
    if (error instanceof AppError && error.params['signal'] === 'SIGPIPE') throw new AppError('connection-gone', { uri: target.uri }, error.detail)
    throw error
  }
}

/** The commands as virsh's own parser reads them, cut where an argument would grow too long with what stands `before`. */
function batches(commands: readonly (readonly string[])[], before: readonly string[]): string[][] {
  const room = MAX_ARGUMENT - before.reduce((sum, text) => sum + bytesOf(text), 0)
  const result: string[][] = []
  let size = Infinity
  for (const command of commands) {
    const text = batchText(command)
    const bytes = bytesOf(text)
    if (bytes > room) throw new AppError('too-large', { program: 'virsh' })
    if (size + bytes > room) {
      result.push([])
      size = 0
    }
    result.at(-1)?.push(text)
    size += bytes
  }
  return result
}

/** Bytes that frame a command: two echoes of a token. */
const FRAME = 2 * 40 + 32

const batchText = (command: readonly string[]): string => command.map(quoteForVirsh).join(' ')
const bytesOf = (text: string): number => Buffer.byteLength(text) + FRAME

/**
 * After each command its token is echoed on both streams, so that what each command printed on which is known whatever
 * the order of reading. A command that virsh does not know, and a connection that fails, end the batch before its first token.
 */
async function runBatch(target: Target, batch: readonly string[], options: ReadOptions): Promise<Answer[]> {
  const token = `vivero-${randomBytes(12).toString('hex')}`
  const text = batch.map((command) => `${command}; echo ${token}; echo --err ${token}`).join('; ')
  const result = await runVirsh(target, [text], options)
  const texts = result.stdout.split(token)
  const errors = result.stderr.split(`error: ${token}\n`)
  if (texts.length !== batch.length + 1 || errors.length !== batch.length + 1) {
    throw errorFromOutput(errors.at(-1) ?? result.stderr, target.uri)
  }
  return batch.map((_, index) => {
    const complaint = errors[index] ?? ''
    if (/^error: /m.test(complaint)) return { ok: false, error: errorFromOutput(complaint, target.uri) }
    return { ok: true, text: texts[index] ?? '' }
  })
}
