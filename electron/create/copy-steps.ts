/** The steps that bring a copy of an image to where a machine's files go. */
import { basename } from 'node:path'
import type { MediaInspection } from '../../shared/model/media.ts'
import { buildVolume, volumeCreateArguments, volumeCreateFromArguments } from '../libvirt/volume/index.ts'
import { convertImageWords, resizeImageWords } from '../system/qemu-img.ts'
import { claim, refuseExisting, type CopyWay, type Place } from './place.ts'
import { message, removal, virshStep, type Step } from './steps.ts'

export interface Copy {
  readonly from: string
  readonly media: MediaInspection
  readonly place: Place
  /** Where it goes. */
  readonly path: string
  /** Size that the guest will see, in bytes; null leaves what the image has. */
  readonly limitBytes: number | null
}

export interface MadeFile {
  readonly path: string
  readonly format: string
  readonly steps: readonly Step[]
}

export function copySteps(copy: Copy, way: CopyWay): MadeFile {
  const { pool } = copy.place
  if (pool === null || way === 'convert') return converted(copy)
  return way === 'upload' ? uploaded(copy, pool) : cloned(copy, pool)
}

/** A disk becomes a qcow2, which grows as it is used; an ISO stays what it is. */
const formatOf = ({ kind }: MediaInspection): 'qcow2' | 'raw' => (kind === 'iso' ? 'raw' : 'qcow2')
/** An ISO's bytes, as libvirt and QEMU call them. */
const ownFormat = (media: MediaInspection): string => (media.kind === 'iso' ? 'raw' : media.format)
const grows = ({ limitBytes, media }: Copy): boolean => limitBytes !== null && limitBytes > (media.virtualSizeBytes ?? 0)

function converted(copy: Copy): MadeFile {
  const { from, media, path } = copy
  const { pool } = copy.place
  const format = formatOf(media)
  const refresh = pool === null ? [] : [virshStep('pool-refresh', `--pool=${pool}`)]
  const made: Step = {
    message: message('copy', { from, path }),
    work: { kind: 'program', words: convertImageWords({ from, fromFormat: ownFormat(media), to: path, toFormat: format, inUse: media.usedBy.length > 0 }) },
    before: () => claim(path),
    undo: [removal(path), ...refresh],
    undoPartly: true,
    measured: true,
  }
  const grow: Step[] = grows(copy) ? [{ message: message('grow', { path }), work: { kind: 'program', words: resizeImageWords(path, copy.limitBytes ?? 0) } }] : []
  const read = refresh.map((work): Step => ({ message: message('pool-refresh', { pool: pool ?? '' }), work, pool }))
  return { path, format, steps: [made, ...grow, ...read] }
}

function uploaded(copy: Copy, pool: string): MadeFile {
  const { from, media, path } = copy
  const format = ownFormat(media)
  const xml = buildVolume({ name: basename(path), format, capacityBytes: media.virtualSizeBytes ?? media.sizeBytes })
  const sparse = format === 'raw' ? ['--sparse'] : []
  const args = ['vol-upload', ...volume(pool, path), `--file=${from}`, ...sparse]
  const send: Step = { message: message('copy', { from, path }), work: { kind: 'upload', args, file: from, bytes: media.sizeBytes }, measured: true, pool }
  return { path, format, steps: [volumeStep(pool, path, volumeCreateArguments(pool), xml, message('disk', { path })), send, ...growVolume(copy, pool)] }
}

/** libvirt reads what this user may not, and makes a disk of its own of an overlay; once begun it can be stopped by nothing. */
function cloned(copy: Copy, pool: string): MadeFile {
  const { from, media, path } = copy
  const format = formatOf(media)
  const xml = buildVolume({ name: basename(path), format, capacityBytes: media.virtualSizeBytes ?? media.sizeBytes })
  const args = volumeCreateFromArguments(pool, from)
  return { path, format, steps: [volumeStep(pool, path, args, xml, message('copy-by-libvirt', { from, path })), ...growVolume(copy, pool)] }
}

function growVolume(copy: Copy, pool: string): Step[] {
  if (!grows(copy)) return []
  const { path } = copy
  return [{ message: message('grow', { path }), work: virshStep('vol-resize', ...volume(pool, path), `--capacity=${copy.limitBytes ?? 0}`), pool }]
}

const volume = (pool: string, path: string): string[] => [`--pool=${pool}`, `--vol=${basename(path)}`]

/** Makes a volume. libvirt refuses a name that is taken, and takes back itself what it could not finish. */
export function volumeStep(pool: string, path: string, args: readonly string[], xml: string, text: Step['message']): Step {
  return {
    message: text,
    work: { kind: 'document', args, xml },
    before: () => refuseExisting(path),
    undo: [{ kind: 'delete-volume', args: ['vol-delete', ...volume(pool, path)], path }],
    pool,
  }
}
