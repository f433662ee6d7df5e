import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../../../shared/model/error.ts'
import { withoutPasswords, withPasswords } from '../../../../../electron/libvirt/domain/hidden-passwords.ts'
import { attr, child, children, parseXml } from '../../../../../electron/libvirt/xml/document.ts'
import { isSame, saveEdited } from '../../../../../electron/libvirt/xml/edited.ts'
import { exampleUuid } from '../../../examples.ts'

const uuid = exampleUuid(7)
const before = `<network>\n  <name>red &amp; azul</name>\n  <uuid>${uuid}</uuid>\n</network>\n`

/** Saves a text over `before`; what was defined is what is stored then, as `keeps` has it. */
async function save(xml: string, { stored = before, keeps = (text: string) => text, refuses = null as AppError | null } = {}) {
  let now = stored
  const defined: string[] = []
  const define = (text: string): Promise<void> => {
    if (refuses) return Promise.reject(refuses)
    defined.push(text)
    now = keeps(text)
    return Promise.resolve()
  }
  const saved = await saveEdited({ root: 'network', uuid, stored: () => Promise.resolve(now), define }, { before, xml })
  return { saved, defined }
}

const edited = before.replace('</network>', "  <!-- kept -->\n  <domain name='aula'/>\n</network>")

describe('an edited document', () => {
  it('is defined byte by byte, and what is stored is read back', async () => {
    expect(await save(edited)).toEqual({ saved: { xml: edited, same: true }, defined: [edited] })
  })

  it('is told from what libvirt has made of it, whatever its blanks and the order of attributes', async () => {
    const dropped = await save(edited, { keeps: (text) => text.replace(/ *<domain[^\n]*\n/, '') })
    expect(dropped.saved.same).toBe(false)
    const moved = await save(edited, { keeps: (text) => text.replaceAll('\n  ', '\n\n     ') })
    expect(moved.saved.same).toBe(true)
    expect(isSame(parseXml("<a x='1' y='2'/>"), parseXml("<a y='2' x='1'> </a>"))).toBe(true)
    expect(isSame(parseXml("<a x='1'/>"), parseXml("<a x='2'/>"))).toBe(false)
    expect(isSame(parseXml('<a>b</a>'), parseXml('<a>c</a>'))).toBe(false)
    expect(isSame(parseXml('<a><!--b--></a>'), parseXml('<a/>'))).toBe(false)
  })

  it('is refused where somebody changed the object meanwhile', async () => {
    await expect(save(edited, { stored: `${before} ` })).rejects.toMatchObject({ code: 'conflict' })
  })

  it.each([
    ['another UUID', edited.replace(uuid, exampleUuid(8)), 'xml-uuid'],
    ['no UUID', edited.replace(/ *<uuid>.*\n/, ''), 'xml-uuid'],
    ['another name', edited.replace('azul', 'verde'), 'xml-name'],
    ['a name of blanks around it', edited.replace('<name>', '<name> '), 'xml-name'],
    ['another root', edited.replaceAll('network', 'pool'), 'xml-invalid'],
    ['nothing', '', 'xml-invalid'],
    ['two documents', edited + edited, 'xml-invalid'],
    ['an entity', `<!DOCTYPE network [<!ENTITY a 'b'>]>\n${edited}`, 'xml-invalid'],
    ['a document type after a remark', `<?xml version='1.0'?>\n<!-- > -->\n<!doctype network SYSTEM 'file:///etc/passwd'>\n${edited}`, 'xml-invalid'],
    ['an entity declared inside', edited.replace('<domain', '<!ENTITY a "b"><domain'), 'xml-invalid'],
  ])('with %s is refused', async (_what, xml, code) => {
    await expect(save(xml)).rejects.toMatchObject({ code })
  })

  it('may speak of document types where that means nothing', async () => {
    const text = edited.replace('<!-- kept -->', '<!-- <!DOCTYPE x> --><a><![CDATA[<!ENTITY>]]></a>')
    expect((await save(text)).saved.same).toBe(true)
  })

  it('that is broken names the line', async () => {
    await expect(save(edited.replace('</network>', '</net>'))).rejects.toMatchObject({ code: 'xml-invalid', params: { line: 6 } })
    const refuses = new AppError('xml-invalid', {}, '(network_definition):12: Opening and ending tag mismatch')
    await expect(save(edited, { refuses })).rejects.toMatchObject({ code: 'xml-invalid', params: { line: 12 } })
    await expect(save(edited, { refuses: new AppError('in-use', {}, 'x') })).rejects.toMatchObject({ code: 'in-use' })
  })

  it('of any text at all ends in a document or in a reason', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('<', '>', '<network>', '</network>', '<!DOCTYPE', '[', ']>', `<uuid>${uuid}</uuid>`, '&lt;', '&', '\n', '<!--', '-->', 'á', '\u0000')), async (parts) => {
        const outcome = await save(parts.join('')).then(() => 'ok', (error: unknown) => (error instanceof AppError ? 'refused' : error))
        expect(['ok', 'refused']).toContain(outcome)
      }),
      { numRuns: 300 },
    )
  })
})

describe('passwords that libvirt does not print', () => {
  const stored = parseXml("<domain><devices><graphics type='spice' passwd='s&amp;1'/><graphics type='vnc' passwd='v&quot;$1' passwdValidTo='2030-01-01T00:00:00' connected='keep'/></devices></domain>")
  const machine = (displays: string, rest = ''): string => `<domain>${rest}\n <devices>\n${displays}\n </devices>\n</domain>`
  const vnc = "passwd='v&quot;$1' passwdValidTo='2030-01-01T00:00:00' connected='keep'"

  it('come back at their displays, and nothing else changes', () => {
    const xml = machine(`<graphics\n type='vnc' port="-1"/><!-- <graphics/> --><graphics type='spice'><listen/></graphics><x><![CDATA[<graphics>]]></x>`)
    expect(withPasswords(xml, stored)).toBe(xml.replace("<graphics\n type='vnc'", `<graphics ${vnc}\n type='vnc'`).replace("<graphics type='spice'", "<graphics passwd='s&amp;1' type='spice'"))
  })

  it('come back where stars stand for them', () => {
    const xml = machine(`<graphics type='vnc' passwd="*****"/>`)
    expect(withPasswords(xml, stored)).toBe(machine(`<graphics ${vnc} type='vnc'/>`))
  })

  it('stay away where the document has its own, or another kind of display', () => {
    const own = machine("<graphics type='vnc' passwd='new'/><graphics type='rdp'/><graphics/>")
    expect(withPasswords(own, stored)).toBe(own)
    expect(withPasswords(machine(''), stored)).toBe(machine(''))
  })

  it('come back also where a display’s name stands in somebody’s metadata', () => {
    const [display] = children(child(parseXml(withPasswords(machine("<graphics type='vnc'/>", "<metadata><graphics type='vnc'/></metadata>"), stored)), 'devices'), 'graphics')
    expect(attr(display, 'passwd')).toBe('v"$1')
  })

  it.each(["<graphics type='vnc'/><graphics type='vnc' passwd='*****'/>", "<graphics type='rdp' passwd='*****'/>"])('are asked for where stars stand for none: %s', (displays) => {
    expect(() => withPasswords(machine(displays), stored)).toThrowError(expect.objectContaining({ code: 'xml-secret' }))
  })

  it('are no difference to what is stored', () => {
    const written = parseXml(machine("<graphics type='vnc' passwd='new' connected='keep'/>"))
    expect(isSame(withoutPasswords(written), parseXml(machine("<graphics type='vnc'/>")))).toBe(true)
    expect(attr(child(written, 'devices', 'graphics'), 'passwd')).toBe('new')
  })
})
