/** Taking a network card out of a machine. https://libvirt.org/manpages/virsh.html#detach-device */
import { setTimeout as pause } from 'node:timers/promises'
import type { Target } from '../../target.ts'
import { virshWriteDocument } from '../../virsh.ts'
import { buildXml, child, remove, type XmlElement } from '../../xml/document.ts'
import { domainRedefine } from '../redefine.ts'
import { asTold, cardOf, isLive, placesOf } from './find.ts'

/** The guest is waited for so many milliseconds, from the moment it was asked; libvirt itself answers after five seconds. */
const WAIT_MS = 8_000
const LOOK_MS = 250

/**
 * Takes a network card out: of the stored document, and of the running machine, whose guest must let go of it. True where
 * it is gone; false where the running machine has it still, and the next start will not. Asked for again, the guest is
 * asked again. Errors: not-found (no such card), not-active, conflict, xml-invalid.
 */
export async function domainRemoveInterface(target: Target, uuid: string, mac: string): Promise<boolean> {
  const { live, stored } = await placesOf(target, uuid, mac)
  if (live) return unplug(target, uuid, { card: live, mac, where: stored ? ['--live', '--config'] : ['--live'] })
  await domainRedefine(target, uuid, (domain) => takeOut(domain, mac))
  return true
}

interface Unplugging {
  /** Its element in the running machine's document. */
  readonly card: XmlElement
  readonly mac: string
  readonly where: readonly string[]
}

/** Asks the guest to let go of the card and waits some seconds for it; answers whether it did. */
export async function unplug(target: Target, uuid: string, { card, mac, where }: Unplugging): Promise<boolean> {
  const asked = Date.now()
  await virshWriteDocument(target, ['detach-device', `--domain=${uuid}`, ...where], buildXml(asTold(card)))
  while (await isLive(target, uuid, mac)) {
    if (Date.now() - asked >= WAIT_MS) return false
    await pause(LOOK_MS)
  }
  return true
}

function takeOut(domain: XmlElement, mac: string): boolean {
  const devices = child(domain, 'devices')
  const card = cardOf(domain, mac)
  return devices !== undefined && card !== undefined && remove(devices, card)
}
