/**
 * What QEMU may do with a person's files. On the system connection it runs as a user of its own, who must be let through
 * every folder on the way. libvirt gives that user the file itself ("dynamic ownership"), takes what it may write back when
 * the machine is off, and leaves what is only read (an ISO, a base) to that user for good; unless the document says
 * relabel='no'. https://libvirt.org/drvqemu.html#posix-users-groups
 */
import { stat } from 'node:fs/promises'
import { backingChain, realPath } from '../images/backing.ts'
import { mayUse, READ, SEARCH, WRITE } from '../system/access.ts'
import { run } from '../system/exec.ts'
import type { UserFacts } from '../system/users.ts'
import { foldersAbove, mendingLine, type Mending } from './permissions.ts'
import { poolOfFile, type Surroundings } from './surroundings.ts'

export interface Obstacle {
  readonly path: string
  readonly kind: 'folder' | 'file'
  /** Name of QEMU's user. */
  readonly user: string
  /** What lets QEMU's user through, and the same as a line of a shell. */
  readonly mending: Mending
  readonly command: string
}

/** The first folder on the way to a file that QEMU's user may not enter; links are followed. Null where the way is open. */
export async function closedFolder(user: UserFacts | null, path: string): Promise<Obstacle | null> {
  if (user === null) return null
  for (const folder of foldersAbove(await realPath(path))) {
    if (!(await mayUse(user, folder, SEARCH))) return obstacle('folder', user, folder, 'x')
  }
  return null
}

/** What bringing a file into a machine does to whom it belongs to. */
export interface Handover {
  /** QEMU's user gets along with the file as it is: libvirt need not touch it. */
  readonly untouched: boolean
  /** A person's file that libvirt would give to QEMU's user and take back when the machine is off. */
  readonly lent: string | null
  /** A person's file that libvirt would give to QEMU's user for good. */
  readonly lost: string | null
}

type Around = Pick<Surroundings, 'qemuUser' | 'pools'>

/** Of a file that is used where it lies. */
export async function handoverOf({ qemuUser: user, pools }: Around, path: string, kind: 'iso' | 'disk'): Promise<Handover> {
  if (user === null) return { untouched: false, lent: null, lost: null }
  const chain = kind === 'iso' ? [] : await backingChain(path)
  const lacking = (await mayUse(user, path, kind === 'iso' ? READ : READ | WRITE)) ? await firstOf(chain, async (base) => !(await mayUse(user, base, READ))) : path
  if (lacking === null) return { untouched: true, lent: null, lost: null }
  const persons = (file: string): Promise<boolean> => belongsToPerson(file, user, pools)
  const lost = await firstOf(kind === 'iso' ? [path] : chain, persons)
  return { untouched: false, lent: kind === 'disk' && (await persons(path)) ? path : null, lost }
}

/** Root's files in a pool are libvirt's own, as are those of QEMU's user anywhere. */
async function belongsToPerson(path: string, user: UserFacts, pools: Around['pools']): Promise<boolean> {
  const facts = await stat(path).catch(() => null)
  if (facts === null || facts.uid === user.uid) return false
  return facts.uid !== 0 || poolOfFile(pools, path) === undefined
}

/** What keeps QEMU from a file where it lies, though libvirt hands over what it may. Null where nothing does. */
export async function hindrance(around: Around, path: string, kind: 'iso' | 'disk'): Promise<Obstacle | null> {
  const user = around.qemuUser
  if (user === null) return null
  for (const file of [path, ...(kind === 'iso' ? [] : await backingChain(path))]) {
    const folder = await closedFolder(user, file)
    if (folder) return folder
  }
  const { lost } = await handoverOf(around, path, kind)
  return lost === null ? null : obstacle('file', user, lost, 'r')
}

async function firstOf(paths: readonly string[], question: (path: string) => Promise<boolean>): Promise<string | null> {
  for (const path of paths) if (await question(path)) return path
  return null
}

async function obstacle(kind: Obstacle['kind'], user: UserFacts, path: string, right: 'x' | 'r'): Promise<Obstacle> {
  const mending = await lettingIn(user, path, right)
  return { path, kind, user: user.name, mending, command: mendingLine(mending) }
}

/** For this user alone where lists can be set (package acl), else for all. What is one's own needs no root. */
async function lettingIn(user: UserFacts, path: string, right: 'x' | 'r'): Promise<Mending> {
  const facts = await stat(path).catch(() => null)
  const words = (await canSetLists()) ? ['setfacl', '-m', `u:${user.name}:${right}`, path] : ['chmod', `o+${right}`, path]
  return { words, asRoot: facts?.uid !== process.getuid?.() }
}

const canSetLists = (): Promise<boolean> =>
  run('setfacl', ['--version']).then(
    () => true,
    () => false,
  )
