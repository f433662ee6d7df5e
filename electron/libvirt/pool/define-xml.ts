/** A pool's stored document, edited as text. https://libvirt.org/formatstorage.html */
import { AppError } from '../../../shared/model/error.ts'
import type { SavedXml, XmlEdit } from '../../../shared/model/xml-edit.ts'
import { uuidSet } from '../lists.ts'
import type { Target } from '../target.ts'
import { virshRead, virshWriteDocument } from '../virsh.ts'
import { saveEdited } from '../xml/edited.ts'
import { poolXml } from './index.ts'

/** Stores it for the pool's next start. Errors: those of saveEdited, not-persistent, pool-conflict, name-invalid. */
export async function poolDefineXml(target: Target, uuid: string, edit: XmlEdit): Promise<SavedXml> {
  const [persistent] = await virshRead(target, [['pool-list', '--uuid', '--all', '--persistent']])
  if (!uuidSet(persistent).has(uuid)) throw new AppError('not-persistent', { uuid })
  const define = (xml: string): Promise<string> => virshWriteDocument(target, ['pool-define', '--validate'], xml)
  return saveEdited({ root: 'pool', uuid, stored: () => poolXml(target, uuid), define }, edit)
}
