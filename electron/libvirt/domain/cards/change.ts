/** Changing a machine's network card. https://libvirt.org/manpages/virsh.html#update-device */
import type { CardChange, CardMoment, CardOutcome, PortForward } from '../../../../shared/model/card.ts'
import { AppError } from '../../../../shared/model/error.ts'
import type { Target } from '../../target.ts'
import { virshReadOne, virshWriteDocument } from '../../virsh.ts'
import { buildXml, child, cloneXml, type XmlElement } from '../../xml/document.ts'
import { domainDefine } from '../define.ts'
import { isPasst, patchInterface } from '../devices/interface.ts'
import { domainRedefine } from '../redefine.ts'
import { readForwards } from '../ports/kept.ts'
import { patchPasstForwards } from '../ports/passt.ts'
import { asTold, cardOf, placesOf } from './find.ts'
import { unplug } from './remove.ts'

export interface CardWish {
  readonly mac: string
  readonly change: CardChange
  readonly when: CardMoment
}

/**
 * Changes the card in the stored document, and in the running machine where that is wished. What is stored is patched by
 * itself, since it may differ from what runs, and put back where the running machine refuses.
 * Errors: not-found (no such card), unsupported (libvirt cannot change this while it runs), conflict, xml-invalid.
 */
export async function domainChangeInterface(target: Target, uuid: string, wish: CardWish): Promise<CardOutcome['effect']> {
  const places = await placesOf(target, uuid, wish.mac)
  const later = places.on && wish.when === 'next-start'
  if (!places.live || later) {
    if (later && !places.stored) throw new AppError('not-persistent', { uuid })
    await store(target, uuid, wish)
    return places.on ? 'next-start' : 'now'
  }
  const undo = places.stored ? await store(target, uuid, wish) : async () => undefined
  try {
    return await changeLive(target, uuid, wish, { live: places.live, forwards: places.forwards })
  } catch (error) {
    await undo()
    throw error
  }
}

interface LiveCard {
  readonly live: XmlElement
  readonly forwards: readonly PortForward[]
}

/** Patches the stored card; answers what puts the document back as it was. */
async function store(target: Target, uuid: string, { mac, change }: CardWish): Promise<() => Promise<void>> {
  const before = await virshReadOne(target, ['dumpxml', `--domain=${uuid}`, '--inactive', '--security-info'])
  await domainRedefine(target, uuid, (domain) => {
    const card = cardOf(domain, mac)
    if (card) patchCard(card, change, readForwards(domain).get(mac.toLowerCase()))
    return card !== undefined
  })
  return async () => void (await domainDefine(target, before))
}

/** passt has its ports in the card itself; those that QEMU's user mode had go along. */
function patchCard(card: XmlElement, change: CardChange, forwards: readonly PortForward[] = []): void {
  const was = isPasst(card)
  patchInterface(card, change)
  if (!was && isPasst(card)) patchPasstForwards(card, forwards)
}

async function changeLive(target: Target, uuid: string, wish: CardWish, { live, forwards }: LiveCard): Promise<CardOutcome['effect']> {
  // unplugging shortens the element that it is given
  const old = cloneXml(live)
  const before = asTold(cloneXml(live))
  const after = cloneXml(before)
  patchCard(after, wish.change, forwards)
  if (wish.when === 'now') {
    await virshWriteDocument(target, ['update-device', `--domain=${uuid}`, '--live'], buildXml(after))
    return 'now'
  }
  if (!(await unplug(target, uuid, { card: live, mac: wish.mac, where: ['--live'] }))) return 'kept-by-guest'
  const plugIn = (card: XmlElement): Promise<string> =>
    virshWriteDocument(target, ['attach-device', `--domain=${uuid}`, '--live'], buildXml(card))
  try {
    await plugIn(wish.change.model === undefined ? withSlot(after, old) : after)
  } catch (error) {
    // the guest shall not be left without the card that it had
    await plugIn(before).catch(() => undefined)
    throw error
  }
  return 'now'
}

/** In the slot that it had, so that the guest calls it by the same name; another model may need another kind of slot. */
function withSlot(card: XmlElement, old: XmlElement): XmlElement {
  const slot = child(old, 'address')
  return slot ? { ...card, content: [...card.content, cloneXml(slot)] } : card
}
