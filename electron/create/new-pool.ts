/** A pool that is a folder: what is to be said before it is made, and making it. */
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { randomUUID } from 'node:crypto'
import { AppError } from '../../shared/model/error.ts'
import type { Pool, StorageFinding } from '../../shared/model/storage.ts'
import { realPath } from '../images/backing.ts'
import { connectionKind, processOwner } from '../libvirt/connection.ts'
import { poolList } from '../libvirt/pool/index.ts'
import type { Target } from '../libvirt/target.ts'
import { expandPath, sessionImagesFolder } from '../system/paths.ts'
import { userFacts } from '../system/users.ts'
import { nameProblems } from './checks/names.ts'
import { unkeepable } from './kept-paths.ts'
import { isAllowed, isFolderWritable, mendingCommand } from './permissions.ts'
import { buildSteps, newPoolSteps } from './pool-steps.ts'
import { closedFolder } from './qemu-access.ts'
import { runSteps } from './run-steps.ts'
import { DEFAULT_POOL, SYSTEM_IMAGES } from './surroundings.ts'

/** As a person typed it. */
export interface PoolWish {
  readonly name: string
  readonly path: string
}

/** The pool that virt-install and virt-manager take first too. */
export const defaultPool = (target: Target): PoolWish => ({
  name: DEFAULT_POOL,
  path: connectionKind(target.uri) === 'session' ? sessionImagesFolder() : SYSTEM_IMAGES,
})

const finding = (level: StorageFinding['level'], field: StorageFinding['field']) => (code: string, params: StorageFinding['params'] = {}): StorageFinding => ({ field, level, code, params })
const wrongName = finding('error', 'name')
const wrongPath = finding('error', 'path')

/** What stops the pool, and what is worth knowing; said before libvirt refuses. */
export async function checkPool(target: Target, wish: PoolWish): Promise<{ readonly path: string; readonly findings: readonly StorageFinding[] }> {
  const pools = await poolList(target)
  if (wish.path.trim() === '') return { path: '', findings: [...checkName(wish.name, pools), wrongPath('pool-path-empty')] }
  const path = expandPath(wish.path)
  return { path, findings: [...checkName(wish.name, pools), ...(await checkPath(target, path, pools))] }
}

function checkName(name: string, pools: readonly Pool[]): StorageFinding[] {
  if (name.trim() === '') return [wrongName('pool-name-empty')]
  const found = nameProblems(name).map(({ code, params }) => wrongName(code, params))
  return pools.some((pool) => pool.name === name) ? [...found, wrongName('pool-name-taken', { name })] : found
}

async function checkPath(target: Target, path: string, pools: readonly Pool[]): Promise<StorageFinding[]> {
  const reason = unkeepable(path)
  if (reason !== null) return [wrongPath(`target-${reason}`)]
  const real = await realFolder(path)
  for (const pool of pools) {
    // libvirt compares the words alone: a link, or `..`, would give one folder two pools
    if (pool.path !== null && (await realFolder(pool.path)) === real) return [wrongPath('pool-there', { pool: pool.name })]
  }
  const closed = await closedForQemu(target, path)
  return [...(await checkFolder(target, path)), ...closed]
}

/** The path without links, as far as it is there. */
async function realFolder(path: string): Promise<string> {
  const nearest = await nearestThere(path)
  return `${(await realPath(nearest)).replace(/\/$/, '')}${path.slice(nearest.replace(/\/$/, '').length)}`.replace(/\/$/, '') || '/'
}

async function nearestThere(path: string): Promise<string> {
  for (let place = path; ; place = dirname(place)) {
    if (dirname(place) === place || (await stat(place).catch(() => null)) !== null) return place
  }
}

async function checkFolder(target: Target, path: string): Promise<StorageFinding[]> {
  const own = connectionKind(target.uri) === 'session'
  const nearest = await nearestThere(path)
  const facts = await stat(nearest).catch(() => null)
  if (facts && !facts.isDirectory()) return [wrongPath('pool-not-folder', { path: nearest })]
  if (nearest === path) {
    // libvirt's own root reads what this person may not
    return !own || (await isAllowed(path, 'read')) ? [] : [wrongPath('pool-folder-closed', { path, command: await mendingCommand(path, 'read') })]
  }
  if (own && !(await isFolderWritable(nearest))) return [wrongPath('default-pool-unwritable', { path, folder: nearest })]
  return [finding('note', 'path')('pool-folder-missing', { path })]
}

/** Its disks would be of no use to machines there. */
async function closedForQemu(target: Target, path: string): Promise<StorageFinding[]> {
  if (connectionKind(target.uri) !== 'system') return []
  const owner = await processOwner(target)
  const closed = owner === null ? null : await closedFolder(await userFacts(owner.uid), `${path}/disk`)
  return closed === null ? [] : [finding('warning', 'path')('target-closed', { user: closed.user, place: closed.path, command: closed.command })]
}

const noControl = { signal: new AbortController().signal, progress: () => undefined, step: () => undefined, log: () => undefined }

/**
 * Defines the pool; with `start` makes its folder too, starts it, now and with libvirt. What fails leaves nothing.
 * Errors: invalid-input (params.finding, where checkPool has one that stops it), and libvirt's.
 */
export async function createPool(target: Target, wish: PoolWish, start: boolean): Promise<{ uuid: string }> {
  const { path, findings } = await checkPool(target, wish)
  const wrong = findings.find((one) => one.level === 'error')
  if (wrong) throw new AppError('invalid-input', { ...wrong.params, field: wrong.field, finding: wrong.code })
  const uuid = randomUUID()
  await runSteps(target, await newPoolSteps(target, { name: wish.name, path, uuid, option: `--pool=${uuid}` }, start), noControl)
  return { uuid }
}

/** Makes the folder of a pool: as this person where that person may, so that it is that person's. Errors: permission-denied. */
export async function buildPool(target: Target, pool: Pool): Promise<void> {
  const steps = await buildSteps(target, { name: pool.name, path: pool.path ?? '', option: `--pool=${pool.uuid}` })
  await runSteps(target, steps, noControl)
}
