/** What there already is on the connection, read once for a plan and its checks. */
import { dirname } from 'node:path'
import type { Network } from '../../shared/model/network.ts'
import type { ConnectionKind } from '../../shared/model/connection.ts'
import type { Pool } from '../../shared/model/storage.ts'
import { machineFiles, usageOf, type MachineFiles, type Usage } from '../images/usage.ts'
import type { KnownAround } from '../images/media.ts'
import { connectionKind, freeMemory, processOwner } from '../libvirt/connection.ts'
import { networkList } from '../libvirt/network/index.ts'
import { poolList } from '../libvirt/pool/index.ts'
import type { Target } from '../libvirt/target.ts'
import { freeSpaceIn } from '../system/free-space.ts'
import { sessionImagesFolder } from '../system/paths.ts'
import { userFacts, type UserFacts } from '../system/users.ts'
import type { CreationDependencies } from './dependencies.ts'

/** Name of the pool that virt-install, virt-manager and Vivero all take first. */
export const DEFAULT_POOL = 'default'
/** Its folder where libvirt is the system's. */
export const SYSTEM_IMAGES = '/var/lib/libvirt/images'

/** A pool of files in a folder, where a disk can be made. */
export type FolderPool = Pool & { readonly path: string }

export interface Surroundings {
  readonly kind: ConnectionKind
  readonly pools: readonly FolderPool[]
  readonly networks: readonly Network[]
  readonly machines: readonly MachineFiles[]
  readonly usage: Usage
  /** Folder of the default pool, made or not. */
  readonly defaultPoolPath: string
  /** Free now on the host, in KiB; null where libvirt does not say. */
  readonly freeMemoryKiB: number | null
  /** Whom QEMU runs as where that is another than the person, who decides what it may open; null where it is no question. */
  readonly qemuUser: UserFacts | null
}

const folderTypes = new Set(['dir', 'fs', 'netfs'])

export async function readSurroundings({ target, capabilities }: CreationDependencies): Promise<Surroundings> {
  const [pools, networks, free] = await Promise.all([poolList(target), networkList(target), freeMemory(target)])
  const kind = connectionKind(target.uri)
  const inFolders = pools.flatMap((pool) => (folderTypes.has(pool.type) && pool.path !== null ? [{ ...pool, path: pool.path }] : []))
  const usable = await Promise.all(inFolders.map((pool) => withFreeSpace(pool, kind)))
  const folders = new Map(usable.map((pool) => [pool.name, pool.path]))
  const [machines, qemuUser] = await Promise.all([machineFiles(target, folders), kind === 'system' ? readQemuUser(target) : null])
  return {
    kind,
    pools: usable,
    networks,
    machines,
    usage: await usageOf(machines),
    defaultPoolPath: kind === 'session' ? sessionImagesFolder() : SYSTEM_IMAGES,
    // in a container the host has more than the container may use
    freeMemoryKiB: free === null ? null : Math.min(free, capabilities?.memoryKiB ?? free),
    qemuUser,
  }
}

/** libvirt's own figure is as old as the pool's last refresh; a folder of this computer is asked itself. */
async function withFreeSpace(pool: FolderPool, kind: ConnectionKind): Promise<FolderPool> {
  if (!pool.active || (kind !== 'session' && kind !== 'system')) return pool
  return { ...pool, availableBytes: (await freeSpaceIn(pool.path)) ?? pool.availableBytes }
}

/** Root is stopped by nothing. */
async function readQemuUser(target: Target): Promise<UserFacts | null> {
  const owner = await processOwner(target)
  return owner === null || owner.uid === 0 ? null : userFacts(owner.uid)
}

/** What looking into a medium needs of all this. */
export const knownAround = ({ pools, usage }: Surroundings): KnownAround => ({
  usage,
  poolsByFolder: new Map(pools.filter((pool) => pool.active).map((pool) => [pool.path, pool.name])),
})

/** The pool in whose folder a file lies. */
export const poolOfFile = (pools: readonly FolderPool[], path: string): FolderPool | undefined => pools.find((pool) => pool.path === dirname(path))
