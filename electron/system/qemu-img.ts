/** qemu-img: facts about disk images, and the words of the commands that make them. https://www.qemu.org/docs/master/tools/qemu-img.html */
import { AppError } from '../../shared/model/error.ts'
import { run } from './exec.ts'

export interface ImageInfo {
  readonly format: string
  /** Size that a guest sees. */
  readonly virtualSizeBytes: number
  /** Bytes that it takes now. */
  readonly actualSizeBytes: number | null
  /** Base of an overlay, as far as qemu-img could make it absolute. */
  readonly backingPath: string | null
  /** The data lie in another file that the header names. */
  readonly dataFile: string | null
}

/** English, and names in UTF-8. */
export const qemuImgEnvironment: Readonly<Record<string, string>> = { LC_ALL: 'C.UTF-8' }

/** Longest wait for an answer about one file, in milliseconds (a network mount may hang). */
const INFO_LIMIT = 15_000

/**
 * Facts about an image that may be in use. The path is absolute, so that it is neither an option nor a protocol.
 * Errors: program-missing, timeout, cancelled, file-wrong-kind (params.path; qemu-img's text as detail).
 */
export async function imageInfo(path: string, signal?: AbortSignal): Promise<ImageInfo> {
  const result = await run('qemu-img', ['info', '--output=json', '-U', path], { env: qemuImgEnvironment, timeoutMs: INFO_LIMIT, signal })
  if (result.exitCode !== 0) throw new AppError('file-wrong-kind', { path }, result.stderr.trim() || null)
  return readInfo(result.stdout, path)
}

function readInfo(output: string, path: string): ImageInfo {
  const facts: unknown = JSON.parse(output)
  const text = (key: string): string | null => textOf(facts, key)
  const number = (key: string): number | null => (isRecord(facts) && typeof facts[key] === 'number' ? facts[key] : null)
  const specific = isRecord(facts) && isRecord(facts['format-specific']) ? facts['format-specific']['data'] : null
  const format = text('format')
  if (format === null) throw new AppError('file-wrong-kind', { path })
  return {
    format,
    virtualSizeBytes: number('virtual-size') ?? 0,
    actualSizeBytes: number('actual-size'),
    backingPath: text('full-backing-filename') ?? text('backing-filename'),
    dataFile: textOf(specific, 'data-file'),
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const textOf = (value: unknown, key: string): string | null => (isRecord(value) && typeof value[key] === 'string' ? value[key] : null)

/** Words of the command that makes an empty disk. */
export const createImageWords = (path: string, bytes: number): string[] => ['qemu-img', 'create', '-q', '-f', 'qcow2', path, String(bytes)]

/** Words of the command that makes a disk that keeps only what differs from its base. The format is named: guessing it would let a guest lead QEMU to other files. */
export const createOverlayWords = (path: string, base: { readonly path: string; readonly format: string }, bytes: number): string[] =>
  ['qemu-img', 'create', '-q', '-f', 'qcow2', '-b', base.path, '-F', base.format, path, String(bytes)]

export interface ImageCopy {
  readonly from: string
  readonly fromFormat: string
  readonly to: string
  readonly toFormat: 'qcow2' | 'raw'
  /** A machine may be writing to it. */
  readonly inUse: boolean
}

/** Words of the command that copies an image into one of its own (an overlay's base goes into it), printing percents. */
export const convertImageWords = ({ from, fromFormat, to, toFormat, inUse }: ImageCopy): string[] =>
  ['qemu-img', 'convert', '-p', ...(inUse ? ['-U'] : []), '-f', fromFormat, '-O', toFormat, from, to]

/** Words of the command that sets the size that a guest sees. */
export const resizeImageWords = (path: string, bytes: number): string[] => ['qemu-img', 'resize', '-q', '-f', 'qcow2', path, String(bytes)]

/** The last percentage of what `qemu-img convert -p` printed, or null. */
export function readPercent(output: string): number | null {
  const last = [...output.matchAll(/\((\d+(?:\.\d+)?)\/100%\)/g)].at(-1)?.[1]
  return last === undefined ? null : Number(last)
}
