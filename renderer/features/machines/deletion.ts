/** Which files of a machine go with it. */
import type { DeletionFile } from '../../../shared/model/domain.ts'

/** Ticks when the dialog opens: only what was made for this machine, as the host decided. */
export function firstTicks(files: readonly DeletionFile[]): Readonly<Record<string, boolean>> {
  return Object.fromEntries(files.map((file) => [file.path, file.ticked && file.allowed]))
}

/** The ticked files; what may not be deleted is never among them. */
export function chosenFiles(
  files: readonly DeletionFile[],
  ticks: Readonly<Record<string, boolean>>,
): readonly DeletionFile[] {
  return files.filter((file) => file.allowed && ticks[file.path] === true)
}

/** Bytes that their deletion frees, as far as known. */
export function totalBytes(files: readonly DeletionFile[]): number {
  return files.reduce((sum, file) => sum + (file.sizeBytes ?? 0), 0)
}
