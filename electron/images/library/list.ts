/** What the library holds and what stands on it, and its emptying. libvirt guards no file: this is the guard. */
import { rm } from 'node:fs/promises'
import type { LibraryImage } from '../../../shared/model/catalogue.ts'
import { AppError } from '../../../shared/model/error.ts'
import { backingChain, realPath } from '../backing.ts'
import { poolList, poolVolumes } from '../../libvirt/pool/index.ts'
import type { Target } from '../../libvirt/target.ts'
import { machineFiles, usageOf, type Usage } from '../usage.ts'
import { workersOn } from '../../system/at-work.ts'
import { readAbout, removeAbout } from './about.ts'
import { isInLibrary, libraryFiles } from './files.ts'

/** What is known of one open connection. */
interface Around {
  readonly connection: string
  readonly usage: Usage
  /** Files of its pools that stand on others. */
  readonly overlays: readonly string[]
}

/** Newest first. Connections that are not open can say nothing; the disks made on an image are remembered all the same. */
export async function libraryImages(targets: readonly Target[]): Promise<LibraryImage[]> {
  const around = await Promise.all(targets.map(readAround))
  return Promise.all(
    (await libraryFiles()).map(async ({ path, name, sizeBytes }) => {
      const about = await readAbout(path)
      const usedBy = await Promise.all(around.map((one) => usersOf(path, one)))
      return { path, name, sizeBytes, facts: about?.facts ?? null, usedBy: usedBy.flat(), overlays: await overlaysOf(path, [...(about?.overlays ?? []), ...around.flatMap((one) => one.overlays)]) }
    }),
  )
}

/** Removes images; one that something stands on is kept, and answered with who needs it. Errors: permission-denied, invalid-input. */
export async function removeImages(targets: readonly Target[], paths: readonly string[]) {
  if (!paths.every(isInLibrary)) throw new AppError('invalid-input', {})
  const images = await libraryImages(targets)
  const removed: string[] = []
  const kept: { path: string; names: string[] }[] = []
  for (const path of new Set(paths)) {
    const image = images.find((one) => one.path === path)
    if (!image) continue
    const names = [...new Set([...neededBy(image), ...workersOn(path)])]
    if (names.length > 0) kept.push({ path, names })
    else {
      await rm(path, { force: true }).catch((problem: unknown) => {
        throw new AppError('permission-denied', { path }, problem instanceof Error ? problem.message : String(problem))
      })
      await removeAbout(path)
      removed.push(path)
    }
  }
  return { removed, kept }
}

/** Machines, and disks of which no open connection knows a machine. */
export const neededBy = ({ usedBy, overlays }: LibraryImage): string[] =>
  usedBy.length > 0 ? [...new Set(usedBy.map(({ name }) => name))] : [...overlays]

async function readAround(target: Target): Promise<Around> {
  const none: Around = { connection: target.connection, usage: await usageOf([]), overlays: [] }
  try {
    const pools = (await poolList(target)).filter((pool) => pool.active && pool.path !== null)
    const folders = new Map(pools.map((pool) => [pool.name, pool.path ?? '']))
    const lists = await Promise.all(pools.map((pool) => poolVolumes(target, pool.uuid, false).catch(() => [])))
    const overlays = lists.flat().filter((volume) => volume.backingPath !== null).map((volume) => volume.path)
    return { connection: target.connection, usage: await usageOf(await machineFiles(target, folders)), overlays }
  } catch {
    return none // a connection that went away meanwhile
  }
}

async function usersOf(path: string, { connection, usage }: Around): Promise<{ connection: string; name: string }[]> {
  const machines = [...(await usage.usersOf(path)), ...(await usage.machinesAbove(path))]
  return [...new Set(machines.map((machine) => machine.title ?? machine.name))].map((name) => ({ connection, name }))
}

/** Those that are still there and still stand on it. */
async function overlaysOf(path: string, candidates: readonly string[]): Promise<string[]> {
  const real = await realPath(path)
  const found = await Promise.all([...new Set(candidates)].map(async (candidate) => ((await backingChain(candidate)).includes(real) ? [candidate] : [])))
  return found.flat()
}
