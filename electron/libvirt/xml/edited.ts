/** A document that a person has edited as text: what may not differ in it, and what libvirt has made of it. */
import { AppError } from '../../../shared/model/error.ts'
import type { SavedXml, XmlEdit } from '../../../shared/model/xml-edit.ts'
import { isCode } from '../errors.ts'
import { child, childText, isElement, parseXml, text, type XmlElement, type XmlNode } from './document.ts'

export interface EditedObject {
  readonly root: 'domain' | 'network' | 'pool'
  readonly uuid: string
  /** The stored document, as a page shows it. */
  stored(): Promise<string>
  /** Defines the object from this text, as it stands. */
  define(xml: string): Promise<unknown>
  /** The edited document as the stored one is printed, which may leave something out. */
  printed?(edited: XmlElement): XmlElement
}

/**
 * Stores an edited document, where the stored one is still as it was when editing began; answers what libvirt has kept.
 * Errors: conflict; xml-invalid (params.line, where it is known), also for a DOCTYPE; xml-uuid, xml-name (params.name):
 * that would be another object; and what libvirt says of the document.
 */
export async function saveEdited({ root, uuid, stored, define, printed = (edited) => edited }: EditedObject, { before, xml }: XmlEdit): Promise<SavedXml> {
  const edited = parseEdited(xml)
  if (edited.tag !== root) throw new AppError('xml-invalid', { line: 1 }, `the root element is <${edited.tag}>, not <${root}>`)
  if (childText(edited, 'uuid')?.toLowerCase() !== uuid) throw new AppError('xml-uuid', { uuid })
  if ((await stored()) !== before) throw new AppError('conflict', { uuid })
  const name = nameOf(parseXml(before))
  if (nameOf(edited) !== name) throw new AppError('xml-name', { name })
  await define(xml).catch((error: unknown) => Promise.reject(withLine(error)))
  const kept = await stored()
  return { xml: kept, same: isSame(printed(edited), parseXml(kept)) }
}

const nameOf = (root: XmlElement): string => text(child(root, 'name'), true)

/** Nothing may stand in for something else: a document type could declare entities, wherever a reader looks for it. */
function parseEdited(xml: string): XmlElement {
  const bare = xml.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g, (kept) => kept.replace(/[^\n]/g, ' '))
  const at = bare.search(/<!(?:DOCTYPE|ENTITY)/i)
  if (at >= 0) throw new AppError('xml-invalid', { line: xml.slice(0, at).split('\n').length }, 'DOCTYPE is refused')
  return parseXml(xml)
}

/** libvirt's parser names the line, as `(domain_definition):12: …`; its schema does not. */
function withLine(error: unknown): unknown {
  if (!isCode(error, 'xml-invalid')) return error
  const line = /_definition\):(\d+):/.exec(error.detail ?? '')?.[1]
  return line === undefined ? error : new AppError(error.code, { ...error.params, line: Number(line) }, error.detail, error.remedies)
}

/** Whether both say the same, whatever the blanks between elements and the order of attributes. */
export function isSame(a: XmlNode, b: XmlNode): boolean {
  if (!isElement(a) || !isElement(b)) return JSON.stringify(trimmed(a)) === JSON.stringify(trimmed(b))
  const [left, right] = [a, b].map((one) => one.content.filter((node) => !isBlank(node))) as [XmlNode[], XmlNode[]]
  if (a.tag !== b.tag || left.length !== right.length || !sameAttributes(a, b)) return false
  return left.every((node, index) => isSame(node, right[index] as XmlNode))
}

const isBlank = (node: XmlNode): boolean => 'text' in node && node.text.trim() === ''
const trimmed = (node: XmlNode): XmlNode => ('text' in node ? { text: node.text.trim() } : node)

function sameAttributes({ attributes: a }: XmlElement, { attributes: b }: XmlElement): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}
