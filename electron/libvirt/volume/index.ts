/** Volumes. https://libvirt.org/manpages/virsh.html#storage-volume-commands */
import type { Target } from '../target.ts'
import { virshReadOne, virshWrite, virshWriteDocument } from '../virsh.ts'
import { buildXml, element, indented, parseXml } from '../xml/document.ts'
import { readVolume } from './read.ts'

export interface VolumeSpec {
  readonly name: string
  /** raw, qcow2… */
  readonly format: string
  /** Size that the guest sees. */
  readonly capacityBytes: number
  /** Changes go into the new file, all else is read from this one. */
  readonly backing?: { readonly path: string; readonly format: string }
}

/** The document of a volume that grows as it is written (libvirt would fill a raw one at once). */
export function buildVolume(spec: VolumeSpec): string {
  const { backing } = spec
  return buildXml(
    indented(
      element(
        'volume',
        {},
        element('name', {}, spec.name),
        element('capacity', { unit: 'bytes' }, String(spec.capacityBytes)),
        element('allocation', { unit: 'bytes' }, '0'),
        element('target', {}, element('format', { type: spec.format })),
        backing && element('backingStore', {}, element('path', {}, backing.path), element('format', { type: backing.format })),
      ),
    ),
  )
}

/** The command that volumeCreate runs, without its file. */
export const volumeCreateArguments = (pool: string): readonly string[] => ['vol-create', `--pool=${pool}`]

/** The command that makes a volume with the content of another, named by its path, without its file. */
export const volumeCreateFromArguments = (pool: string, sourcePath: string): readonly string[] => ['vol-create-from', `--pool=${pool}`, `--vol=${sourcePath}`]

/** Makes an empty volume; answers its path. Errors: name-taken, name-invalid, pool-inactive, disk-full. */
export async function volumeCreate(target: Target, poolUuid: string, spec: VolumeSpec): Promise<string> {
  await virshWriteDocument(target, volumeCreateArguments(poolUuid), buildVolume(spec), { timeoutMs: 600_000 })
  const xml = await virshReadOne(target, ['vol-dumpxml', `--pool=${poolUuid}`, `--vol=${spec.name}`])
  return readVolume(parseXml(xml)).path
}

/** Removes the file of a volume, whoever uses it: libvirt asks nobody. Errors: not-found. */
export async function volumeDelete(target: Target, path: string): Promise<void> {
  await virshWrite(target, ['vol-delete', `--vol=${path}`])
}
