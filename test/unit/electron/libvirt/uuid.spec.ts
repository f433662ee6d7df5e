import { describe, expect, it } from 'vitest'
import { uuidSet } from '../../../../electron/libvirt/lists.ts'
import { withUuid } from '../../../../electron/libvirt/uuid.ts'
import { childText, children, parseXml } from '../../../../electron/libvirt/xml/document.ts'
import { AppError } from '../../../../shared/model/error.ts'
import { exampleUuid } from '../../examples.ts'

describe('a document that is going to be defined', () => {
  it('keeps its own UUID, and every letter', () => {
    const xml = `<domain type='qemu'>\n  <name>one</name><uuid>${exampleUuid(1)}</uuid></domain>\n`
    expect(withUuid(xml, 'domain')).toEqual({ document: xml, uuid: exampleUuid(1) })
  })

  it.each(['<network>\n  <name>one</name>\n  <bridge/>\n</network>', '<network><name>one</name><uuid/></network>', '<network><name>one</name><uuid> </uuid></network>'])('gets one where it has none: %j', (xml) => {
    const { document, uuid } = withUuid(xml, 'network')
    const root = parseXml(document)
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/)
    expect(childText(root, 'uuid')).toBe(uuid)
    expect(children(root).slice(0, 2).map((el) => el.tag)).toEqual(['name', 'uuid'])
    expect(withUuid(xml, 'network').uuid).not.toBe(uuid)
  })

  it('of another kind is refused', () => {
    expect(() => withUuid('<pool/>', 'network')).toThrowError(expect.objectContaining({ code: 'xml-invalid' }))
  })
})

describe('a list of UUIDs', () => {
  it('is what was printed, and nothing where the driver does not know the question', () => {
    expect([...uuidSet({ ok: true, text: `\n${exampleUuid(1)}\n${exampleUuid(2)}\n\n` })]).toEqual([exampleUuid(1), exampleUuid(2)])
    expect(uuidSet({ ok: false, error: new AppError('unsupported') }).size).toBe(0)
    expect(uuidSet(undefined).size).toBe(0)
  })
})
