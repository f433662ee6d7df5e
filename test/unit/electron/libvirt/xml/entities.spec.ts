import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeEntities, encodeAttribute, encodeText } from '../../../../../electron/libvirt/xml/entities.ts'
import { isXmlText } from '../../../../../shared/lib/text.ts'
import { xmlWords } from '../../../words.ts'

describe('characters of XML', () => {
  it('come back as they were, in a text and in an attribute', () => {
    fc.assert(
      fc.property(xmlWords(), (value) => {
        expect(decodeEntities(encodeText(value))).toBe(value)
        expect(decodeEntities(encodeAttribute(value))).toBe(value)
        expect(encodeText(value)).not.toMatch(/[<>\r]|&(?!amp;|lt;|gt;|#13;)/)
        expect(encodeAttribute(value)).not.toMatch(/[<>"'\r\n\t]/)
      }),
    )
  })

  it('are written by numbers where a parser would turn them into blanks', () => {
    expect(encodeAttribute('a\nb\tc\rd')).toBe('a&#10;b&#9;c&#13;d')
    expect(encodeText('a\nb\tc')).toBe('a\nb\tc')
  })

  it.each([
    ['&lt;&gt;&amp;&quot;&apos;', `<>&"'`],
    ['&#65;&#x41;&#X61;', 'AAa'],
    ['&#xF1;&#128512;', 'ñ😀'],
    ['&amp;lt;', '&lt;'],
    ['&nbsp;&unknown;', '&nbsp;&unknown;'],
    ['&#x110000;', '&#x110000;'],
    ['a & b &; &#; &#x;', 'a & b &; &#; &#x;'],
  ])('%s is %s', (raw, meant) => {
    expect(decodeEntities(raw)).toBe(meant)
  })

  it('are those of XML 1.0', () => {
    expect(['\t', '\n', '\r', ' ', '\u007f', '\u0085', '\ud7ff', '\ue000', '\ufffd', '😀'].every(isXmlText)).toBe(true)
    expect(['\0', '\u0001', '\u0008', '\u000b', '\u001f', '\ud800', '\udfff', '\ufffe', '\uffff'].some(isXmlText)).toBe(false)
  })
})
