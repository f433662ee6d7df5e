/** The list of media: newest first, filtered by the words typed. */
import type { MediaFile } from '../../../shared/model/media.ts'

const plain = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** The last part of a path. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1) || path
}

/** The folder of a path. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')))
}

/** A path shortened for the eye: the home folder as `~`. */
export function withTilde(path: string, home: string): string {
  if (home === '' || home === '/') return path
  return path === home || path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path
}

/** Media in which every word is found (system, file, folder, pool), newest first; the same file only once. */
export function filterMedia(media: readonly MediaFile[], text: string): readonly MediaFile[] {
  const words = plain(text)
    .split(/\s+/)
    .filter((word) => word !== '')
  const seen = new Set<string>()
  const kept = media.filter((file) => {
    if (seen.has(file.path)) return false
    seen.add(file.path)
    const hay = plain(
      [file.system?.name ?? '', file.system?.shortId ?? '', file.path, file.pool ?? '', file.kind].join('\n'),
    )
    return words.every((word) => hay.includes(word))
  })
  return kept.toSorted((left, right) => right.modifiedAt - left.modifiedAt || left.path.localeCompare(right.path))
}
