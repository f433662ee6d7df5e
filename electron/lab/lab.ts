import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Readable, Writable } from 'node:stream'
import { startInNamespaces, type NamespaceProcess, type StreamTarget } from '../system/namespace-process.ts'
import { labEnvironment } from './environment.ts'

/** A user who exists in the lab alone, with a home and a runtime folder of her own. */
export interface LabUser {
  readonly name: string
  readonly uid: number
  readonly groups: readonly string[]
}

/** alumna may use the lab's system libvirt, extrana belongs to no group at all. */
export const labUsers: readonly LabUser[] = [
  { name: 'alumna', uid: 1000, groups: ['libvirt'] },
  { name: 'extrana', uid: 1001, groups: [] },
]

export interface LabOptions {
  readonly users?: readonly LabUser[]
  /** alumna can start a lab of her own in this one; only where this one belongs to the machine's root. */
  readonly nested?: boolean
  /** alumna and libvirt's machines can open /dev/kvm where the machine has it; without this nobody can. */
  readonly kvm?: boolean
  /** Folders or files copied in, readable for all: path in the lab -> path outside. */
  readonly payload?: Readonly<Record<string, string>>
  /** The same, bound instead of copied where everything in it is readable for all as it is. */
  readonly share?: Readonly<Record<string, string>>
  /** Paths that stay visible although /home, /root, /run, /tmp, /var/tmp and /var/log are empty in a lab. */
  readonly keep?: readonly string[]
  /** Paths of the machine that can be written from a lab; all else of its own is read-only in there. */
  readonly write?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
  readonly stdin?: StreamTarget
  readonly stdout?: StreamTarget
  readonly stderr?: StreamTarget
}

export interface Lab {
  /** The process outside; with its end everything in the lab ends. */
  readonly pid: number | undefined
  readonly stdin: Writable | null
  readonly stdout: Readable | null
  readonly stderr: Readable | null
  /** The command's exit status. */
  readonly exited: Promise<number>
  /** Ends the lab at once, with everything that runs in it. */
  stop(): Promise<void>
}

/** A lab that could not be made; the message is the reason in the kernel's or libvirt's own words. */
export class LabError extends Error {
  override readonly name = 'LabError'
}

/**
 * Starts `command` as root of a new lab: a libvirt of its own in namespaces of its own, which as root need no user
 * namespace and as an ordinary user do. Resolves once libvirt answers; throws LabError with the reason otherwise.
 */
export async function startLab(command: readonly string[], options: LabOptions = {}): Promise<Lab> {
  const mode = labMode()
  if (mode === 'user' && options.nested === true)
    throw new LabError('a lab in a lab needs the outer one to be made by root')
  const program = [insideScript(), ...insideArguments(mode, options), '--', ...command]
  const running = startInNamespaces(program, process.getuid?.() !== 0, {
    env: labEnvironment(process.env, options.env),
    stdin: options.stdin ?? 'inherit',
    stdout: options.stdout ?? 'inherit',
    stderr: options.stderr ?? 'inherit',
  })
  await untilReady(running)
  return {
    pid: running.pid,
    stdin: running.stdin,
    stdout: running.stdout,
    stderr: running.stderr,
    exited: running.exited,
    stop: async () => {
      running.kill('SIGKILL')
      await running.exited
    },
  }
}

/** Runs `command` in a lab to its end and returns its exit status. Throws LabError where no lab can be made. */
export async function runInLab(command: readonly string[], options: LabOptions = {}): Promise<number> {
  const lab = await startLab(command, options)
  return lab.exited
}

/** root: the machine's own; user: anybody else, also who is root of nothing more than a user namespace. */
export function labMode(): 'root' | 'user' {
  const everyUser = /^\s*0\s+0\s+4294967295\s*$/
  return process.getuid?.() === 0 && everyUser.test(readFileSync('/proc/self/uid_map', 'utf8')) ? 'root' : 'user'
}

function insideScript(): string {
  return fileURLToPath(new URL('./inside.sh', import.meta.url))
}

/** The options of inside.sh, each value an argument of its own. */
function insideArguments(mode: 'root' | 'user', options: LabOptions): string[] {
  const cwd = options.cwd ?? process.cwd()
  const keep = new Set([cwd, process.execPath, ...(options.keep ?? [])])
  const home = userInfo().homedir
  const pairs = (flag: string, map: Readonly<Record<string, string>> = {}): string[] =>
    Object.entries(map).flatMap(([target, source]) => [flag, target, source])
  return [
    ...['--mode', mode],
    ...['--cwd', cwd],
    ...['--node', process.execPath],
    ...(options.users ?? labUsers).flatMap((one) => ['--user', one.name, String(one.uid), one.groups.join(',')]),
    ...(['/root', '/'].includes(home) ? [] : ['--hide', home]),
    ...[...keep].flatMap((path) => ['--keep', path]),
    ...(options.write ?? []).flatMap((path) => ['--write', path]),
    ...pairs('--payload', options.payload),
    ...pairs('--share', options.share),
    ...(options.nested === true ? ['--nested', 'alumna'] : []),
    ...(options.kvm === true ? ['--kvm', 'alumna'] : []),
  ]
}

async function untilReady(running: NamespaceProcess): Promise<void> {
  let complaints = ''
  running.complaints.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
  })
  const word = new Promise<boolean>((resolve) => {
    let heard = ''
    running.signals.setEncoding('utf8').on('data', (text: string) => {
      heard += text
      if (heard.includes('ready')) resolve(true)
    })
    running.signals.once('close', () => resolve(heard.includes('ready')))
  })
  const failed = running.exited.then(
    () => 'ended',
    (error: unknown) => (complaints += error instanceof Error ? error.message : String(error)),
  )
  if (await Promise.race([word, failed.then(() => false)])) return
  await failed
  throw new LabError(reasonOf(complaints))
}

/** The last line that says why: the shell's own note of the line that failed comes after it and is no reason. */
export function reasonOf(complaints: string): string {
  const lines = complaints
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const telling = lines.filter((line) => !/^lab: ".*" failed \(line \d+\)$/.test(line))
  return telling.at(-1) ?? lines.at(-1) ?? 'the lab ended without a word'
}
