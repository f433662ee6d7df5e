/** The balloon, which gives memory back and tells how much is in use. https://libvirt.org/formatdomain.html#memory-balloon-device */
import { attr, child, element, ensureChild, remove, setAttr, type XmlElement } from '../../xml/document.ts'

export function readBalloon(el: XmlElement): { readonly model: string; readonly statsSeconds: number | null } {
  const period = attr(child(el, 'stats'), 'period')
  return { model: attr(el, 'model') ?? 'virtio', statsSeconds: period === null ? null : Number(period) }
}

/** How often the guest tells its figures, in seconds; null for never. */
export function patchBalloon(el: XmlElement, change: { readonly statsSeconds?: number | null }): void {
  if (change.statsSeconds === undefined) return
  const stats = child(el, 'stats')
  if (change.statsSeconds !== null) setAttr(ensureChild(el, 'stats'), 'period', change.statsSeconds)
  else if (stats) remove(el, stats)
}

export function buildBalloon(): XmlElement {
  return element('memballoon', { model: 'virtio' })
}
