/** Taking devices out of a machine. https://libvirt.org/manpages/virsh.html#detach-device */
import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '../../../shared/model/error.ts'
import type { Target } from '../target.ts'
import { textOf, virshRead, virshReadOne, virshWriteDocument } from '../virsh.ts'
import { attr, buildXml, child, children, parseXml, remove, type XmlElement } from '../xml/document.ts'
import { readInterface } from './devices/interface.ts'
import { domainRedefine } from './redefine.ts'

/** The guest is waited for so many milliseconds, from the moment it was asked; libvirt itself answers after five seconds. */
const WAIT_MS = 8_000
const LOOK_MS = 250

/**
 * Takes a network card out: of the stored document, and of the running machine, whose guest must let go of it. True where
 * it is gone; false where the running machine has it still, and the next start will not. Asked for again, the guest is
 * asked again. Errors: not-found (no such card), not-active, conflict, xml-invalid.
 */
export async function domainRemoveInterface(target: Target, uuid: string, mac: string): Promise<boolean> {
  const { live, stored } = await cardsOf(target, uuid, mac)
  if (!live && !stored) throw new AppError('not-found', { name: mac }, `no network card ${mac}`)
  if (!live) {
    await domainRedefine(target, uuid, (domain) => takeOut(domain, mac))
    return true
  }
  const asked = Date.now()
  await askGuest(target, uuid, live, stored)
  while (await isLive(target, uuid, mac)) {
    if (Date.now() - asked >= WAIT_MS) return false
    await pause(LOOK_MS)
  }
  return true
}

interface Cards {
  /** The element in the running machine's document. */
  readonly live: XmlElement | undefined
  /** Whether the next start has it. */
  readonly stored: boolean
}

async function cardsOf(target: Target, uuid: string, mac: string): Promise<Cards> {
  const commands = [['dumpxml', `--domain=${uuid}`], ['dumpxml', `--domain=${uuid}`, '--inactive'], ['list', '--all', '--uuid', '--persistent']]
  const [now, next, persistent] = await virshRead(target, commands)
  const domain = parseXml(textOf(now))
  const live = attr(domain, 'id') === null ? undefined : cardOf(domain, mac)
  // virsh prints the running one's document where there is no stored one
  return { live, stored: textOf(persistent).includes(uuid) && cardOf(parseXml(textOf(next)), mac) !== undefined }
}

function cardOf(domain: XmlElement, mac: string): XmlElement | undefined {
  const wanted = mac.toLowerCase()
  return children(child(domain, 'devices'), 'interface').find((card) => readInterface(card).mac?.toLowerCase() === wanted)
}

function takeOut(domain: XmlElement, mac: string): boolean {
  const devices = child(domain, 'devices')
  const card = cardOf(domain, mac)
  return devices !== undefined && card !== undefined && remove(devices, card)
}

/** What the running one was given at its start is left out: the stored card has its own, or none, and would not match. */
const ofTheRun = ['target', 'alias', 'address']

async function askGuest(target: Target, uuid: string, card: XmlElement, stored: boolean): Promise<void> {
  for (const tag of ofTheRun) for (const given of children(card, tag)) remove(card, given)
  const where = ['--live', ...(stored ? ['--config'] : [])]
  await virshWriteDocument(target, ['detach-device', `--domain=${uuid}`, ...where], buildXml(card))
}

async function isLive(target: Target, uuid: string, mac: string): Promise<boolean> {
  const domain = parseXml(await virshReadOne(target, ['dumpxml', `--domain=${uuid}`]))
  return attr(domain, 'id') !== null && cardOf(domain, mac) !== undefined
}
