/**
 * What is left of a creation that the app's death broke off, and may be taken back: files that came into being while it
 * was at work and that no machine uses, and its pool where nothing else is in it.
 */
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Pool } from '../../shared/model/storage.ts'
import { machineFiles, usageOf, type Usage } from '../images/usage.ts'
import { connectionKind } from '../libvirt/connection.ts'
import { poolList, poolVolumes } from '../libvirt/pool/index.ts'
import type { Target } from '../libvirt/target.ts'
import type { BrokenOff } from './journal.ts'
import { isBusyPool } from './pool-users.ts'
import { takeBack, undoLine, type Taken } from './take-back.ts'

/** File systems and clocks count in ticks of their own, in milliseconds. */
const TICK_MS = 1_000

interface Scene {
  readonly target: Target
  readonly broken: BrokenOff
  readonly pools: readonly Pool[]
  readonly usage: Usage
}

/** Newest first, as it is taken back. Errors: libvirt's. */
export async function leftOver(target: Target, broken: BrokenOff): Promise<readonly Taken[]> {
  const pools = await poolList(target)
  const folders = new Map(pools.flatMap((pool) => (pool.path === null ? [] : [[pool.name, pool.path]])))
  const scene = { target, broken, pools, usage: await usageOf(await machineFiles(target, folders)) }
  const files = await filter(broken.made, (one) => isLeftFile(scene, one))
  const paths = new Set(files.flatMap(({ undo }) => ('path' in undo ? undo.path : [])))
  const kept = new Map<string, boolean>()
  for (const name of new Set(broken.made.flatMap(({ pool }) => pool ?? []))) kept.set(name, await isInUse(scene, name, paths))
  return filter(broken.made, async (one) => {
    if ('path' in one.undo) return files.includes(one)
    // of a pool that stays the folder is read again
    if (one.pool === null) return files.length > 0
    return kept.get(one.pool) === false && isThere(scene, one)
  })
}

/** The lines that take it back. */
export const leftLines = (target: Target, left: readonly Taken[]): string[] => left.map(({ undo }) => undoLine(target, undo))

/** Answers the lines of what resists. */
export const takeBackLeft = (target: Target, left: readonly Taken[]): Promise<string[]> => takeBack(target, left, (pool) => isBusyPool(target, pool))

async function filter<T>(items: readonly T[], holds: (item: T) => Promise<boolean>): Promise<T[]> {
  const answers = await Promise.all(items.map(holds))
  return items.filter((_, index) => answers[index])
}

async function isLeftFile({ target, broken, pools, usage }: Scene, { undo }: Taken): Promise<boolean> {
  if (!('path' in undo)) return false
  const { path } = undo
  if ((await usage.usersOf(path)).length > 0 || (await usage.machinesAbove(path)).length > 0) return false
  if (isElsewhere(target)) return undo.kind === 'delete-volume' && isVolume(target, pools, undo.args)
  const facts = await stat(path).catch((problem: unknown) => (isMissing(problem) ? null : undefined))
  // what this user may not look at is libvirt's to find
  if (!facts) return facts === undefined
  const born = facts.birthtimeMs
  // some file systems do not know
  return born === 0 || (born >= Date.parse(broken.startedAt) - TICK_MS && born <= Date.parse(broken.foundAt))
}

const isElsewhere = ({ uri }: Target): boolean => !['session', 'system'].includes(connectionKind(uri))
const isMissing = (problem: unknown): boolean => problem instanceof Error && 'code' in problem && problem.code === 'ENOENT'

async function isVolume(target: Target, pools: readonly Pool[], args: readonly string[]): Promise<boolean> {
  const valueOf = (option: string): string | undefined => args.find((word) => word.startsWith(option))?.slice(option.length)
  const pool = pools.find((one) => one.name === valueOf('--pool='))
  if (!pool?.active) return false
  return (await poolVolumes(target, pool.uuid, false)).some((volume) => basename(volume.path) === valueOf('--vol='))
}

/** Whether somebody works with the pool, or anything is in it but what is taken back. */
async function isInUse({ target, pools }: Scene, name: string, paths: ReadonlySet<string>): Promise<boolean> {
  if (isBusyPool(target, name)) return true
  const pool = pools.find((one) => one.name === name)
  if (!pool?.active) return false
  return (await poolVolumes(target, pool.uuid, true)).some((volume) => !paths.has(volume.path))
}

async function isThere({ pools }: Scene, { undo, pool }: Taken): Promise<boolean> {
  if (undo.kind !== 'remove-folders' && undo.kind !== 'remove-root-folders') return pools.some((one) => one.name === pool)
  const found = await Promise.all(undo.paths.map((path) => stat(path).catch(() => null)))
  return found.some((facts) => facts !== null)
}
