/** Computers that talk to a test's guests by TCP: the lab's own host, and one in a network namespace beside it. */
import { spawn } from 'node:child_process'
import { readlinkSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { until } from './poll.ts'
import { asUser } from './user.ts'

/** What came back: who answered and the address that it saw, or why nobody did. */
export type Answer =
  | { readonly by: string; readonly seenAs: string }
  | { readonly fault: 'refused' | 'network unreachable' | 'host unreachable' | 'no answer' }

export interface Station {
  readonly name: string
  readonly pid: number
  /** Asks the server on port 7000 of that address, for two seconds at most. */
  ask(address: string): Promise<Answer>
  /** Runs a program where this computer's network is; throws where it fails. */
  run(...argv: readonly string[]): Promise<string>
  /** The words that begin a command there. */
  readonly inside: readonly string[]
  stop(): void
}

const server = fileURLToPath(new URL('./station-server.mjs', import.meta.url))

/** Starts a computer called `name`: in a network namespace of its own, which has nothing but its loopback, or on the lab's host. */
export async function startStation(name: string, where: 'here' | 'apart'): Promise<Station> {
  const apart = where === 'apart' ? ['unshare', '--net', '--'] : []
  const [program = '', ...args] = [...apart, process.execPath, server, name]
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const pid = child.pid ?? 0
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  await until(`the computer ${name}`, 10_000, () => (said.includes('ready\n') ? true : undefined))
  said = ''
  if (where === 'apart' && namespaceOf(pid) === namespaceOf(process.pid)) throw new Error(`${name} is not apart`)
  const inside = where === 'apart' ? ['nsenter', '--target', String(pid), '--net', '--'] : []
  const run = async (...argv: readonly string[]): Promise<string> => {
    const done = await asUser('root').exec([...inside, ...argv])
    if (done.code !== 0) throw new Error(`${name}: ${argv.join(' ')}: ${done.stderr.trim()}`)
    return done.stdout
  }
  const ask = async (address: string): Promise<Answer> => {
    child.stdin.write(`${address}\n`)
    const line = new RegExp(`^${address.replaceAll('.', '\\.')}: (.*)\n`, 'm')
    const found = await until(`what ${name} hears of ${address}`, 10_000, () => line.exec(said) ?? undefined)
    said = said.replace(line, '')
    return readAnswer(found[1] ?? '')
  }
  return { name, pid, ask, run, inside, stop: () => void child.kill('SIGKILL') }
}

const namespaceOf = (pid: number): string => readlinkSync(`/proc/${pid}/ns/net`)

/** Node's codes and busybox's words are the kernel's answers. */
export function readAnswer(text: string): Answer {
  const [, by, seenAs] = /^([a-z-]+) ([0-9a-f.:]+)$/.exec(text.trim()) ?? []
  if (by !== undefined && seenAs !== undefined) return { by, seenAs }
  if (/ECONNREFUSED|Connection refused/.test(text)) return { fault: 'refused' }
  if (/ENETUNREACH|Network is unreachable/.test(text)) return { fault: 'network unreachable' }
  if (/EHOSTUNREACH|No route to host|Host is unreachable/.test(text)) return { fault: 'host unreachable' }
  if (/ETIMEDOUT|no answer/.test(text)) return { fault: 'no answer' }
  throw new Error(`neither an answer nor a reason: ${text}`)
}
