/** Reading and changing single elements of a document; whatever is not named stays as it is. */
import { decodeEntities, encodeAttribute, encodeText } from './entities.ts'
import { isElement, type XmlElement, type XmlNode } from './node.ts'

/** Attributes that a child must have; `null` means that it has none of that name. */
export type Wanted = Readonly<Record<string, string | null>>

/** The direct children of that name, in their order. */
export function children(el: XmlElement | undefined, tag?: string, wanted: Wanted = {}): XmlElement[] {
  const found = el?.content.filter(isElement) ?? []
  return found.filter((one) => (tag === undefined || one.tag === tag) && Object.entries(wanted).every(([name, value]) => attr(one, name) === value))
}

/** The first direct child of that name, along a path of names. */
export function child(el: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>((at, tag) => at?.content.find((node): node is XmlElement => isElement(node) && node.tag === tag), el)
}

/** An attribute, decoded; null where there is none. */
export function attr(el: XmlElement | undefined, name: string): string | null {
  const raw = el?.attributes[name]
  return raw === undefined ? null : decodeEntities(raw)
}

/** The text of an element, decoded, without blanks around it unless asked; '' for none. */
export function text(el: XmlElement | undefined, keepBlanks = false): string {
  const whole = (el?.content ?? []).map((node) => ('text' in node ? decodeEntities(node.text) : 'cdata' in node ? node.cdata : '')).join('')
  return keepBlanks ? whole : whole.trim()
}

/** The text of the child at that path; null where there is no such child, or an empty one. */
export function childText(el: XmlElement | undefined, ...path: readonly string[]): string | null {
  const value = text(child(el, ...path))
  return value === '' ? null : value
}

/** Sets an attribute, or takes it away (null). Errors: invalid-input for characters that XML cannot hold. */
export function setAttr(el: XmlElement, name: string, value: string | number | null): void {
  if (value === null) delete el.attributes[name]
  else if (attr(el, name) !== String(value)) el.attributes[name] = encodeAttribute(String(value))
}

/** Sets the text of an element that holds nothing else. Errors: invalid-input. */
export function setText(el: XmlElement, value: string): void {
  if (text(el, true) === value) return
  el.content.splice(0, el.content.length, { text: encodeText(value) })
}

/** The child of that name, made where it is missing: behind the last of `after` that is there, else at the end. */
export function ensureChild(el: XmlElement, tag: string, place: { readonly after?: readonly string[] } = {}): XmlElement {
  const found = child(el, tag)
  if (found) return found
  const made: XmlElement = { tag, attributes: {}, content: [] }
  insert(el, made, place)
  return made
}

/** Puts a child in, indented like its siblings: behind the last of `after` that is there, else at the end. */
export function insert(el: XmlElement, made: XmlElement, place: { readonly after?: readonly string[] } = {}): void {
  const before = el.content.findLastIndex((node) => isElement(node) && (place.after ?? []).includes(node.tag))
  const lead = leadOf(el)
  if (before >= 0) {
    el.content.splice(before + 1, 0, ...(lead ? [{ text: lead }] : []), indented(made, lead))
    return
  }
  const tail = el.content.at(-1)
  const closing = tail && isBlank(tail) ? 1 : 0
  el.content.splice(el.content.length - closing, 0, ...(lead ? [{ text: lead }] : []), indented(made, lead))
}

/** Takes a direct child out, with the blanks before it. True where it was there. */
export function remove(el: XmlElement, gone: XmlElement): boolean {
  const at = el.content.indexOf(gone)
  if (at < 0) return false
  const before = el.content[at - 1]
  const blanks = before && isBlank(before) ? 1 : 0
  el.content.splice(at - blanks, 1 + blanks)
  return true
}

/** Gives a tree that was made here a line an element, two blanks a level; what holds text stays as it is. */
export function indented(el: XmlElement, lead: string | null = '\n'): XmlElement {
  if (lead === null || el.content.length === 0 || el.content.some((node) => !isElement(node))) return el
  const inner = `${lead}  `
  const content: XmlNode[] = el.content.filter(isElement).flatMap((one) => [{ text: inner }, indented(one, inner)])
  el.content.splice(0, el.content.length, ...content, { text: lead })
  return el
}

/** The blanks that stand before this element's children, or null where they follow one another directly. */
function leadOf(el: XmlElement): string | null {
  const first = el.content[0]
  return first && 'text' in first && /^\n\s*$/.test(first.text) ? first.text : null
}

function isBlank(node: XmlNode): boolean {
  return 'text' in node && /^\s*$/.test(node.text)
}
