/**
 * What another user may do with a file, from its mode and its access control list: nobody can try that without being that
 * user. https://man7.org/linux/man-pages/man5/acl.5.html
 */
import type { Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { AppError } from '../../shared/model/error.ts'
import { run } from './exec.ts'
import type { UserFacts } from './users.ts'

/** The bits of a mode; 1 is search for a folder. */
export const READ = 4
export const WRITE = 2
export const SEARCH = 1

/** Whether the user has all those bits. A file that is not there, or hidden from this process, gives no reason to say no. */
export async function mayUse(user: UserFacts, path: string, bits: number): Promise<boolean> {
  if (user.uid === 0) return true
  const facts = await stat(path).catch(() => null)
  if (!facts || allowedByMode(user, facts, bits)) return true
  const list = await accessList(path)
  return list !== null && allowedByList(user, facts, list, bits)
}

/** The one class of the three that holds for the user: owner, group or others. */
export function allowedByMode(user: UserFacts, facts: Pick<Stats, 'mode' | 'uid' | 'gid'>, bits: number): boolean {
  const shift = facts.uid === user.uid ? 6 : user.groups.includes(facts.gid) ? 3 : 0
  return ((facts.mode >> shift) & bits) === bits
}

/** An entry of the list: `user:64055:--x`, `group::r-x`, `mask::rwx`. */
const entry = /^(user|group|mask|other):(\d*):([r-])([w-])([x-])/

/** What the list of a file (getfacl, numeric) gives to a user beyond its mode; owners and others are the mode's own. */
export function allowedByList(user: UserFacts, facts: Pick<Stats, 'uid' | 'gid'>, list: string, bits: number): boolean {
  const entries = list.split('\n').flatMap((line) => {
    const [, kind = '', id = '', r, w, x] = entry.exec(line) ?? []
    return kind === '' ? [] : [{ kind, id, bits: (r === 'r' ? READ : 0) | (w === 'w' ? WRITE : 0) | (x === 'x' ? SEARCH : 0) }]
  })
  if (facts.uid === user.uid) return false
  const mask = entries.find(({ kind }) => kind === 'mask')?.bits ?? READ | WRITE | SEARCH
  const enough = (given: number): boolean => (given & mask & bits) === bits
  const own = entries.find(({ kind, id }) => kind === 'user' && id === String(user.uid))
  if (own) return enough(own.bits)
  const groups = entries.filter(({ kind, id }) => kind === 'group' && user.groups.includes(id === '' ? facts.gid : Number(id)))
  return groups.some((one) => enough(one.bits))
}

/** Null where there is no program to read it (package acl): then nothing here has set one either. */
async function accessList(path: string): Promise<string | null> {
  try {
    const { exitCode, stdout } = await run('getfacl', ['--numeric', '--absolute-names', '--omit-header', '--', path], { env: { LC_ALL: 'C.UTF-8' } })
    return exitCode === 0 ? stdout : null
  } catch (problem) {
    if (problem instanceof AppError && problem.code === 'program-missing') return null
    throw problem
  }
}
