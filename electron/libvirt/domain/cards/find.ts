/** Where a machine's network cards stand in its documents. */
import type { PortForward } from '../../../../shared/model/card.ts'
import { AppError } from '../../../../shared/model/error.ts'
import type { Target } from '../../target.ts'
import { textOf, virshRead, virshReadOne } from '../../virsh.ts'
import { attr, child, children, parseXml, remove, setAttr, type XmlElement } from '../../xml/document.ts'
import { readInterface } from '../devices/interface.ts'
import { readForwards } from '../ports/kept.ts'

export interface CardPlaces {
  /** The element in the running machine's document; undefined where it is off or has no such card. */
  readonly live: XmlElement | undefined
  /** The element in the document of the next start. */
  readonly stored: XmlElement | undefined
  /** The machine runs. */
  readonly on: boolean
  readonly persistent: boolean
  /** The ports that are forwarded to it, kept in the machine's metadata. */
  readonly forwards: readonly PortForward[]
}

/** Reads where a card is. Errors: not-found where the machine has none of that MAC. */
export async function placesOf(target: Target, uuid: string, mac: string): Promise<CardPlaces> {
  const places = await anyPlacesOf(target, uuid, mac)
  if (!places.live && !places.stored) throw new AppError('not-found', { name: mac }, `no network card ${mac}`)
  return places
}

/** The same for a card that may not be there (yet). */
async function anyPlacesOf(target: Target, uuid: string, mac: string): Promise<CardPlaces> {
  const commands = [['dumpxml', `--domain=${uuid}`], ['dumpxml', `--domain=${uuid}`, '--inactive'], ['list', '--all', '--uuid', '--persistent']]
  const [now, next, list] = await virshRead(target, commands)
  const domain = parseXml(textOf(now))
  const on = attr(domain, 'id') !== null
  // virsh prints the running one's document where there is no stored one
  const persistent = textOf(list).includes(uuid)
  return {
    on,
    persistent,
    forwards: readForwards(domain).get(mac.toLowerCase()) ?? [],
    live: on ? cardOf(domain, mac) : undefined,
    stored: persistent ? cardOf(parseXml(textOf(next)), mac) : undefined,
  }
}

export function cardOf(domain: XmlElement, mac: string): XmlElement | undefined {
  const wanted = mac.toLowerCase()
  return children(child(domain, 'devices'), 'interface').find((card) => readInterface(card).mac?.toLowerCase() === wanted)
}

/** Whether the running machine has the card. */
export async function isLive(target: Target, uuid: string, mac: string): Promise<boolean> {
  const domain = parseXml(await virshReadOne(target, ['dumpxml', `--domain=${uuid}`]))
  return attr(domain, 'id') !== null && cardOf(domain, mac) !== undefined
}

/** What the running one was given at its start. */
const ofTheRun = ['target', 'alias', 'address']

/**
 * Makes a running card's element one that libvirt is told: without what it was given at its start (of the stored card's
 * it may differ), and with its network alone where libvirt shows what that network plugged it into.
 */
export function asTold(card: XmlElement): XmlElement {
  for (const tag of ofTheRun) for (const given of children(card, tag)) remove(card, given)
  const source = child(card, 'source')
  if (source && attr(source, 'network') !== null) {
    setAttr(card, 'type', 'network')
    for (const name of Object.keys(source.attributes)) if (name !== 'network' && name !== 'portgroup') setAttr(source, name, null)
  }
  return card
}
