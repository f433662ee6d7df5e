/** Putting a network card into a machine. https://libvirt.org/manpages/virsh.html#attach-device */
import { randomBytes } from 'node:crypto'
import { AppError } from '../../../../shared/model/error.ts'
import type { CardSource } from '../../../../shared/model/card.ts'
import type { Target } from '../../target.ts'
import { textOf, virshRead, virshWriteDocument } from '../../virsh.ts'
import { attr, buildXml, child, insert, parseXml } from '../../xml/document.ts'
import { buildInterface } from '../devices/interface.ts'
import { domainRedefine } from '../redefine.ts'
import { cardOf } from './find.ts'

export interface NewCard {
  readonly source: CardSource
  readonly model: string
  readonly mac: string
}

/** Plugs it in at once where the machine runs, and for each start. Errors: already-exists (its MAC), and libvirt's of the source. */
export async function domainAddInterface(target: Target, uuid: string, card: NewCard): Promise<void> {
  const [xml, list] = await virshRead(target, [['dumpxml', `--domain=${uuid}`], ['list', '--all', '--uuid', '--persistent']])
  const domain = parseXml(textOf(xml))
  if (cardOf(domain, card.mac)) throw new AppError('already-exists', { name: card.mac })
  const made = buildInterface(card)
  if (attr(domain, 'id') === null) {
    await domainRedefine(target, uuid, (stored) => {
      const devices = child(stored, 'devices')
      if (devices) insert(devices, made, { after: ['interface', 'controller', 'filesystem', 'disk'] })
      return devices !== undefined
    })
    return
  }
  const where = ['--live', ...(textOf(list).includes(uuid) ? ['--config'] : [])]
  await virshWriteDocument(target, ['attach-device', `--domain=${uuid}`, ...where], buildXml(made))
}

/** A MAC of those that QEMU's cards have, and none of these. */
export function drawMac(used: ReadonlySet<string>): string {
  for (;;) {
    const mac = ['52', '54', '00', ...[...randomBytes(3)].map((byte) => byte.toString(16).padStart(2, '0'))].join(':')
    if (!used.has(mac)) return mac
  }
}
