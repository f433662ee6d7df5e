import type { LibraryImage } from '../../../shared/model/catalogue.ts'

/** Who needs an image: machines by name, else the disks of which no open connection knows a machine. */
export function needers({ usedBy, overlays }: LibraryImage): readonly string[] {
  if (usedBy.length > 0) return [...new Set(usedBy.map(({ name }) => name))]
  return overlays.map((path) => path.slice(path.lastIndexOf('/') + 1))
}
