/** The volumes of a pool with the machines and images that stand on them. */
import { basename } from 'node:path'
import { AppError } from '../../shared/model/error.ts'
import type { MachineName, UsedVolume, Volume } from '../../shared/model/storage.ts'
import { poolList, poolVolumes } from '../libvirt/pool/index.ts'
import type { Target } from '../libvirt/target.ts'
import { basePath, realPath } from './backing.ts'
import { machineFiles, usageOf } from './usage.ts'

/** Errors: those of poolVolumes. */
export async function usedVolumes(target: Target, uuid: string, refresh: boolean): Promise<UsedVolume[]> {
  const [volumes, pools] = await Promise.all([poolVolumes(target, uuid, refresh), poolList(target)])
  const folders = new Map(pools.flatMap((pool) => (pool.path === null ? [] : [[pool.name, pool.path]])))
  const usage = await usageOf(await machineFiles(target, folders))
  const above = await volumesAbove(volumes)
  return Promise.all(
    volumes.map(async (volume) => {
      const machines = [...(await usage.usersOf(volume.path)), ...(await usage.machinesAbove(volume.path))]
      const usedBy = new Map(machines.map((machine) => [machine.uuid, { uuid: machine.uuid, name: machine.title ?? machine.name }]))
      return { ...volume, usedBy: [...usedBy.values()], baseOf: above.get(await realPath(volume.path)) ?? [] }
    }),
  )
}

/** The machines that name a pool as the place of their disks: they do not start without it. Errors: not-found. */
export async function machinesNaming(target: Target, uuid: string): Promise<MachineName[]> {
  const pool = (await poolList(target)).find((one) => one.uuid === uuid)
  if (!pool) throw new AppError('not-found', { pool: uuid })
  const machines = (await machineFiles(target)).filter((machine) => machine.pools.includes(pool.name))
  return machines.map((machine) => ({ uuid: machine.uuid, name: machine.title ?? machine.name }))
}

/** Names of the volumes by the base that they stand on. */
async function volumesAbove(volumes: readonly Volume[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const above = new Map<string, string[]>()
  for (const volume of volumes) {
    const base = volume.backingPath === null ? null : basePath(volume.backingPath, volume.path)
    if (base === null) continue
    const real = await realPath(base)
    above.set(real, [...(above.get(real) ?? []), basename(volume.path)])
  }
  return above
}
