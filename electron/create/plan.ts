/** The plan of a new machine: everything filled in from the medium, its system and the host, and what is to be said about it. */
import type { MediaInspection } from '../../shared/model/media.ts'
import { AppError } from '../../shared/model/error.ts'
import type { MachinePlan, PlanFinding, PlanProposal } from '../../shared/model/plan.ts'
import { nameFromTitle } from '../../shared/model/plan-rules.ts'
import type { Inspected } from '../images/inspect.ts'
import { inspectMedia } from '../images/media.ts'
import { systemById, systemTraitsOf, type SystemTraits } from '../images/systems.ts'
import { freeSpace } from '../system/free-space.ts'
import { checkFirst } from './checks/first-start.ts'
import { checkMedium, unreadableMedium } from './checks/medium.ts'
import { checkNames } from './checks/names.ts'
import { checkResources } from './checks/resources.ts'
import { checkTarget } from './checks/target.ts'
import type { CheckContext } from './checks/context.ts'
import type { CreationDependencies } from './dependencies.ts'
import { proposeSizes } from './limits.ts'
import { freeNames, titleFromFile } from './names.ts'
import { unkeepable } from './kept-paths.ts'
import { networkSources } from './network-sources.ts'
import { isAllowed, mendingCommand } from './permissions.ts'
import { closedFolder, hindrance } from './qemu-access.ts'
import { DEFAULT_POOL, knownAround, poolOfFile, readSurroundings, type Surroundings } from './surroundings.ts'

export interface ProposalRequest {
  readonly connection: string
  /** Absolute path of the ISO or image. */
  readonly path: string
  /** Overrides what was recognised: an id, null for an unknown system. */
  readonly osId?: string | null
}

/**
 * A plan with everything filled in.
 * Errors: file-missing, file-unreadable (with the command that mends it), file-wrong-kind, and the connection's.
 */
export async function proposePlan(deps: CreationDependencies, request: ProposalRequest): Promise<PlanProposal> {
  const around = await readSurroundings(deps)
  const inspected = await inspectOrMend(deps, request.path, around)
  const osId = request.osId === undefined ? (inspected.recognition?.system.id ?? null) : request.osId
  const arch = deps.capabilities?.arch ?? 'x86_64'
  const [traits, system] = await Promise.all([systemTraitsOf(osId, arch), osId === null ? null : systemById(osId)])
  const available = await availableBytes(around)
  const { sizes, limits } = proposeSizes(traits, inspected.media, deps.capabilities, available)
  const imageUse = await proposedUse(inspected.media, around)
  const uefi = deps.capabilities?.uefi ?? false
  const [target, sources] = await Promise.all([proposedTarget(around), networkSources(deps.target, around)])
  const plan: MachinePlan = {
    connection: request.connection,
    mediaPath: inspected.media.path,
    mediaKind: inspected.media.kind,
    osId,
    ...proposedNames(inspected, osId, system, around),
    ...sizes,
    diskBytes: inspected.media.kind === 'disk' && imageUse === 'in-place' ? null : sizes.diskBytes,
    imageUse,
    target,
    createDefaultPool: !around.pools.some((pool) => pool.name === DEFAULT_POOL) && target.pool === DEFAULT_POOL,
    network: proposedNetwork(around),
    acceleration: deps.settings.acceleration,
    firmware: traits.requiresUefi && uefi ? 'uefi' : 'bios',
    openConsole: true,
    firstStart: null,
  }
  return {
    plan,
    media: inspected.media,
    system,
    limits,
    pools: around.pools.map(({ name, path, availableBytes: free, active }) => ({ name, path, availableBytes: free, active })),
    defaultPoolPath: around.defaultPoolPath,
    sources,
    kvm: deps.capabilities?.kvm ?? false,
    kvmReason: deps.capabilities?.kvmReason ?? null,
    uefi,
    freeMemoryKiB: around.freeMemoryKiB,
    findings: await findings({ deps, plan, around, traits, inspected }),
  }
}

/** What there is to say about a plan as it stands: errors stop Create, warnings and notes do not. */
export async function checkPlan(deps: CreationDependencies, plan: MachinePlan): Promise<PlanFinding[]> {
  const [around, traits] = await Promise.all([readSurroundings(deps), traitsOf(deps, plan)])
  let inspected: Inspected | null = null
  const found: PlanFinding[] = []
  try {
    inspected = await inspectMedia(deps.target, plan.mediaPath, knownAround(around))
  } catch (problem) {
    found.push(await unreadableMedium(problem, plan.mediaPath))
  }
  return [...found, ...(await findings({ deps, plan, around, traits, inspected }))]
}

const traitsOf = (deps: CreationDependencies, plan: MachinePlan): Promise<SystemTraits> =>
  systemTraitsOf(plan.osId, deps.capabilities?.arch ?? 'x86_64')

async function findings(context: CheckContext): Promise<PlanFinding[]> {
  return [...checkNames(context), ...(await checkMedium(context)), ...checkResources(context), ...(await checkTarget(context)), ...(await checkFirst(context))]
}

async function inspectOrMend(deps: CreationDependencies, path: string, around: Surroundings): Promise<Inspected> {
  try {
    return await inspectMedia(deps.target, path, knownAround(around))
  } catch (problem) {
    if (!(problem instanceof AppError) || problem.code !== 'file-unreadable') throw problem
    const command = await mendingCommand(path, 'read')
    throw new AppError(problem.code, problem.params, problem.detail, [...problem.remedies, { name: 'fix-permission', command }])
  }
}

/** The system's name, else the file's; a version that the database lacks keeps its own ("Debian 12"). */
function proposedNames({ media, recognition }: Inspected, osId: string | null, system: PlanProposal['system'], around: Surroundings) {
  if (recognition && recognition.system.id === osId) return freeNames(recognition.label, nameFromTitle(recognition.shortLabel), around.machines)
  if (system) return freeNames(system.name, nameFromTitle(system.shortId), around.machines)
  const title = titleFromFile(media.path)
  return freeNames(title, nameFromTitle(title), around.machines)
}

/**
 * An image in a pool is somebody's disk already and is used where it lies; one from elsewhere (a download) stays as it
 * came and is copied into the pool. What others use, what cannot be written and what QEMU only reads well
 * is copied too. A file that QEMU cannot reach, or whose path libvirt cannot keep, is always copied. Images of the
 * library are never written into: disks stand on them.
 */
async function proposedUse(media: MediaInspection, around: Surroundings): Promise<MachinePlan['imageUse']> {
  const out = unkeepable(media.path) !== null || (await hindrance(around, media.path, media.kind)) !== null
  if (media.kind === 'iso') return out ? 'copy' : null
  const used = media.usedBy.length > 0 || (await around.usage.machinesAbove(media.path)).length > 0
  const writable = around.kind !== 'session' || (await isAllowed(media.path, 'write'))
  const native = media.format === 'qcow2' || media.format === 'raw'
  if (media.origin === 'library') return native && unkeepable(media.path) === null ? 'overlay' : 'copy'
  // libvirt writes these as they are into an attribute, and reads them back as spaces.
  return poolOfFile(around.pools, media.path) && !used && writable && native && !out ? 'in-place' : 'copy'
}

/** The default pool where there is one or none at all; else the first that is on. One that QEMU cannot reach only where there is no other. */
async function proposedTarget({ pools: all, qemuUser }: Surroundings): Promise<{ readonly kind: 'pool'; readonly pool: string }> {
  const reached = await Promise.all(all.map(async (pool) => ((await closedFolder(qemuUser, `${pool.path}/disk`)) === null ? [pool] : [])))
  const pools = reached.flat().length > 0 ? reached.flat() : all
  const usable = pools.find((pool) => pool.name === DEFAULT_POOL) ?? pools.find((pool) => pool.active) ?? pools[0]
  return { kind: 'pool', pool: usable?.name ?? DEFAULT_POOL }
}

/** A session has user mode alone; the system connection has the network "default" where that is still there. */
function proposedNetwork({ kind, networks }: Surroundings): MachinePlan['network'] {
  const usual = kind === 'session' ? undefined : networks.find((network) => network.name === 'default')
  return usual ? { kind: 'network', name: usual.name } : { kind: 'user' }
}

async function availableBytes({ pools, defaultPoolPath }: Surroundings): Promise<number> {
  const free = pools.filter((pool) => pool.active).map((pool) => pool.availableBytes)
  return Math.max(0, ...free, free.length === 0 ? ((await freeSpace(defaultPoolPath)) ?? 0) : 0)
}
