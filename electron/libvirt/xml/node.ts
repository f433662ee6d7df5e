/** The nodes of a document, and new ones. */
import { encodeAttribute, encodeText } from './entities.ts'

export interface XmlElement {
  readonly tag: string
  /** As written, not decoded: use attr() and setAttr(). */
  readonly attributes: Record<string, string>
  /** Children of all kinds in their order. */
  readonly content: XmlNode[]
}
export interface XmlText { readonly text: string }
export interface XmlComment { readonly comment: string }
export interface XmlCdata { readonly cdata: string }
export type XmlNode = XmlElement | XmlText | XmlComment | XmlCdata

export function isElement(node: XmlNode): node is XmlElement {
  return 'tag' in node
}

/** A new element; attributes that are null or undefined are left out, so are such children. Strings become text. */
export function element(
  tag: string,
  attributes: Readonly<Record<string, string | number | null | undefined>> = {},
  ...content: readonly (XmlElement | string | null | undefined | false)[]
): XmlElement {
  const made: XmlElement = { tag, attributes: {}, content: [] }
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.attributes[name] = encodeAttribute(String(value))
  }
  for (const node of content) {
    if (typeof node === 'string') made.content.push({ text: encodeText(node) })
    else if (node) made.content.push(node)
  }
  return made
}

/** A copy that shares nothing. */
export function cloneXml(el: XmlElement): XmlElement {
  return structuredClone(el)
}
