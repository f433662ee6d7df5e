/** The steps that make a machine's storage: the pool, a copy of the ISO, and the disk. */
import { basename } from 'node:path'
import { AppError } from '../../shared/model/error.ts'
import type { MachinePlan } from '../../shared/model/plan.ts'
import { buildVolume, volumeCreateArguments } from '../libvirt/volume/index.ts'
import { createImageWords } from '../system/qemu-img.ts'
import { copySteps, volumeStep, type MadeFile } from './copy-steps.ts'
import { copiesIso, makesDisk, storesFiles } from './disk-place.ts'
import { claim, copyWay, freePaths, placeOf, type Place } from './place.ts'
import { poolSteps } from './pool-steps.ts'
import { overlaid } from './overlay-steps.ts'
import { handoverOf } from './qemu-access.ts'
import { message, removal, type Step } from './steps.ts'
import type { StorageContext } from './storage-context.ts'

/** A file that the machine opens. */
export interface DriveFile {
  readonly path: string
  readonly format: string
  /** libvirt gives it to QEMU's user where it must; false where that user gets along with the file as it is. */
  readonly relabel: boolean
}

export interface StorageSteps {
  readonly steps: readonly Step[]
  /** The disk that the machine starts from; null where it has none. */
  readonly disk: DriveFile | null
  /** What is in its CD drive; null where it has none. */
  readonly cd: DriveFile | null
  readonly createdFiles: readonly string[]
}

/** Errors: not-found (params.pool), when the pool of the plan is gone. */
export async function storageSteps(context: StorageContext): Promise<StorageSteps> {
  const { deps, plan, around, media, identity } = context
  const inPlace = { path: plan.mediaPath, format: media.kind === 'iso' ? 'raw' : media.format, relabel: !(await handoverOf(around, plan.mediaPath, plan.mediaKind)).untouched }
  const place = storesFiles(plan, around.kind) ? await placeOf(plan, around) : null
  if (place === null) return { steps: [], disk: plan.mediaKind === 'disk' ? inPlace : null, cd: plan.mediaKind === 'iso' ? inPlace : null, createdFiles: [] }
  const freePath = await freePaths(deps.target, place, around)
  const iso = copiesIso(plan) ? await copied(context, place, await freePath(basename(plan.mediaPath)), null) : null
  const disk = makesDisk(plan) ? await madeDisk(context, place, freePath) : null
  const made = [iso, disk].filter((file) => file !== null)
  return {
    steps: [...(await poolSteps(deps.target, place, around, identity)), ...made.flatMap((file) => file.steps)],
    // used where it lies, while something else is stored
    disk: disk ? drive(disk) : plan.mediaKind === 'disk' ? inPlace : null,
    cd: plan.mediaKind === 'disk' ? null : iso ? drive(iso) : inPlace,
    createdFiles: made.map((file) => file.path),
  }
}

const drive = ({ path, format }: MadeFile): DriveFile => ({ path, format, relabel: true })

async function madeDisk(context: StorageContext, place: Place, freePath: (name: string) => Promise<string>): Promise<MadeFile> {
  const { plan } = context
  if (plan.imageUse === 'overlay') return overlaid(context, place, freePath)
  const path = await freePath(`${plan.name}.qcow2`)
  return plan.mediaKind === 'iso' ? newDisk(plan, place, path) : copied(context, place, path, plan.diskBytes)
}

function newDisk(plan: MachinePlan, place: Place, path: string): MadeFile {
  const bytes = plan.diskBytes ?? 0
  const text = message('disk', { path })
  if (place.pool === null) {
    const work = { kind: 'program', words: createImageWords(path, bytes) } as const
    return { path, format: 'qcow2', steps: [{ message: text, work, before: () => claim(path), undo: [removal(path)], undoPartly: true }] }
  }
  const xml = buildVolume({ name: basename(path), format: 'qcow2', capacityBytes: bytes })
  return { path, format: 'qcow2', steps: [volumeStep(place.pool, path, volumeCreateArguments(place.pool), xml, text)] }
}

/** Errors: file-unreadable (params.path), where nobody here may read it; what else stops a copy was found by the check. */
async function copied({ plan, media }: StorageContext, place: Place, path: string, limitBytes: number | null): Promise<MadeFile> {
  const way = await copyWay(plan.mediaPath, media, place)
  if (way === 'unreadable' || way === 'overlay') throw new AppError('file-unreadable', { path: plan.mediaPath })
  return copySteps({ from: plan.mediaPath, media, place, path, limitBytes }, way)
}
