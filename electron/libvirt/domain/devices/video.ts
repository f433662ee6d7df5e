/** Graphics cards. https://libvirt.org/formatdomain.html#video-devices */
import { attr, child, element, ensureChild, setAttr, type XmlElement } from '../../xml/document.ts'

export function readVideo(el: XmlElement): string {
  return attr(child(el, 'model'), 'type') ?? 'default'
}

/** Another model; what belonged to the former one (its memory, its heads) goes. */
export function patchVideo(el: XmlElement, change: { readonly model?: string }): void {
  if (change.model === undefined || change.model === readVideo(el)) return
  const model = ensureChild(el, 'model')
  for (const name of Object.keys(model.attributes)) setAttr(model, name, null)
  setAttr(model, 'type', change.model)
}

export function buildVideo(spec: { readonly model: string }): XmlElement {
  return element('video', {}, element('model', { type: spec.model }))
}
