import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  attr, buildXml, child, children, childText, element, ensureChild, indented, insert, parseXml, remove, setAttr, setText, text, type XmlElement,
} from '../../../../../electron/libvirt/xml/document.ts'
import { document } from '../../../fixtures.ts'
import { xmlWords } from '../../../words.ts'

const rich = (): XmlElement => document('domain/rich-config.xml')
const lines = (el: XmlElement): string[] => buildXml(el).split('\n')

/** Lines that only one of the two has, in their order, each with a mark. */
function changes(before: readonly string[], after: readonly string[]): string[] {
  const rest = [...after]
  const gone = before.filter((line) => {
    const at = rest.indexOf(line)
    if (at >= 0) rest.splice(at, 1)
    return at < 0
  })
  return [...gone.map((line) => `- ${line.trim()}`), ...rest.map((line) => `+ ${line.trim()}`)]
}

describe('reading', () => {
  const root = parseXml('<a x="1&amp;2"> one <b n="1">first</b><b n="2" k="v"/><c><d>deep</d></c><![CDATA[<raw>]]> </a>')

  it('finds children by name and attributes', () => {
    expect(children(root).map((one) => one.tag)).toEqual(['b', 'b', 'c'])
    expect(children(root, 'b', { n: '2' }).map((one) => attr(one, 'k'))).toEqual(['v'])
    expect(children(root, 'b', { k: null }).map((one) => attr(one, 'n'))).toEqual(['1'])
    expect(children(undefined, 'b')).toEqual([])
  })

  it('follows a path of names, and gives nothing for one that leads nowhere', () => {
    expect(childText(root, 'c', 'd')).toBe('deep')
    expect(child(root, 'c', 'x', 'y')).toBeUndefined()
    expect(childText(root, 'b', 'd')).toBeNull()
    expect(childText(parseXml('<a><b> </b></a>'), 'b')).toBeNull()
    expect(attr(child(root, 'none'), 'x')).toBeNull()
  })

  it('decodes texts and attributes', () => {
    expect(attr(root, 'x')).toBe('1&2')
    expect(text(root)).toBe('one <raw>')
    expect(text(parseXml('<a> x </a>'), true)).toBe(' x ')
    expect(text(undefined)).toBe('')
  })
})

describe('an edit', () => {
  it('comes back as it was meant, whatever it is', () => {
    fc.assert(
      fc.property(xmlWords(), (value) => {
        const root = rich()
        setAttr(root, 'id', value)
        const title = child(root, 'title')
        if (title) setText(title, value)
        const again = parseXml(buildXml(root))
        expect(attr(again, 'id')).toBe(value)
        expect(text(child(again, 'title'), true)).toBe(value)
        expect(childText(again, 'uuid')).toBe('3f9d0c1e-6f0b-4c58-9c0f-0d7c5f5b1a01')
      }),
      { numRuns: 60 },
    )
  })

  it('changes only its own elements', () => {
    const before = lines(rich())
    const root = rich()
    const target = child(root, 'devices', 'interface', 'mac')
    if (target) setAttr(target, 'address', '52:54:00:00:00:99')
    setText(ensureChild(root, 'title'), 'other')
    expect(changes(before, lines(root))).toEqual([
      '- <title>Título &lt;1&gt;</title>',
      '- <mac address="52:54:00:aa:00:01"/>',
      '+ <title>other</title>',
      '+ <mac address="52:54:00:00:00:99"/>',
    ])
  })

  it('to what is there already changes not a letter', () => {
    const root = parseXml(`<a b='&#x41;'><c>&#x41;</c></a>`)
    const before = buildXml(root)
    setAttr(root, 'b', 'A')
    const c = child(root, 'c')
    if (c) setText(c, 'A')
    expect(buildXml(root)).toBe(before)
  })

  it('takes an attribute away', () => {
    const root = parseXml('<a b="1" c="2"/>')
    setAttr(root, 'b', null)
    setAttr(root, 'none', null)
    expect(buildXml(root)).toBe('<a c="2"/>')
  })

  it('refuses what XML cannot hold', () => {
    for (const value of ['\u0000', '\u0001', '\u001b', '\ufffe', '\ud800']) {
      expect(() => setAttr(element('a'), 'b', value)).toThrowError(expect.objectContaining({ code: 'invalid-input' }))
      expect(() => setText(element('a'), value)).toThrowError(expect.objectContaining({ code: 'invalid-input' }))
      expect(() => element('a', {}, value)).toThrowError(expect.objectContaining({ code: 'invalid-input' }))
    }
  })
})

describe('putting in and taking out', () => {
  const folded = '<a>\n  <b/>\n  <c>\n    <d/>\n  </c>\n</a>'

  it('keeps the indentation', () => {
    const root = parseXml(folded)
    insert(root, element('e', {}, element('f', {}, element('g'))))
    expect(buildXml(root)).toBe('<a>\n  <b/>\n  <c>\n    <d/>\n  </c>\n  <e>\n    <f>\n      <g/>\n    </f>\n  </e>\n</a>')
  })

  it('goes behind the last of those named, else to the end', () => {
    const root = parseXml('<a>\n  <b/>\n  <b/>\n  <c/>\n</a>')
    insert(root, element('x'), { after: ['b', 'none'] })
    insert(root, element('y'), { after: ['none'] })
    expect(children(root).map((one) => one.tag)).toEqual(['b', 'b', 'x', 'c', 'y'])
  })

  it('needs no indentation where there is none', () => {
    const root = parseXml('<a><b/></a>')
    insert(root, element('c', {}, element('d')))
    expect(buildXml(root)).toBe('<a><b/><c><d/></c></a>')
  })

  it('what was put in and taken out leaves no trace', () => {
    const root = rich()
    const before = buildXml(root)
    const made = ensureChild(root, 'bogus', { after: ['memory'] })
    expect(children(root).map((one) => one.tag).indexOf('bogus')).toBe(children(root).map((one) => one.tag).indexOf('memory') + 1)
    expect(remove(root, made)).toBe(true)
    expect(buildXml(root)).toBe(before)
    expect(remove(root, made)).toBe(false)
  })

  it('makes no second child of a name', () => {
    const root = parseXml(folded)
    const c = child(root, 'c')
    expect(ensureChild(root, 'c', { after: ['b'] })).toBe(c)
    expect(buildXml(root)).toBe(folded)
  })

  it('every device of a machine can be taken out, and the rest stays', () => {
    const all = children(child(rich(), 'devices')).length
    for (let index = 0; index < all; index++) {
      const root = rich()
      const devices = child(root, 'devices')
      const gone = children(devices)[index]
      if (!devices || !gone) throw new Error('no device')
      remove(devices, gone)
      expect(changes(lines(rich()), lines(root)).every((line) => line.startsWith('- '))).toBe(true)
      expect(children(child(parseXml(buildXml(root)), 'devices'))).toHaveLength(all - 1)
    }
  })
})

describe('indentation of a new tree', () => {
  it('is a line an element, and texts stay as they are', () => {
    const made = indented(element('a', {}, element('b', {}, 'text  '), element('c', {}, element('d'))))
    expect(buildXml(made)).toBe('<a>\n  <b>text  </b>\n  <c>\n    <d/>\n  </c>\n</a>')
    expect(buildXml(indented(element('a')))).toBe('<a/>')
    expect(buildXml(indented(element('a', {}, element('b')), null))).toBe('<a><b/></a>')
  })
})
