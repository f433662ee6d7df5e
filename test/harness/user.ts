import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { chownSync, cpSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { labRootHome } from '../../electron/lab/index.ts'

export interface Output {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface User {
  readonly name: string
  readonly uid: number
  readonly home: string
  readonly env: Readonly<Record<string, string>>
  /** Runs a program to its end as this user, whatever its exit status. */
  exec(argv: readonly string[], options?: ExecOptions): Promise<Output>
  /** Runs virsh as this user and returns what it prints; throws with libvirt's text where it fails. */
  virsh(args: readonly string[], options?: ExecOptions): Promise<string>
  /** Starts a program as this user; it dies with the test at the latest. */
  spawn(argv: readonly string[], options?: SpawnOptions): ChildProcess
  /** Copies a file or folder to a place of this user's, owned by this user. Returns the place. */
  give(source: string, target: string): string
}

export interface ExecOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  readonly cwd?: string
}

const uids: Readonly<Record<string, number>> = { root: 0, alumna: 1000, extrana: 1001 }

/** Throws outside a lab: there every virsh would talk to the person's own libvirt. */
export function requireLab(): void {
  if (process.env['VIVERO_LAB'] !== '1' || process.getuid?.() !== 0) {
    throw new Error('this test runs in a lab only: npm test -- integration (or e2e) [file]')
  }
}

/** A user of the lab: alumna (group libvirt), extrana (no group) or root. */
export function asUser(name: 'alumna' | 'extrana' | 'root'): User {
  const uid = uids[name] ?? 0
  const home = uid === 0 ? labRootHome : `/home/${name}`
  const env = {
    HOME: home,
    USER: name,
    LOGNAME: name,
    SHELL: '/bin/bash',
    LC_ALL: 'C.UTF-8',
    PATH: '/run/lab/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    XDG_RUNTIME_DIR: uid === 0 ? '/run' : `/run/user/${uid}`,
  }
  const start = (argv: readonly string[], options: SpawnOptions = {}): ChildProcess => {
    requireLab()
    return spawn('setpriv', [...identity(uid), '--pdeathsig', 'KILL', '--', ...argv], {
      cwd: home,
      ...options,
      env: { ...env, ...options.env },
    })
  }
  const exec = (argv: readonly string[], options: ExecOptions = {}): Promise<Output> =>
    collect(start(argv, { cwd: options.cwd ?? home, env: { ...options.env } }), options.input)
  return {
    name,
    uid,
    home,
    env,
    exec,
    spawn: start,
    virsh: async (args, options) => {
      const done = await exec(['virsh', '-q', ...args], options)
      if (done.code !== 0) throw new Error(`virsh ${args.join(' ')}: ${done.stderr.trim()}`)
      return done.stdout
    },
    give: (source, target) => {
      requireLab()
      const place = target.startsWith('/') ? target : join(home, target)
      makeFolder(dirname(place), home, uid)
      cpSync(source, place, { recursive: true })
      execFileSync('chown', ['-R', `${uid}:${uid}`, place])
      return place
    },
  }
}

function identity(uid: number): string[] {
  return ['--reuid', String(uid), '--regid', String(uid), '--init-groups']
}

/** Makes missing folders below the home, each owned by the user. */
function makeFolder(folder: string, home: string, uid: number): void {
  const first = mkdirSync(folder, { recursive: true })
  if (first === undefined || !folder.startsWith(home)) return
  for (let one = folder; one.length >= first.length; one = dirname(one)) chownSync(one, uid, uid)
}

function collect(child: ChildProcess, input: string | undefined): Promise<Output> {
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.stdin?.on('error', () => undefined).end(input ?? '')
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 128, stdout, stderr }))
  })
}
