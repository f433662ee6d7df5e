/** Taking a seed away, and with it its record; where that does not work the record stays, for the next try. */
import { rm } from 'node:fs/promises'
import { isCode } from '../../libvirt/errors.ts'
import { quoteForShell } from '../../libvirt/quoting.ts'
import type { Target } from '../../libvirt/target.ts'
import { previewLine, virshWrite } from '../../libvirt/virsh.ts'
import { noted } from './noted.ts'
import { documentsFolder, localSeed, removeRecord, seedName } from './records.ts'
import type { SeedPlace } from './seed.ts'

const deletion = ({ pool, machine }: SeedPlace): readonly string[] => ['vol-delete', `--pool=${pool ?? ''}`, `--vol=${seedName(machine)}`]

/** The line that does the same. */
export const removalLine = (target: Target, place: SeedPlace): string => (place.pool === null ? `rm -f ${quoteForShell(place.path)}` : previewLine(target, deletion(place)))

/** Errors: libvirt's, permission-denied. A seed that is gone already is none. */
export async function removeSeed(target: Target, place: SeedPlace): Promise<void> {
  await rm(documentsFolder(place.machine), { recursive: true, force: true })
  await rm(localSeed(place.machine), { force: true })
  await noted(target, removalLine(target, place), (silent) => (place.pool === null ? rm(place.path, { force: true }) : deleteVolume(silent, place)))
  await removeRecord(place.machine)
}

/** Without its pool libvirt finds no volume, and the file may be there all the same. */
async function deleteVolume(target: Target, place: SeedPlace): Promise<void> {
  try {
    await virshWrite(target, deletion(place))
  } catch (problem) {
    if (!isCode(problem, 'not-found', 'not-active', 'pool-inactive')) throw problem
    await rm(place.path, { force: true })
  }
}
