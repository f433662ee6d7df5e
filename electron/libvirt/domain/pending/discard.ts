/** Giving the next start what runs now: the stored document is patched from the running machine's. */
import { AppError, toWireError } from '../../../../shared/model/error.ts'
import type { FieldFailure, PendingChange } from '../../../../shared/model/pending.ts'
import type { Target } from '../../target.ts'
import { attr, child, type XmlElement } from '../../xml/document.ts'
import { kibOf } from '../../xml/units.ts'
import { fitTopology, patchDescription, patchMaxMemory, patchMaxVcpus, patchMemory, patchVcpus } from '../patch.ts'
import { domainRedefine } from '../redefine.ts'
import { copyBoot, copyCpu, copyDevice, copyDevices, copyFirmware, copySetting } from './copy.ts'
import { twoDocuments } from './documents.ts'

/**
 * All fields in one change of the document, or none of them. The answer is what cannot be taken back; a field that is the
 * same meanwhile is done. Errors: not-found, not-active, not-persistent, conflict, and what libvirt says of the whole.
 */
export async function domainDiscardPending(target: Target, uuid: string, fields: readonly string[]): Promise<readonly FieldFailure[]> {
  const { live, changes } = await twoDocuments(target, uuid)
  const wanted = changes.filter(({ field }) => fields.includes(field))
  const failures: FieldFailure[] = []
  await domainRedefine(target, uuid, (stored) => {
    failures.length = 0
    for (const change of wanted) {
      try {
        takeBack(stored, live, change)
      } catch (error) {
        failures.push({ field: change.field, error: toWireError(error) })
      }
    }
    fitTopology(stored)
    return failures.length < wanted.length
  })
  return failures
}

function takeBack(stored: XmlElement, live: XmlElement, change: PendingChange): void {
  switch (change.kind) {
    case 'words':
      return takeWords(stored, live, change)
    case 'kib':
      return change.field === 'memory' ? patchMemory(stored, change.live) : patchMaxMemory(stored, kibOf(child(live, 'memory')))
    case 'count':
      return change.field === 'vcpus' ? patchVcpus(stored, change.live) : patchMaxVcpus(stored, change.live)
    case 'boot':
      return copyBoot(stored, live)
    case 'firmware':
      return copyFirmware(stored, live)
    case 'cpu':
      return copyCpu(stored, live)
    case 'disk':
    case 'interface':
      return copyDevice(stored, live, change.field)
    case 'graphics':
      return copyDevices(stored, live, 'graphics')
    case 'devices':
      return copyDevices(stored, live, change.field.slice('devices:'.length))
  }
}

function takeWords(stored: XmlElement, live: XmlElement, { field, live: words }: PendingChange & { readonly kind: 'words' }): void {
  if (field === 'title' || field === 'description') return patchDescription(stored, field, words)
  if (field === 'acceleration') {
    stored.attributes['type'] = attr(live, 'type') ?? ''
    return
  }
  if (field.startsWith('settings:')) return copySetting(stored, live, field.slice('settings:'.length))
  const type = child(stored, 'os', 'type')
  if (!type || words === null) throw new AppError('unsupported', { name: field })
  type.attributes['machine'] = words
}
