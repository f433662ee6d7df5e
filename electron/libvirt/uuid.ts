/** Objects are defined with a UUID of ours, so that the lines of the command log find them again. */
import { randomUUID } from 'node:crypto'
import { AppError } from '../../shared/model/error.ts'
import { buildXml, child, childText, element, insert, parseXml, text } from './xml/document.ts'

/** The document with a `<uuid>`, its own or a new one. Errors: xml-invalid where its root is another element. */
export function withUuid(xml: string, root: 'domain' | 'network' | 'pool'): { readonly document: string; readonly uuid: string } {
  const tree = parseXml(xml)
  if (tree.tag !== root) throw new AppError('xml-invalid', { line: 1 }, `the root element is <${tree.tag}>, not <${root}>`)
  const own = childText(tree, 'uuid')
  if (own !== null) return { document: xml, uuid: own }
  const uuid = randomUUID()
  const empty = child(tree, 'uuid')
  if (empty) empty.content.push({ text: uuid })
  else insert(tree, element('uuid', {}, uuid), { after: ['name'] })
  return { document: buildXml(tree), uuid: text(child(tree, 'uuid')) }
}
