/**
 * An XML document that keeps everything it was read with: order, unknown elements, comments, white space. What a verb
 * does not touch comes out as it went in. Values are kept as written and decoded by the accessors.
 */
import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser'
import { AppError } from '../../../shared/model/error.ts'
import { isElement, type XmlElement, type XmlNode } from './node.ts'

export { attr, child, children, childText, ensureChild, indented, insert, remove, setAttr, setText, text } from './access.ts'
export { cloneXml, element, isElement, type XmlElement, type XmlNode } from './node.ts'

const shape = {
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: false,
  commentPropName: '#comment',
  cdataPropName: '#cdata',
} as const
const parser = new XMLParser({ ...shape, parseTagValue: false, parseAttributeValue: false, trimValues: false })
const builder = new XMLBuilder({ ...shape, suppressEmptyNode: true, suppressBooleanAttributes: false })

/** The root element of a document. Errors: xml-invalid for what is no well-formed single document, and for a DOCTYPE. */
export function parseXml(text: string): XmlElement {
  const valid = XMLValidator.validate(text)
  if (valid !== true) throw new AppError('xml-invalid', { line: valid.err.line }, valid.err.msg)
  if (/^\s*(?:(?:<\?[\s\S]*?\?>|<!--[\s\S]*?-->)\s*)*<!DOCTYPE/i.test(text)) throw new AppError('xml-invalid', { line: 1 }, 'DOCTYPE is refused')
  return parseTrusted(text)
}

/** The same for what libvirt itself has built, which need not be checked again: in half the time. */
export function parseTrusted(text: string): XmlElement {
  const roots = readNodes(parsed(text)).filter(isElement)
  const [root] = roots
  if (!root || roots.length !== 1) throw new AppError('xml-invalid', { line: 1 }, 'a document has one root element')
  return root
}

/** The document as text, without a declaration. */
export function buildXml(root: XmlElement): string {
  return builder.build([rawNode(root)])
}

type Raw = Readonly<Record<string, unknown>>

function parsed(text: string): readonly Raw[] {
  try {
    const result: unknown = parser.parse(text)
    return rawList(result)
  } catch (error) {
    throw new AppError('xml-invalid', { line: 1 }, error instanceof Error ? error.message : String(error))
  }
}

const rawList = (value: unknown): readonly Raw[] => (Array.isArray(value) ? value.filter((one): one is Raw => typeof one === 'object' && one !== null) : [])

function readNodes(raw: readonly Raw[]): XmlNode[] {
  return raw.flatMap((node): XmlNode[] => {
    const tag = Object.keys(node).find((key) => key !== ':@')
    if (tag === undefined || tag.startsWith('?')) return []
    if (tag === '#text') return [{ text: String(node[tag]) }]
    if (tag === '#comment') return [{ comment: innerText(node[tag]) }]
    if (tag === '#cdata') return [{ cdata: innerText(node[tag]) }]
    return [{ tag, attributes: readAttributes(node[':@']), content: readNodes(rawList(node[tag])) }]
  })
}

const innerText = (value: unknown): string => rawList(value).map((node) => String(node['#text'] ?? '')).join('')

function readAttributes(value: unknown): Record<string, string> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return Object.fromEntries(entries.map(([name, text]) => [name, String(text).replaceAll('"', '&quot;').replaceAll("'", '&apos;')]))
}

function rawNode(node: XmlNode): Raw {
  if ('text' in node) return { '#text': node.text }
  if ('comment' in node) return { '#comment': [{ '#text': node.comment }] }
  if ('cdata' in node) return { '#cdata': [{ '#text': node.cdata }] }
  const content = node.content.map(rawNode)
  return Object.keys(node.attributes).length === 0 ? { [node.tag]: content } : { [node.tag]: content, ':@': node.attributes }
}
