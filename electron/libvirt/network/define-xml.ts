/** A network's stored document, edited as text. https://libvirt.org/formatnetwork.html */
import { AppError } from '../../../shared/model/error.ts'
import type { SavedXml, XmlEdit } from '../../../shared/model/xml-edit.ts'
import { uuidSet } from '../lists.ts'
import type { Target } from '../target.ts'
import { virshRead } from '../virsh.ts'
import { saveEdited } from '../xml/edited.ts'
import { networkDefine, networkXml } from './index.ts'

/** Stores it for the network's next start. Errors: those of saveEdited, not-persistent, and those of networkDefine. */
export async function networkDefineXml(target: Target, uuid: string, edit: XmlEdit): Promise<SavedXml> {
  const [persistent] = await virshRead(target, [['net-list', '--uuid', '--all', '--persistent']])
  if (!uuidSet(persistent).has(uuid)) throw new AppError('not-persistent', { uuid })
  return saveEdited({ root: 'network', uuid, stored: () => networkXml(target, uuid), define: (xml) => networkDefine(target, xml) }, edit)
}
