/** Where a creation's files go, and free names there. */
import { open } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import type { MediaInspection } from '../../shared/model/media.ts'
import { AppError } from '../../shared/model/error.ts'
import { fileFailure } from '../../shared/model/file-failure.ts'
import type { MachinePlan } from '../../shared/model/plan.ts'
import { poolVolumes } from '../libvirt/pool/index.ts'
import type { Target } from '../libvirt/target.ts'
import { exists } from '../system/exists.ts'
import { makesDefaultPool, poolNamed } from './disk-place.ts'
import { keepableName } from './kept-paths.ts'
import { isAllowed, isFolderWritable } from './permissions.ts'
import { DEFAULT_POOL, type Surroundings } from './surroundings.ts'

export interface Place {
  readonly folder: string
  /** Name of the pool, or null for a folder that is in none. */
  readonly pool: string | null
  /** The pool is not there yet. */
  readonly newPool: boolean
  /** This process can write there itself. */
  readonly writable: boolean
}

/** Errors: not-found (params.pool), when the pool of the plan is gone. */
export async function placeOf(plan: MachinePlan, around: Surroundings): Promise<Place> {
  if (plan.target.kind === 'folder') return { folder: plan.target.path, pool: null, newPool: false, writable: true }
  if (makesDefaultPool(plan, around)) {
    const writable = around.kind === 'session' || process.getuid?.() === 0
    return { folder: around.defaultPoolPath, pool: DEFAULT_POOL, newPool: true, writable }
  }
  const pool = poolNamed(around, plan.target.pool)
  if (!pool) throw new AppError('not-found', { pool: plan.target.pool })
  return { folder: pool.path, pool: pool.name, newPool: false, writable: await isFolderWritable(pool.path) }
}

/**
 * How an image gets there: by a process of this app's where it may write, which makes a disk of its own of it and can be
 * watched and stopped; else sent to libvirt as it is, an overlay without what it stands on; else copied by libvirt, which
 * tells no percents. Or what stops it: a file that this user may not read, an overlay that libvirt does not know.
 */
export type CopyWay = 'convert' | 'upload' | 'clone'

export async function copyWay(path: string, media: Pick<MediaInspection, 'backingPath' | 'pool'>, place: Place): Promise<CopyWay | 'unreadable' | 'overlay'> {
  const readable = await isAllowed(path, 'read')
  if (readable && place.writable) return 'convert'
  if (readable && place.pool !== null && media.backingPath === null) return 'upload'
  if (place.pool !== null && media.pool !== null) return 'clone'
  return readable ? 'overlay' : 'unreadable'
}

/** Gives free paths: NAME.qcow2, or NAME-2.qcow2… where something has that name, as a file or as a volume that this user cannot see. */
export async function freePaths(target: Target, place: Place, around: Surroundings): Promise<(name: string) => Promise<string>> {
  const pool = place.pool === null ? undefined : poolNamed(around, place.pool)
  const volumes = pool?.active ? await poolVolumes(target, pool.uuid, false) : []
  const taken = new Set(volumes.map((volume) => volume.path))
  return async (wanted) => {
    const name = keepableName(wanted)
    const extension = extname(name)
    for (let count = 1; ; count++) {
      const path = join(place.folder, `${basename(name, extension)}${count === 1 ? '' : `-${count}`}${extension}`)
      if (taken.has(path) || (await exists(path))) continue
      taken.add(path)
      return path
    }
  }
}

/** Takes the name: qemu-img would write over a file that came meanwhile. Errors: already-exists, disk-full, folder-missing, permission-denied. */
export async function claim(path: string): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch((problem: unknown) => Promise.reject(fileFailure(problem, path)))
  await file.close()
}

/** Errors: already-exists. */
export async function refuseExisting(path: string): Promise<void> {
  if (await exists(path)) throw new AppError('already-exists', { path })
}
