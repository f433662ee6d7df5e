/** The steps that make a machine's storage: the default pool, and its disk. */
import { open, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { MediaInspection } from '../../shared/model/media.ts'
import { AppError } from '../../shared/model/error.ts'
import type { MachinePlan } from '../../shared/model/plan.ts'
import { buildFolderPool, poolDefineArguments, poolVolumes } from '../libvirt/pool/index.ts'
import { buildVolume, volumeCreateArguments } from '../libvirt/volume/index.ts'
import { convertImageWords, createImageWords, resizeImageWords } from '../system/qemu-img.ts'
import type { CreationDependencies } from './dependencies.ts'
import { makesDefaultPool, makesDisk, poolNamed } from './disk-place.ts'
import type { Identity } from './identity.ts'
import { isFolderWritable } from './permissions.ts'
import { message, type Step } from './steps.ts'
import { DEFAULT_POOL, type Surroundings } from './surroundings.ts'

export interface StorageContext {
  readonly deps: CreationDependencies
  readonly plan: MachinePlan
  readonly around: Surroundings
  readonly media: MediaInspection
  readonly identity: Identity
}

export interface StorageSteps {
  readonly steps: readonly Step[]
  /** The disk that the machine starts from; null where it has none. */
  readonly disk: { readonly path: string; readonly format: string } | null
  readonly createdFiles: readonly string[]
}

/** Errors: not-found (params.pool), when the pool of the plan is gone. */
export async function storageSteps(context: StorageContext): Promise<StorageSteps> {
  const { plan, media } = context
  if (!makesDisk(plan)) {
    const disk = plan.mediaKind === 'disk' ? { path: plan.mediaPath, format: media.format } : null
    return { steps: [], disk, createdFiles: [] }
  }
  const place = await placeOf(context)
  const path = await freePath(context, place)
  const made = plan.mediaKind === 'iso' ? newDisk(context, place, path) : copiedDisk(context, place, path)
  return { steps: [...(await poolSteps(context, place)), ...made.steps], disk: { path, format: made.format }, createdFiles: [path] }
}

interface Place {
  readonly folder: string
  /** Name of the pool, or null for a folder that is in none. */
  readonly pool: string | null
  /** The pool is not there yet. */
  readonly newPool: boolean
  /** This process can write there itself. */
  readonly writable: boolean
}

async function placeOf({ plan, around }: StorageContext): Promise<Place> {
  if (plan.target.kind === 'folder') return { folder: plan.target.path, pool: null, newPool: false, writable: true }
  if (makesDefaultPool(plan, around)) {
    const writable = around.kind === 'session' || process.getuid?.() === 0
    return { folder: around.defaultPoolPath, pool: DEFAULT_POOL, newPool: true, writable }
  }
  const pool = poolNamed(around, plan.target.pool)
  if (!pool) throw new AppError('not-found', { pool: plan.target.pool })
  return { folder: pool.path, pool: pool.name, newPool: false, writable: await isFolderWritable(pool.path) }
}

/** NAME.qcow2, or NAME-2.qcow2… where something has that name, as a file or as a volume that this user cannot see. */
async function freePath({ deps, plan, around }: StorageContext, place: Place): Promise<string> {
  const pool = place.pool === null ? undefined : poolNamed(around, place.pool)
  const volumes = pool?.active ? await poolVolumes(deps.target, pool.uuid, false) : []
  const taken = new Set(volumes.map((volume) => volume.path))
  for (let count = 1; ; count++) {
    const path = join(place.folder, `${plan.name}${count === 1 ? '' : `-${count}`}.qcow2`)
    if (!taken.has(path) && !(await exists(path))) return path
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/** define, build, start and autostart of the default pool; or the start of a pool that is off. */
async function poolSteps({ around, identity }: StorageContext, place: Place): Promise<Step[]> {
  if (place.pool === null) return []
  const option = `--pool=${place.pool}`
  const start = (text: string): Step => ({ message: message(text, { pool: place.pool ?? '' }), work: virsh('pool-start', option), undo: [virsh('pool-destroy', option)], undoPartly: place.newPool })
  if (!place.newPool) return poolNamed(around, place.pool)?.active ? [] : [start('pool-start')]
  const params = { pool: place.pool, path: place.folder }
  const byUuid = `--pool=${identity.poolUuid}`
  const xml = buildFolderPool({ name: place.pool, path: place.folder, uuid: identity.poolUuid })
  return [
    { message: message('pool-define', params), work: { kind: 'document', args: poolDefineArguments, xml }, undo: [virsh('pool-undefine', byUuid)], undoPartly: true },
    { message: message('pool-build', params), work: virsh('pool-build', option), undo: [{ kind: 'remove-folders', paths: await missingFolders(place.folder) }], undoPartly: true },
    start('pool-start'),
    { message: message('pool-autostart', params), work: virsh('pool-autostart', option) },
  ]
}

/** The folders of a path that are not there yet, outermost first. */
async function missingFolders(path: string): Promise<string[]> {
  const missing: string[] = []
  for (let folder = path; !(await exists(folder)); folder = dirname(folder)) missing.unshift(folder)
  return missing
}

interface MadeDisk { readonly steps: readonly Step[]; readonly format: string }

function newDisk({ plan }: StorageContext, place: Place, path: string): MadeDisk {
  const bytes = plan.diskBytes ?? 0
  const params = { path }
  if (place.pool === null) {
    const work = { kind: 'program', words: createImageWords(path, bytes) } as const
    return { format: 'qcow2', steps: [{ message: message('disk', params), work, before: () => claim(path), undo: [removal(path)], undoPartly: true }] }
  }
  const xml = buildVolume({ name: path.slice(place.folder.length + 1), format: 'qcow2', capacityBytes: bytes })
  return { format: 'qcow2', steps: [volumeStep(place.pool, path, xml, message('disk', params))] }
}

/** libvirt refuses a name that is taken, and takes back itself what it could not finish. */
function volumeStep(pool: string, path: string, xml: string, text: Step['message']): Step {
  return {
    message: text,
    work: { kind: 'document', args: volumeCreateArguments(pool), xml },
    before: () => refuseExisting(path),
    undo: [virsh('vol-delete', `--pool=${pool}`, `--vol=${path.slice(path.lastIndexOf('/') + 1)}`)],
  }
}

/** A copy is a process of this app's where it may write: that can be watched and stopped. Else it goes through libvirt. */
function copiedDisk(context: StorageContext, place: Place, path: string): MadeDisk {
  return place.pool !== null && !place.writable ? uploadedDisk(context, place.pool, path) : convertedDisk(context, place, path)
}

function convertedDisk({ plan, media }: StorageContext, place: Place, path: string): MadeDisk {
  const copy: Step = {
    message: message('copy', { from: plan.mediaPath, path }),
    work: { kind: 'program', words: convertImageWords(plan.mediaPath, media.format, path, media.usedBy.length > 0) },
    before: () => claim(path),
    undo: [removal(path), ...(place.pool === null ? [] : [virsh('pool-refresh', `--pool=${place.pool}`)])],
    undoPartly: true,
    measured: true,
  }
  const grow: Step[] = grows(plan, media) ? [{ message: message('grow', { path }), work: { kind: 'program', words: resizeImageWords(path, plan.diskBytes ?? 0) } }] : []
  const refresh: Step[] = place.pool === null ? [] : [{ message: message('pool-refresh', { pool: place.pool }), work: virsh('pool-refresh', `--pool=${place.pool}`) }]
  return { format: 'qcow2', steps: [copy, ...grow, ...refresh] }
}

function uploadedDisk({ plan, media }: StorageContext, pool: string, path: string): MadeDisk {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const volume = [`--pool=${pool}`, `--vol=${name}`]
  const xml = buildVolume({ name, format: media.format, capacityBytes: media.virtualSizeBytes ?? media.sizeBytes })
  const sparse = media.format === 'raw' ? ['--sparse'] : []
  const steps: Step[] = [
    volumeStep(pool, path, xml, message('disk', { path })),
    { message: message('copy', { from: plan.mediaPath, path }), work: virsh('vol-upload', ...volume, `--file=${plan.mediaPath}`, ...sparse) },
  ]
  if (grows(plan, media)) steps.push({ message: message('grow', { path }), work: virsh('vol-resize', ...volume, `--capacity=${plan.diskBytes ?? 0}`) })
  return { format: media.format, steps }
}

const grows = (plan: MachinePlan, media: MediaInspection): boolean => plan.diskBytes !== null && plan.diskBytes > (media.virtualSizeBytes ?? 0)

const virsh = (...args: readonly string[]) => ({ kind: 'virsh', args }) as const
const removal = (path: string) => ({ kind: 'remove-file', path }) as const

/** Takes the name: qemu-img would write over a file that came meanwhile. */
async function claim(path: string): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch((problem: unknown) => Promise.reject(claimError(problem, path)))
  await file.close()
}

async function refuseExisting(path: string): Promise<void> {
  if (await exists(path)) throw new AppError('already-exists', { path })
}

function claimError(problem: unknown, path: string): AppError {
  const code = problem instanceof Error && 'code' in problem ? String(problem.code) : ''
  const detail = problem instanceof Error ? problem.message : String(problem)
  if (code === 'EEXIST') return new AppError('already-exists', { path }, detail)
  if (code === 'ENOSPC' || code === 'EDQUOT') return new AppError('disk-full', { path }, detail)
  if (code === 'ENOENT') return new AppError('file-missing', { path: dirname(path) }, detail)
  return new AppError('permission-denied', { path }, detail)
}
