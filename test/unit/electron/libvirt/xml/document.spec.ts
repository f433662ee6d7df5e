import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  attr, buildXml, child, children, cloneXml, element, parseXml, text, type XmlElement, type XmlNode,
} from '../../../../../electron/libvirt/xml/document.ts'
import { documents, fixture } from '../../../fixtures.ts'
import { xmlWords } from '../../../words.ts'

/** Quotes and empty elements are written in one way; everything else stays, letter by letter. */
const plain = (xml: string): string =>
  xml
    .replace(/='([^']*)'/g, (_, value: string) => `="${value.replaceAll('"', '&quot;')}"`)
    .replace(/<([^\s<>/!?]+)((?:\s[^<>]*?)?)\s*\/?><\/\1>/g, '<$1$2/>')
    .trim()

const name = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}(:[a-z]{1,4})?$/)
/** XML reads every end of a line as \n, so \r is no text of a document that was read. */
const content = xmlWords(20).filter((value) => !value.includes('\r'))

const { tree } = fc.letrec<{ tree: XmlElement }>((tie) => ({
  tree: fc
    .tuple(name, fc.dictionary(name, xmlWords(20), { maxKeys: 4, noNullPrototype: true }), fc.array(fc.oneof({ maxDepth: 4 }, content, tie('tree')), { maxLength: 5 }))
    .map(([tag, attributes, nodes]) => element(tag, attributes, ...nodes)),
}))

/** Texts beside each other are one, and an empty one is none. */
function joined(el: XmlElement): XmlElement {
  const nodes: XmlNode[] = []
  for (const node of el.content) {
    const last = nodes.at(-1)
    if ('tag' in node) nodes.push(joined(node))
    else if ('text' in node && last && 'text' in last) nodes[nodes.length - 1] = { text: last.text + node.text }
    else if (!('text' in node) || node.text !== '') nodes.push(node)
  }
  return { ...el, content: nodes }
}

describe('a document', () => {
  it.each(documents)('%s comes out as it went in', (path) => {
    const written = buildXml(parseXml(fixture(`libvirt/${path}`)))
    expect(plain(written)).toBe(plain(fixture(`libvirt/${path}`)))
  })

  it('that was built is read as what it was built from', () => {
    fc.assert(
      fc.property(tree, (el) => {
        expect(parseXml(buildXml(el))).toEqual(joined(el))
      }),
      { numRuns: 300 },
    )
  })

  it('that was read and built once is the same ever after', () => {
    fc.assert(
      fc.property(tree, (el) => {
        const once = buildXml(parseXml(buildXml(el)))
        expect(buildXml(parseXml(once))).toBe(once)
      }),
    )
  })

  it('keeps comments, CDATA, unknown elements, entities and white space', () => {
    const xml = '<domain a="1">\n  <!-- a - b -->\n\t<x:y xmlns:x="urn:x"> two  blanks </x:y><![CDATA[<&>]]><e>&#233;&amp;&unknown;&lt;</e><n/>  </domain>'
    expect(buildXml(parseXml(xml))).toBe(xml)
  })

  it('keeps quotes and numbers of attributes as they are meant', () => {
    const root = parseXml(`<a one='say "x"' two="it's" three="007" four="1.0" five="true" six="&#10;&#9;"/>`)
    expect(['one', 'two', 'three', 'four', 'five', 'six'].map((key) => attr(root, key))).toEqual(['say "x"', "it's", '007', '1.0', 'true', '\n\t'])
    expect(parseXml(buildXml(root))).toEqual(root)
  })

  it('is read without its declaration and what stands before and behind it', () => {
    const root = parseXml('<?xml version="1.0"?>\n<!-- before -->\n<a><b/></a>\n<!-- behind -->\n')
    expect(buildXml(root)).toBe('<a><b/></a>')
  })

  it.each([
    ['nothing', '', 1],
    ['words', 'no document', 1],
    ['an open element', '<a>\n<b>\n</a>', 3],
    ['two roots', '<a/><b/>', 1],
    ['a wrong attribute', '<a b=c/>', 1],
    ['a DOCTYPE', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 1],
    ['a DOCTYPE behind a comment', '<?xml version="1.0"?><!-- x -->\n<!DOCTYPE a><a/>', 1],
    ['a comment alone', '<!-- x -->', 1],
  ])('is refused where it is %s', (_what, xml, line) => {
    expect(() => parseXml(xml)).toThrowError(expect.objectContaining({ code: 'xml-invalid', params: { line } }))
  })

  it('is not taken for a DOCTYPE where a text names one', () => {
    expect(text(parseXml('<a>&lt;!DOCTYPE a&gt;</a>'))).toBe('<!DOCTYPE a>')
    expect(text(parseXml('<a><![CDATA[<!DOCTYPE a>]]></a>'))).toBe('<!DOCTYPE a>')
  })

  it('of a thousand machines is read in a moment', () => {
    const xml = `<all>${fixture('libvirt/domain/rich-live.xml').repeat(100)}</all>`
    expect(children(parseXml(xml), 'domain')).toHaveLength(100)
  })
})

describe('a copy', () => {
  it('shares nothing', () => {
    const root = parseXml('<a b="1"><c>x</c></a>')
    const copy = cloneXml(root)
    copy.attributes['b'] = '2'
    child(copy, 'c')?.content.push({ text: 'y' })
    expect(buildXml(root)).toBe('<a b="1"><c>x</c></a>')
  })
})
