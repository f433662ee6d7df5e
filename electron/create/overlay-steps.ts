/** The steps that make a disk that stands on an image of the library and keeps only what differs from it. */
import { basename, dirname } from 'node:path'
import { changeAbout, imageVersion, readAbout } from '../images/library/index.ts'
import { poolVolumes } from '../libvirt/pool/index.ts'
import { buildVolume, volumeCreateArguments } from '../libvirt/volume/index.ts'
import { AppError } from '../../shared/model/error.ts'
import { exists } from '../system/exists.ts'
import { createOverlayWords } from '../system/qemu-img.ts'
import { copySteps, volumeStep, type MadeFile } from './copy-steps.ts'
import { poolNamed } from './disk-place.ts'
import { claim, copyWay, refuseExisting, type Place } from './place.ts'
import { message, removal, type Step } from './steps.ts'
import type { StorageContext } from './storage-context.ts'

type FreePath = (name: string) => Promise<string>

/** What the disk stands on, and what brings it there. */
interface Base {
  readonly path: string
  readonly format: string
  readonly steps: readonly Step[]
}

/** Errors: file-unreadable (params.path); what else stops it was found by the check. */
export async function overlaid(context: StorageContext, place: Place, freePath: FreePath): Promise<MadeFile> {
  const { plan, deps } = context
  const [base, version] = [await baseOf(context, place, freePath), await imageVersion(plan.mediaPath)]
  const path = await freePath(`${plan.name}.qcow2`)
  /** By then the base is all there. */
  const remember = (): Promise<void> =>
    changeAbout(plan.mediaPath, (about) => ({
      ...about,
      overlays: [...about.overlays.filter((one) => one !== path), path],
      bases: base.path === plan.mediaPath ? about.bases : [...withoutBase(about.bases, base.path), { uri: deps.target.uri, path: base.path, version }],
    }))
  return { path, format: 'qcow2', steps: [...base.steps, overlayStep(context, { place, path }, base, remember)] }
}

function overlayStep({ plan, media }: StorageContext, { place, path }: { readonly place: Place; readonly path: string }, base: Base, remember: () => Promise<void>): Step {
  const bytes = Math.max(plan.diskBytes ?? 0, media.virtualSizeBytes ?? 0)
  const text = message('disk', { path })
  if (place.pool === null) {
    const before = async (): Promise<void> => {
      await claim(path)
      await remember()
    }
    return { message: text, work: { kind: 'program', words: createOverlayWords(path, base, bytes) }, before, undo: [removal(path)], undoPartly: true }
  }
  const xml = buildVolume({ name: basename(path), format: 'qcow2', capacityBytes: bytes, backing: base })
  const before = async (): Promise<void> => {
    await refuseExisting(path)
    await remember()
  }
  return { ...volumeStep(place.pool, path, volumeCreateArguments(place.pool), xml, text), before }
}

/** In a session QEMU is this user and reads the library; elsewhere the image is sent to where the disk is, once. */
async function baseOf(context: StorageContext, place: Place, freePath: FreePath): Promise<Base> {
  const { plan, around, media } = context
  if (around.kind === 'session') return { path: plan.mediaPath, format: media.format, steps: [] }
  const sent = await sentBefore(context, place)
  if (sent) return { ...sent, steps: [] }
  const way = await copyWay(plan.mediaPath, media, place)
  if (way === 'unreadable' || way === 'overlay') throw new AppError('file-unreadable', { path: plan.mediaPath })
  const made = copySteps({ from: plan.mediaPath, media, place, path: await freePath(basename(plan.mediaPath)), limitBytes: null }, way)
  const [first, ...rest] = made.steps
  return { ...made, steps: first ? [forgetFirst(first, plan.mediaPath, made.path), ...rest] : [] }
}

/** What is sent anew is no base until all of it is there. */
function forgetFirst(step: Step, image: string, path: string): Step {
  return {
    ...step,
    before: async () => {
      await step.before?.()
      await changeAbout(image, (about) => ({ ...about, bases: withoutBase(about.bases, path) }))
    },
  }
}

const withoutBase = <T extends { readonly path: string }>(bases: readonly T[], path: string): T[] => bases.filter((one) => one.path !== path)

/** The volume that the image was sent to in this place, as it still is. */
async function sentBefore({ deps, plan, around }: StorageContext, place: Place): Promise<{ readonly path: string; readonly format: string } | null> {
  const version = await imageVersion(plan.mediaPath)
  const known = (await readAbout(plan.mediaPath))?.bases ?? []
  const bases = known.filter((base) => base.uri === deps.target.uri && base.version === version && dirname(base.path) === place.folder)
  if (bases.length === 0) return null
  const pool = place.pool === null ? undefined : poolNamed(around, place.pool)
  const volumes = pool?.active ? await poolVolumes(deps.target, pool.uuid, false) : []
  for (const { path } of bases) {
    const volume = volumes.find((one) => one.path === path)
    if (volume?.format) return { path, format: volume.format }
    if (place.pool === null && (await exists(path))) return { path, format: 'qcow2' }
  }
  return null
}
