/** The disk images and ISOs that a machine can be made from, and what each is. */
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { MediaFile, MediaInspection } from '../../shared/model/media.ts'
import { AppError } from '../../shared/model/error.ts'
import type { Volume } from '../../shared/model/storage.ts'
import { poolList, poolVolumes } from '../libvirt/pool/index.ts'
import type { Target } from '../libvirt/target.ts'
import { expandPath } from '../system/paths.ts'
import { realPath } from './backing.ts'
import { hasMediaExtension, kindOfName, readFileKind, type FileKind } from './disk-header.ts'
import { inspectFile, recognise, shownSystem, type Inspected, type MediaContext } from './inspect.ts'
import { readAbout } from './library/about.ts'
import { isInLibrary, libraryFiles } from './library/files.ts'
import { machineFiles, usageOf, type PoolFolders, type Usage } from './usage.ts'

export interface MediaPlaces {
  /** The person's download folder, absolute. */
  readonly downloads: string
  /** Files used before, newest first. */
  readonly recent: readonly string[]
}

/** Files that are looked into at the same time. */
const AT_ONCE = 16

interface Candidate {
  readonly path: string
  readonly origin: MediaFile['origin']
  readonly pool: string | null
  readonly volume: Volume | null
}

/** Images and ISOs in the connection's active pools, in the download folder and used before, newest first. What cannot be read is left out, save volumes. */
export async function mediaList(target: Target, places: MediaPlaces): Promise<MediaFile[]> {
  const { volumes, usage } = await surroundings(target)
  const library = (await libraryFiles()).map(({ path }) => ({ path, origin: 'library' as const, pool: null, volume: null }))
  const candidates = [...volumes, ...library, ...(await downloaded(places.downloads)), ...places.recent.map((path) => ({ path, origin: 'recent' as const, pool: null, volume: null }))]
  const files: MediaFile[] = []
  const wanted = await withoutDoubles(candidates)
  for (let index = 0; index < wanted.length; index += AT_ONCE) {
    const group = await Promise.all(wanted.slice(index, index + AT_ONCE).map((candidate) => listed(candidate, usage)))
    files.push(...group.filter((file) => file !== null))
  }
  return files.sort((a, b) => b.modifiedAt - a.modifiedAt || a.path.localeCompare(b.path))
}

/**
 * Looks into a file.
 * Errors: file-missing, file-unreadable, file-wrong-kind (params.path, params.reason), program-missing, timeout.
 */
export async function mediaInspect(target: Target, path: string): Promise<MediaInspection> {
  return (await inspectMedia(target, path)).media
}

/** The same with what was recognised, for a plan. */
export async function inspectMedia(target: Target, given: string, known?: KnownAround): Promise<Inspected> {
  const path = expandPath(given)
  const { usage, poolsByFolder } = known ?? (await surroundings(target))
  const pool = poolsByFolder.get(dirname(path))
  const own = isInLibrary(path)
  const context: MediaContext = { origin: own ? 'library' : pool === undefined ? 'picked' : 'pool', poolsByFolder, usage }
  try {
    const inspected = await inspectFile(path, context)
    if (!own) return inspected
    return { ...inspected, media: { ...inspected.media, fetched: (await readAbout(path))?.facts ?? null } }
  } catch (error) {
    // libvirt's own user may read what this one may not: then its word on the volume counts
    if (pool === undefined || !(error instanceof AppError) || error.code !== 'file-unreadable') throw error
    const volume = (await surroundings(target)).volumes.find((candidate) => candidate.path === path)
    if (!volume) throw error
    return inspectVolume(volume, usage)
  }
}

/** What is known of the connection already, so that it is not read again. */
export interface KnownAround {
  /** Names of active pools by their folders. */
  readonly poolsByFolder: ReadonlyMap<string, string>
  readonly usage: Usage
}

interface Surroundings extends KnownAround {
  readonly volumes: readonly (Candidate & { readonly volume: Volume })[]
}

/** Pools whose volumes are files. */
const filePools = new Set(['dir', 'fs', 'netfs'])

async function surroundings(target: Target): Promise<Surroundings> {
  const pools = (await poolList(target)).filter((pool) => pool.active && filePools.has(pool.type) && pool.path !== null)
  const folders: PoolFolders = new Map(pools.flatMap((pool) => (pool.path === null ? [] : [[pool.name, pool.path]])))
  const lists = await Promise.all(
    pools.map(async (pool) => {
      // one broken pool (a mount that went away) hides no others
      const volumes = await poolVolumes(target, pool.uuid, false).catch(() => [])
      return volumes.map((volume) => ({ path: volume.path, origin: 'pool' as const, pool: pool.name, volume }))
    }),
  )
  const usage = await usageOf(await machineFiles(target, folders))
  return { volumes: lists.flat(), usage, poolsByFolder: new Map([...folders].map(([name, folder]) => [folder, name])) }
}

async function downloaded(folder: string): Promise<Candidate[]> {
  try {
    const entries = await readdir(folder)
    return entries.filter(hasMediaExtension).map((name) => ({ path: join(folder, name), origin: 'downloads', pool: null, volume: null }))
  } catch {
    return [] // no such folder: nothing was downloaded
  }
}

/** The first of several ways to the same file holds: pools before downloads before files used before. */
async function withoutDoubles(candidates: readonly Candidate[]): Promise<Candidate[]> {
  const found = new Map<string, Candidate>()
  for (const candidate of candidates) {
    const real = await realPath(candidate.path)
    if (!found.has(real)) found.set(real, candidate)
  }
  return [...found.values()]
}

async function listed(candidate: Candidate, usage: Usage): Promise<MediaFile | null> {
  const { path, origin, pool, volume } = candidate
  try {
    const facts = await stat(path)
    if (!facts.isFile()) return null
    const kind = await kindOf(path, volume)
    if (kind.kind === 'other') return null
    const system = shownSystem(await recognise(kind, basename(path)))
    const usedBy = (await usage.usersOf(path)).map((machine) => machine.name)
    return { path, kind: kind.kind, origin, pool, sizeBytes: facts.size, modifiedAt: Math.floor(facts.mtimeMs / 1000), system, usedBy }
  } catch {
    return null // gone meanwhile, or nothing for this user
  }
}

/** By the file itself; of a volume that only libvirt's user may read, by what libvirt and its name say. */
async function kindOf(path: string, volume: Volume | null): Promise<FileKind> {
  try {
    return await readFileKind(path)
  } catch (error) {
    if (volume === null) throw error
    return kindOfVolume(volume)
  }
}

function kindOfVolume(volume: Volume): FileKind {
  if (volume.format === 'iso' || kindOfName(volume.name) === 'iso') return { kind: 'iso', header: null }
  return { kind: 'disk', format: volume.format ?? 'raw' }
}

async function inspectVolume(candidate: Candidate & { readonly volume: Volume }, usage: Usage): Promise<Inspected> {
  const { volume, path, pool } = candidate
  const kind = kindOfVolume(volume)
  const facts = await stat(path).catch(() => null)
  const recognition = await recognise(kind, basename(path))
  const iso = kind.kind === 'iso'
  return {
    recognition,
    media: {
      path,
      kind: iso ? 'iso' : 'disk',
      origin: 'pool',
      pool,
      sizeBytes: facts?.size ?? volume.allocationBytes,
      modifiedAt: facts ? Math.floor(facts.mtimeMs / 1000) : 0,
      system: shownSystem(recognition),
      usedBy: (await usage.usersOf(path)).map((machine) => machine.name),
      format: iso ? 'iso' : (volume.format ?? 'raw'),
      virtualSizeBytes: iso ? null : volume.capacityBytes,
      backingPath: volume.backingPath,
      bootable: null,
      live: iso ? (recognition?.live ?? null) : null,
    },
  }
}
