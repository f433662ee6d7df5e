/**
 * Running machines on a network that was stopped: with its bridge their cards' other ends lost what they were plugged
 * into, and libvirt 9 does not plug them in again when the network starts. `update-device` with the document that the
 * card has changes nothing; from the network to its bridge by name, and back, plugs it in.
 */
import type { Target } from '../target.ts'
import { textOf, virshRead, virshReadOne, virshWriteDocument } from '../virsh.ts'
import { asTold } from '../domain/cards/find.ts'
import { attr, buildXml, child, children, childText, cloneXml, element, ensureChild, insert, parseTrusted, parseXml, remove, setAttr, text, type XmlElement } from '../xml/document.ts'
import { uuidList } from '../lists.ts'
import { readNetwork } from './read.ts'

interface Network {
  readonly name: string
  readonly bridge: string
  /** The host's own bridge stays where the network stops, and so do the cards in it. */
  readonly keepsCards: boolean
}

/** Plugs the cards of all running machines in again; answers the names of the machines with which it failed. The network is on. */
export async function reconnectMachines(target: Target, uuid: string): Promise<readonly string[]> {
  const { name, kind, bridge, forwardDevice } = readNetwork(parseXml(await virshReadOne(target, ['net-dumpxml', `--network=${uuid}`])))
  const machines = await runningMachines(target)
  const failed: string[] = []
  for (const machine of machines) {
    const cards = cardsOn(machine, name)
    const done =
      bridge === null
        ? cards.every((card) => attr(child(card, 'source'), 'dev') === forwardDevice) // macvtap: libvirt changes no such card while it runs
        : await plugIn(target, machine, { cards, network: { name, bridge, keepsCards: kind === 'bridge' } })
    if (!done) failed.push(text(child(machine, 'name'), true))
  }
  return failed
}

async function runningMachines(target: Target): Promise<XmlElement[]> {
  const uuids = uuidList(await virshReadOne(target, ['list', '--uuid']))
  const answers = uuids.length === 0 ? [] : await virshRead(target, uuids.map((one) => ['dumpxml', `--domain=${one}`]))
  return answers.flatMap((answer) => (answer.ok ? [parseTrusted(textOf(answer))] : []))
}

const cardsOn = (machine: XmlElement, network: string): XmlElement[] =>
  children(child(machine, 'devices'), 'interface').filter((card) => attr(child(card, 'source'), 'network') === network)

async function plugIn(target: Target, machine: XmlElement, { cards, network }: { readonly cards: readonly XmlElement[]; readonly network: Network }): Promise<boolean> {
  const domain = childText(machine, 'uuid') ?? ''
  try {
    for (const card of cards) if (!isPluggedIn(card, network)) await detour(target, domain, { card, bridge: network.bridge })
    return true
  } catch {
    return false // the machine, or its network, went away meanwhile, or libvirt cannot
  }
}

const isPluggedIn = (card: XmlElement, { bridge, keepsCards }: Network): boolean => keepsCards && attr(child(card, 'source'), 'bridge') === bridge

/** With the cable out on the way, so that the guest notices and asks for an address again. */
async function detour(target: Target, domain: string, { card, bridge }: { readonly card: XmlElement; readonly bridge: string }): Promise<void> {
  const back = asTold(cloneXml(card))
  const away = cloneXml(back)
  const old = child(away, 'source')
  if (old) remove(away, old)
  setAttr(away, 'type', 'bridge')
  insert(away, element('source', { bridge }), { after: ['mac'] })
  setAttr(ensureChild(away, 'link', { after: ['model', 'source'] }), 'state', 'down')
  for (const document of [away, back]) await virshWriteDocument(target, ['update-device', `--domain=${domain}`, '--live'], buildXml(document))
}
