import type { FileEntry } from '../../shared/model/media.ts'
import type { FilePurpose } from './services.ts'

const isos = ['iso']
const media = ['iso', 'img', 'qcow2', 'qcow', 'raw', 'vmdk', 'vdi', 'vhd', 'vhdx', 'qed', 'bin']

/** Whether a file browser opened for this purpose lists the entry before "all files" is chosen; folders always. */
export function suits(entry: Pick<FileEntry, 'name' | 'kind'>, purpose: FilePurpose): boolean {
  if (entry.kind === 'folder') return true
  if (purpose === 'folder') return false
  if (purpose === 'text') return true
  const ending = entry.name.split('.').at(-1)?.toLowerCase() ?? ''
  return (purpose === 'iso' ? isos : media).includes(ending)
}
