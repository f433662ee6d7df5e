/**
 * Whether this user may use libvirt's system daemon without being asked for a password. Found without connecting: a
 * connection might ask (polkit). https://libvirt.org/auth.html, pkcheck(1)
 */
import { constants, type Stats } from 'node:fs'
import { access, readFile, stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import type { ConnectionNeed } from '../../shared/model/connection.ts'
import { isCode } from '../libvirt/errors.ts'
import { systemSockets } from '../libvirt/uri.ts'
import { run } from '../system/exec.ts'
import { isInstalled } from './check.ts'

/** polkit's service may have to be started first. */
const PKCHECK_MS = 10_000
const PASSWORD_MS = 120_000
const manage = 'org.libvirt.unix.manage'
/** A detail of the answer where a password gave the right; pkcheck prints the full stop as an octal number. */
const temporary = /^polkit(?:\.|\\56)temporary_authorization_id=/m
/** One where a password that is given will hold for some minutes. */
const kept = /^polkit(?:\.|\\56)retains_authorization_after_challenge=/m

export interface Rights {
  /** What stands between this user and the daemon; null: nothing, and nothing is asked. */
  readonly needs: ConnectionNeed | null
  /** A password was given that polkit keeps for some minutes; after that it asks again. */
  readonly forNow: boolean
}

const free: Rights = { needs: null, forNow: false }
const need = (needs: ConnectionNeed): Rights => ({ needs, forNow: false })

/** Whether what this user lacks is a password that somebody might be asked for, as far as is known. */
export const mayAsk = (needs: ConnectionNeed | null): boolean => needs !== null && ['password', 'not-kept', 'unknown'].includes(needs.kind)

/** The rights on the daemon that a URI goes to; where it goes to no daemon of this computer's system, nothing is in the way. */
export async function rightsOn(uri: string): Promise<Rights> {
  const sockets = systemSockets(uri)
  if (sockets.length === 0 || process.geteuid?.() === 0) return free
  const socket = await firstThere(sockets)
  // without libvirt nobody is asked: connecting fails, and says what to install
  if (socket === null) return (await isInstalled('libvirt-daemon')) ? need({ kind: 'service' }) : free
  if (!socket.open) return need(await groupNeeded(socket.stats?.gid ?? 0))
  return socket.stats !== null && isOwn(socket.stats) ? free : askPolkit()
}

interface Socket {
  /** Null where the folder may not be entered. */
  readonly stats: Stats | null
  readonly open: boolean
}

async function firstThere(paths: readonly string[]): Promise<Socket | null> {
  for (const path of paths) {
    try {
      const stats = await stat(path)
      const open = await access(path, constants.R_OK | constants.W_OK).then(() => true, () => false)
      return { stats, open }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EACCES') return { stats: null, open: false }
    }
  }
  return null
}

/** The socket lets this user in by name: as its owner, or as a member of its group. */
function isOwn({ uid, gid, mode }: Stats): boolean {
  if (uid === process.geteuid?.()) return true
  const groups = [process.getegid?.(), ...(process.getgroups?.() ?? [])]
  return groups.includes(gid) && (mode & 0o060) === 0o060
}

/** The group whose members may open the socket, where that is not root's own. */
async function groupNeeded(gid: number): Promise<ConnectionNeed> {
  if (gid === 0) return { kind: 'group', group: null }
  const line = await run('getent', ['group', String(gid)], { timeoutMs: 5_000 }).then((done) => done.stdout, () => '')
  const [group = '', , , members = ''] = line.trim().split(':')
  if (group === '') return { kind: 'group', group: null }
  return { kind: members.split(',').includes(userInfo().username) ? 'login' : 'group', group }
}

/** pkcheck without --allow-user-interaction: it answers, and asks nobody. */
async function askPolkit(): Promise<Rights> {
  // a question that was under way while polkit's service is started anew gets no answer; the next one does
  return (await polkitsAnswer()) ?? (await polkitsAnswer()) ?? need({ kind: 'unknown' })
}

/** Null where there is no pkcheck, or polkit does not answer: nobody can tell. */
async function polkitsAnswer(): Promise<Rights | null> {
  try {
    const { exitCode, stdout } = await run('pkcheck', await question(), { timeoutMs: PKCHECK_MS })
    switch (exitCode) {
      case 0:
        return { needs: null, forNow: temporary.test(stdout) }
      case 1:
        return need({ kind: 'refused' })
      case 2:
        return need({ kind: kept.test(stdout) ? 'password' : 'not-kept' })
      case 3:
        return need({ kind: 'password' })
    }
    return null
  } catch (error) {
    // one that is silent for so long is not asked again
    return isCode(error, 'timeout') ? need({ kind: 'unknown' }) : null
  }
}

/** nobody: there is no agent that could ask. unknown: polkit does not answer. */
export type PasswordOutcome = 'given' | 'refused' | 'nobody' | 'dismissed' | 'unknown'

/**
 * Lets polkit ask the person for the password, which it keeps for this process. Asked by libvirt there would be 25 s to
 * type it in (its call to polkit waits no longer); here there are two minutes.
 */
export async function askForPassword(): Promise<PasswordOutcome> {
  try {
    const { exitCode } = await run('pkcheck', [...(await question()), '--allow-user-interaction'], { timeoutMs: PASSWORD_MS })
    return (['given', 'refused', 'nobody', 'dismissed'] as const)[exitCode] ?? 'unknown'
  } catch (error) {
    return isCode(error, 'timeout') ? 'dismissed' : 'unknown'
  }
}

/** Whether this very process may manage libvirt: pkcheck's arguments. */
async function question(): Promise<string[]> {
  return ['--action-id', manage, '--process', `${process.pid},${await startTime()},${process.getuid?.() ?? 0}`]
}

/** When this process began, in ticks since the computer did: field 22 of proc(5)'s stat. The name before may hold anything. */
async function startTime(): Promise<string> {
  const text = await readFile('/proc/self/stat', 'utf8')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '0'
}
