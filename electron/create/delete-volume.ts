/** Deleting a volume. libvirt asks nobody: this is the guard. */
import { AppError } from '../../shared/model/error.ts'
import { usedVolumes } from '../images/volume-uses.ts'
import { poolList, poolVolumes } from '../libvirt/pool/index.ts'
import type { Target } from '../libvirt/target.ts'
import { volumeDelete } from '../libvirt/volume/index.ts'
import { workersOn } from '../system/at-work.ts'
import { imagesAbove } from './images-above.ts'

/** Errors: not-found, in-use while it is being put there, volume-used, volume-base (params.names), and libvirt's. */
export async function deleteVolume(target: Target, pool: string, path: string): Promise<void> {
  const volume = (await usedVolumes(target, pool, true)).find((one) => one.path === path)
  if (!volume) throw new AppError('not-found', { path })
  if (workersOn(path).length > 0) throw new AppError('in-use', { path })
  if (volume.usedBy.length > 0) throw new AppError('volume-used', { names: volume.usedBy.map((machine) => machine.name).join(', ') })
  const active = (await poolList(target)).filter((one) => one.active)
  const others = (await Promise.all(active.map((one) => poolVolumes(target, one.uuid, false).catch(() => [])))).flat()
  const above = await imagesAbove(path, others)
  if (above.length > 0) throw new AppError('volume-base', { names: above.join(', ') })
  await volumeDelete(target, path)
}
