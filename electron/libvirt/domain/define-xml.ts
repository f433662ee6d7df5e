/** A machine's stored document, edited as text. https://libvirt.org/formatdomain.html */
import { AppError } from '../../../shared/model/error.ts'
import type { SavedXml, XmlEdit } from '../../../shared/model/xml-edit.ts'
import { uuidSet } from '../lists.ts'
import type { Target } from '../target.ts'
import { virshRead, virshReadOne } from '../virsh.ts'
import { parseXml } from '../xml/document.ts'
import { saveEdited } from '../xml/edited.ts'
import { domainDefine } from './define.ts'
import { withoutPasswords, withPasswords } from './hidden-passwords.ts'

/**
 * Stores it for the next start; passwords that no page shows are put back in, where they are not to go. Errors: those of saveEdited, xml-secret,
 * not-persistent, and those of domainDefine.
 */
export async function domainDefineXml(target: Target, uuid: string, edit: XmlEdit): Promise<SavedXml> {
  const [persistent] = await virshRead(target, [['list', '--all', '--uuid', '--persistent']])
  if (!uuidSet(persistent).has(uuid)) throw new AppError('not-persistent', { uuid })
  const stored = ['dumpxml', `--domain=${uuid}`, '--inactive']
  return saveEdited(
    {
      root: 'domain',
      uuid,
      printed: withoutPasswords,
      stored: () => virshReadOne(target, stored),
      define: async (xml) => {
        const known = parseXml(await virshReadOne(target, [...stored, '--security-info']))
        return domainDefine(target, withPasswords(xml, edit.dropPasswords === true ? withoutPasswords(known) : known))
      },
    },
    edit,
  )
}
