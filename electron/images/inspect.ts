/** Looks into one file: what it is, what system is on it, who uses it. */
import { access, constants, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { Stats } from 'node:fs'
import type { MediaFile, MediaInspection, SystemEntry } from '../../shared/model/media.ts'
import { AppError } from '../../shared/model/error.ts'
import { imageInfo } from '../system/qemu-img.ts'
import { expandPath } from '../system/paths.ts'
import { basePath } from './backing.ts'
import { readFileKind, type FileKind } from './disk-header.ts'
import { systemDatabase } from './osinfo/database.ts'
import { recogniseDisk, recogniseIso } from './recognise.ts'
import type { Recognition } from './recognition.ts'
import type { Usage } from './usage.ts'

/** What is known around the file. */
export interface MediaContext {
  readonly origin: MediaFile['origin']
  /** Names of active pools by their folder. */
  readonly poolsByFolder: ReadonlyMap<string, string>
  readonly usage: Usage
}

export interface Inspected {
  readonly media: MediaInspection
  readonly recognition: Recognition | null
}

/**
 * Inspects a file; links are followed to see what it is, and its path stays as the person gave it.
 * Errors: file-missing, file-unreadable, file-wrong-kind (params.path, params.reason), program-missing, timeout.
 */
export async function inspectFile(given: string, context: MediaContext): Promise<Inspected> {
  const path = expandPath(given)
  const facts = await readableFile(path)
  const kind = await readFileKind(path)
  if (kind.kind === 'other') throw new AppError('file-wrong-kind', { path, reason: kind.reason })
  const recognition = await recognise(kind, basename(path))
  const common = {
    path,
    origin: context.origin,
    pool: context.poolsByFolder.get(dirname(path)) ?? null,
    sizeBytes: facts.size,
    modifiedAt: Math.floor(facts.mtimeMs / 1000),
    system: shownSystem(recognition),
    usedBy: (await context.usage.usersOf(path)).map((machine) => machine.name),
  }
  if (kind.kind === 'iso') {
    const iso = { kind: 'iso', format: 'iso', virtualSizeBytes: null, backingPath: null, bootable: kind.header?.bootable ?? false } as const
    return { recognition, media: { ...common, ...iso, live: recognition?.live ?? null } }
  }
  const info = await imageInfo(path)
  const backingPath = info.backingPath === null ? null : (basePath(info.backingPath, path) ?? info.backingPath)
  const disk = { kind: 'disk', format: info.format, virtualSizeBytes: info.virtualSizeBytes, backingPath, bootable: null, live: null } as const
  return { recognition, media: { ...common, ...disk } }
}

/** Errors: file-missing, file-unreadable, file-wrong-kind. A pipe or a device is refused before it is opened. */
export async function readableFile(path: string): Promise<Stats> {
  const facts = await stat(path).catch((error: unknown) => Promise.reject(fileError(error, path)))
  if (!facts.isFile()) throw new AppError('file-wrong-kind', { path, reason: facts.isDirectory() ? 'folder' : 'device' })
  await access(path, constants.R_OK).catch((error: unknown) => Promise.reject(fileError(error, path)))
  return facts
}

function fileError(error: unknown, path: string): AppError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const detail = error instanceof Error ? error.message : String(error)
  if (code === 'ENOENT' || code === 'ENOTDIR') return new AppError('file-missing', { path }, detail)
  if (code === 'EACCES' || code === 'EPERM') return new AppError('file-unreadable', { path }, detail)
  return new AppError('file-wrong-kind', { path, reason: 'unknown' }, detail)
}

/** The system on a medium, by its kind and its file's name. */
export async function recognise(kind: FileKind, fileName: string): Promise<Recognition | null> {
  if (kind.kind === 'other') return null
  const database = await systemDatabase()
  return kind.kind === 'iso' ? recogniseIso(database, kind.header, fileName) : recogniseDisk(database, fileName)
}

/** As lists show it: a version that the database lacks under its own name, with the id of the system that stands in. */
export function shownSystem(recognition: Recognition | null): SystemEntry | null {
  return recognition && { ...recognition.system, name: recognition.label, shortId: recognition.shortLabel }
}
