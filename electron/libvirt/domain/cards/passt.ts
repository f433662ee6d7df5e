/** Whether user mode can be passt's here. https://libvirt.org/formatdomain.html#userspace-slirp-or-passt-connection */
import { isProgram, pathFolders } from '../../../system/programs.ts'
import type { Target } from '../../target.ts'
import { connectionKind } from '../../uri.ts'
import { virshRead } from '../../virsh.ts'
import { attr, child, children, parseXml, text } from '../../xml/document.ts'

/**
 * Where libvirt's capabilities name it: one that only knows the word (9.0.0 has it in its schema) refuses the document. On
 * this computer the program has to be there too, which libvirt needs at a start alone.
 */
export async function hasPasst(target: Target): Promise<boolean> {
  const [answer] = await virshRead(target, [['domcapabilities']])
  if (!answer?.ok || !readBackends(answer.text).includes('passt')) return false
  return !['session', 'system'].includes(connectionKind(target.uri)) || isProgram('passt', pathFolders())
}

/** Back ends of cards that `domcapabilities` names. https://libvirt.org/formatdomaincaps.html */
export function readBackends(xml: string): readonly string[] {
  const enums = children(child(parseXml(xml), 'devices', 'interface'), 'enum')
  const backends = enums.find((one) => attr(one, 'name') === 'backendType')
  return children(backends, 'value').map((value) => text(value))
}
