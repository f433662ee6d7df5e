/** Changing what the next start uses: the stored document is patched, and all that is not named survives. */
import { AppError } from '../../../shared/model/error.ts'
import type { Target } from '../target.ts'
import { textOf, virshRead, virshReadOne } from '../virsh.ts'
import { buildXml, parseXml, type XmlElement } from '../xml/document.ts'
import { domainDefine } from './define.ts'

/**
 * Patches the stored document of a machine and defines it anew, with its secrets. `patch` answers whether there is
 * anything to do. Errors: not-found, not-persistent, conflict where somebody else changed it meanwhile, xml-invalid.
 */
export async function domainRedefine(target: Target, uuid: string, patch: (domain: XmlElement) => boolean): Promise<void> {
  const stored = ['dumpxml', `--domain=${uuid}`, '--inactive', '--security-info']
  const [answer, persistent] = await virshRead(target, [stored, ['list', '--all', '--uuid', '--persistent']])
  const before = textOf(answer)
  // virsh prints the running one's document where there is no stored one
  if (!textOf(persistent).includes(uuid)) throw new AppError('not-persistent', { uuid })
  const domain = parseXml(before)
  if (!patch(domain)) return
  if ((await virshReadOne(target, stored)) !== before) throw new AppError('conflict', { uuid })
  await domainDefine(target, buildXml(domain))
}
