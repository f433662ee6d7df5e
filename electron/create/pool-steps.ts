/** The steps that make a pool, or start one that is off. */
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { connectionKind } from '../libvirt/connection.ts'
import { buildFolderPool, poolDefineArguments } from '../libvirt/pool/index.ts'
import type { Target } from '../libvirt/target.ts'
import { poolNamed } from './disk-place.ts'
import type { Identity } from './identity.ts'
import { isFolderWritable } from './permissions.ts'
import type { Place } from './place.ts'
import { message, virshStep, type Step } from './steps.ts'
import type { Surroundings } from './surroundings.ts'

/** define, build, start and autostart of the default pool; the start of a pool that is off; or nothing. */
export async function poolSteps(target: Target, place: Place, around: Surroundings, identity: Identity): Promise<Step[]> {
  const { pool } = place
  if (pool === null) return []
  const option = `--pool=${pool}`
  if (place.newPool) return newPoolSteps(target, { name: pool, path: place.folder, uuid: identity.poolUuid, option }, true)
  const start: Step = { message: message('pool-start', { pool }), work: virshStep('pool-start', option), undo: [virshStep('pool-destroy', option)], undoesPool: pool, pool, doneAlready: 'already-active' }
  return poolNamed(around, pool)?.active ? [] : [start]
}

export interface NewPool {
  readonly name: string
  readonly path: string
  readonly uuid: string
  /** How its commands name it. */
  readonly option: string
}

/** define; with `start` build, start and autostart too. */
export async function newPoolSteps(target: Target, spec: NewPool, start: boolean): Promise<Step[]> {
  const { name: pool, path, uuid, option } = spec
  const xml = buildFolderPool({ name: pool, path, uuid })
  const define: Step = { message: message('pool-define', { pool, path }), work: { kind: 'document', args: poolDefineArguments, xml }, undo: [endPool('pool-undefine', `--pool=${uuid}`)], undoPartly: true, undoesPool: pool }
  if (!start) return [define]
  return [
    define,
    ...(await buildSteps(target, spec)),
    { message: message('pool-start', { pool }), work: virshStep('pool-start', option), undo: [virshStep('pool-destroy', option)], undoPartly: true, undoesPool: pool, pool, doneAlready: 'already-active' },
    { message: message('pool-autostart', { pool }), work: virshStep('pool-autostart', option), pool },
  ]
}

const endPool = (verb: string, option: string) => ({ kind: 'end-pool', args: [verb, option], option }) as const

/**
 * Makes the pool's folder. libvirt's root would own it in the home of a person, who could copy nothing in: there the
 * person makes it first, open for QEMU's user to enter, and libvirt finds it there.
 */
export async function buildSteps(target: Target, { name: pool, path, option }: Omit<NewPool, 'uuid'>): Promise<Step[]> {
  const missing = await missingFolders(path)
  const session = connectionKind(target.uri) === 'session'
  const own = missing[0] !== undefined && (await isFolderWritable(dirname(missing[0])))
  const text = message('pool-build', { pool, path })
  const takeBack = { undo: [{ kind: 'remove-folders', paths: missing }], undoPartly: true, undoesPool: pool } as const
  if (own && !session && process.getuid?.() !== 0) {
    const made: Step = { message: text, work: { kind: 'program', words: ['mkdir', '-m', '0711', '--', ...missing] }, ...takeBack }
    return [made, { message: text, work: virshStep('pool-build', option), pool }]
  }
  const above = missing.slice(0, -1)
  const byLibvirt = { undo: missing.length === 0 ? [] : [endPool('pool-delete', option), ...(above.length === 0 ? [] : [{ kind: 'remove-root-folders', paths: above } as const])], undoesPool: pool }
  return [{ message: text, work: virshStep('pool-build', option), ...(own ? takeBack : byLibvirt), pool }]
}

/** The folders of a path that are not there yet, outermost first; what cannot be looked at counts as there. */
async function missingFolders(path: string): Promise<string[]> {
  const missing: string[] = []
  for (let folder = path; await isMissing(folder); folder = dirname(folder)) missing.unshift(folder)
  return missing
}

const isMissing = (path: string): Promise<boolean> =>
  stat(path).then(
    () => false,
    (problem: unknown) => problem instanceof Error && 'code' in problem && problem.code === 'ENOENT',
  )
