/** Programs of a test's own, found before the system's: what is started is noted, and pkcheck answers as the test says. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { requireLab, type User } from './user.ts'

/** What pkcheck does: its exit status, and what it prints. */
export interface PkcheckAnswer {
  readonly status: number
  readonly prints?: string
}

export interface StandIns {
  /** For startApp. */
  readonly env: Readonly<Record<string, string>>
  /** From now on. */
  answer(pkcheck: PkcheckAnswer): void
  /** The lines of the started virsh and pkcheck so far, oldest first: program and arguments, with single blanks between. */
  started(): readonly string[]
  /** Forgets what was started. */
  forget(): void
}

const folder = '/run/lab/stand-in'

/** A virsh that notes its arguments and becomes the real one, and a pkcheck that asks nobody or ('real') does the same. */
export function standIns(user: User, first: PkcheckAnswer | 'real'): StandIns {
  requireLab()
  const log = join(folder, 'started')
  const status = join(folder, 'status')
  const prints = join(folder, 'prints')
  mkdirSync(folder, { recursive: true })
  // in one piece: several are started at once
  const note = `line="$(printf '%s' "\${0##*/} $*" | tr '\\n' ' ')"; printf '%s\\n' "$line" >> ${log}`
  const program = (name: string, then: string): void =>
    writeFileSync(join(folder, name), `#!/bin/sh\n${note}\n${then}\n`, { mode: 0o755 })
  program('virsh', 'exec /usr/bin/virsh "$@"')
  program('pkcheck', first === 'real' ? 'exec /usr/bin/pkcheck "$@"' : `cat ${prints}\nexit "$(cat ${status})"`)
  const answer = (next: PkcheckAnswer): void => {
    writeFileSync(prints, next.prints ?? '')
    writeFileSync(status, String(next.status))
  }
  const forget = (): void => {
    rmSync(log, { force: true })
    writeFileSync(log, '')
    execFileSync('chown', [String(user.uid), log])
  }
  if (first !== 'real') answer(first)
  forget()
  return {
    env: { PATH: `${folder}:${user.env['PATH'] ?? ''}` },
    answer,
    started: () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter((line) => line !== '') : []),
    forget,
  }
}

/** Lets everybody open the system daemon's socket, as distributions do that leave the question to polkit; undone by what it answers. */
export function socketForEverybody(): () => void {
  requireLab()
  const socket = '/run/libvirt/libvirt-sock'
  execFileSync('chmod', ['0777', socket])
  return () => void execFileSync('chmod', ['0770', socket])
}
