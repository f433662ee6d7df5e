/** A file of this person as a volume of a pool: what is to be said before, and the copy. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../shared/model/error.ts'
import type { MediaInspection } from '../../shared/model/media.ts'
import type { Pool, StorageFinding } from '../../shared/model/storage.ts'
import { inspectMedia } from '../images/media.ts'
import { poolVolumes } from '../libvirt/pool/index.ts'
import type { Target } from '../libvirt/target.ts'
import { virshReadOne } from '../libvirt/virsh.ts'
import { exists } from '../system/exists.ts'
import { workWith } from '../system/at-work.ts'
import { expandPath } from '../system/paths.ts'
import { unreadableMedium } from './checks/medium.ts'
import { copySteps } from './copy-steps.ts'
import { journalOf, type Purpose } from './journal.ts'
import { unkeepable } from './kept-paths.ts'
import { isFolderWritable } from './permissions.ts'
import { copyWay, refuseExisting, type Place } from './place.ts'
import { runSteps, type CreationControl } from './run-steps.ts'
import { message, removal, virshStep, type Step } from './steps.ts'
import { partPath } from './volume-parts.ts'

export interface VolumeWish {
  /** The file or the address, as it was typed. */
  readonly source: string
  readonly name: string
}

export interface VolumeCheck {
  readonly sizeBytes: number | null
  readonly findings: readonly StorageFinding[]
}

const wrong = (field: StorageFinding['field'], code: string, params: StorageFinding['params'] = {}): StorageFinding => ({ field, level: 'error', code, params })

/** Bytes that a file system takes in a name. */
const LONGEST_NAME = 255

/** Whether what was typed is an address, and no path. */
export const isAddress = (source: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(source)

/** What stops the copy. What an address has is not known before it is fetched. */
export async function checkVolume(target: Target, pool: Pool, wish: VolumeWish): Promise<VolumeCheck> {
  if (isAddress(wish.source)) {
    const findings = /^https?:\/\//i.test(wish.source) && URL.canParse(wish.source) ? [] : [wrong('source', 'source-address')]
    return { sizeBytes: null, findings: [...findings, ...(await checkName(target, pool, wish.name))] }
  }
  const { media, findings } = await checkSource(target, pool, wish)
  return { sizeBytes: media?.sizeBytes ?? null, findings: [...findings, ...(await checkName(target, pool, wish.name))] }
}

async function checkSource(target: Target, pool: Pool, wish: VolumeWish): Promise<{ readonly media: MediaInspection | null; readonly findings: readonly StorageFinding[] }> {
  const path = expandPath(wish.source)
  try {
    const { media } = await inspectMedia(target, path)
    const findings = [...(await checkWay(path, media, pool)), ...(await checkUsers(target, media)), ...(await checkSpace(path, pool))]
    return { media, findings }
  } catch (problem) {
    const { code, params } = await unreadableMedium(problem, path)
    return { media: null, findings: [wrong('source', code, params)] }
  }
}

async function checkWay(path: string, media: MediaInspection, pool: Pool): Promise<StorageFinding[]> {
  const way = await copyWay(path, media, await placeOf(pool))
  if (way === 'overlay') return [wrong('source', 'copy-overlay')]
  return way === 'unreadable' ? [wrong('source', 'media-unreadable', { path })] : []
}

/** A disk that changes while it is copied gives a broken one. */
async function checkUsers(target: Target, media: MediaInspection): Promise<StorageFinding[]> {
  if (media.kind === 'iso' || media.usedBy.length === 0) return []
  const running = new Set((await virshReadOne(target, ['list', '--name'])).split('\n'))
  const names = media.usedBy.filter((name) => running.has(name))
  return names.length === 0 ? [] : [wrong('source', 'source-running', { names: names.join(', ') })]
}

async function checkSpace(path: string, pool: Pool): Promise<StorageFinding[]> {
  const facts = await stat(path).catch(() => null)
  const sizeBytes = facts === null ? 0 : Math.min(facts.size, facts.blocks * 512)
  if (sizeBytes <= pool.availableBytes) return []
  return [wrong('source', 'copy-over-free', { sizeBytes, freeBytes: pool.availableBytes })]
}

async function checkName(target: Target, pool: Pool, name: string): Promise<StorageFinding[]> {
  if (name.trim() === '') return [wrong('name', 'volume-name-empty')]
  if (name.includes('/')) return [wrong('name', 'name-slash')]
  if (name === '.' || name === '..') return [wrong('name', 'name-dots')]
  // libvirt leaves hidden files out of its lists
  if (name.startsWith('.')) return [wrong('name', 'volume-name-hidden')]
  if (unkeepable(name) !== null) return [wrong('name', 'name-control')]
  if (Buffer.byteLength(name) > LONGEST_NAME) return [wrong('name', 'name-long', { max: LONGEST_NAME })]
  const volumes = await poolVolumes(target, pool.uuid, false)
  const taken = volumes.some((volume) => volume.name === name) || (await exists(join(pool.path ?? '', name)))
  return taken ? [wrong('name', 'volume-name-taken', { name, pool: pool.name })] : []
}

async function placeOf(pool: Pool): Promise<Place> {
  const folder = pool.path ?? ''
  return { folder, pool: pool.name, newPool: false, writable: await isFolderWritable(folder) }
}

/** Errors: invalid-input (params.finding), where checkVolume has one that stops it. */
export async function refuseVolume(target: Target, pool: Pool, wish: VolumeWish): Promise<void> {
  const [first] = (await checkVolume(target, pool, wish)).findings
  if (first) throw new AppError('invalid-input', { ...first.params, field: first.field, finding: first.code })
}

/**
 * Copies the file into the pool. What is cancelled or fails leaves nothing; with a purpose the next start of an app that
 * dies in the middle tells of it.
 * Errors: invalid-input (params.finding, where checkVolume has one that stops it), cancelled, and those of the steps.
 */
export async function addVolume(target: Target, pool: Pool, wish: VolumeWish, control: CreationControl, purpose?: Purpose): Promise<{ readonly path: string }> {
  await refuseVolume(target, pool, wish)
  const from = expandPath(wish.source)
  const { media } = await inspectMedia(target, from)
  const place = await placeOf(pool)
  const path = join(place.folder, wish.name)
  const way = await copyWay(from, media, place)
  if (way === 'overlay' || way === 'unreadable') throw new AppError('file-unreadable', { path: from })
  const plain = way === 'convert' && media.backingPath === null
  const part = await partPath(place.folder)
  const steps = plain ? plainCopy({ from, part, path, bytes: media.sizeBytes }, pool) : copySteps({ from, media, place, path, limitBytes: null }, way).steps
  const read: Step = { message: message('pool-refresh', { pool: pool.name }), work: virshStep('pool-refresh', `--pool=${pool.uuid}`), pool: pool.name }
  // what is deleted while it is sent would be sent into nothing
  const leave = workWith(new Set([path]), wish.name)
  try {
    await runSteps(target, [...steps, read], control, purpose && journalOf(target, { ...purpose, machine: null }))
    return { path }
  } finally {
    leave()
  }
}

/** The file as it is, hidden from libvirt and everybody's lists until it is whole. */
function plainCopy({ from, part, path, bytes }: Readonly<Record<'from' | 'part' | 'path', string>> & { readonly bytes: number }, pool: Pool): Step[] {
  const text = message('copy', { from })
  return [
    { message: text, work: { kind: 'copy', from, to: part, bytes }, undo: [removal(part)], undoPartly: true, measured: true },
    {
      message: text,
      work: { kind: 'program', words: ['mv', '-T', '--', part, path] },
      before: () => refuseExisting(path),
      undo: [removal(path), virshStep('pool-refresh', `--pool=${pool.uuid}`)],
    },
  ]
}
