/** Passwords of displays, which libvirt prints only where it is asked for them. https://libvirt.org/formatdomain.html#graphical-framebuffers */
import { AppError } from '../../../shared/model/error.ts'
import { attr, buildXml, child, children, cloneXml, parseXml, type XmlElement } from '../xml/document.ts'

/** What is hidden of a display, beside its password: until when it holds, and whom it throws out. */
const hidden = ['passwd', 'passwdValidTo', 'connected'] as const

/** What some versions and programs print instead of a password. */
const stars = /^\*+$/

/** A start tag of a display; comments and CDATA are passed over whole. */
const tags = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<graphics(?=[\s/>])(?:[^>"']|"[^"]*"|'[^']*')*>/g

/**
 * The text with the stored password of each display that has none in it: that of the stored display of its kind and
 * place among them. All else stays as it is written. Errors: xml-secret for stars where no password is stored.
 */
export function withPasswords(xml: string, stored: XmlElement): string {
  const tree = parseXml(xml)
  const given = passwordsFor(displays(tree), displays(stored))
  if (given.every((one) => one === null)) return xml
  const places = [...xml.matchAll(tags)].filter(([tag]) => tag.startsWith('<graphics'))
  if (places.length !== given.length) return rebuilt(tree, given) // a <graphics> that is no display stands in somebody's metadata
  let result = ''
  let from = 0
  for (const [index, place] of places.entries()) {
    const attributes = Object.entries(given[index] ?? {}).map(([name, value]) => ` ${name}='${value}'`)
    if (attributes.length === 0) continue
    const rest = place[0].slice('<graphics'.length).replace(/\spasswd\s*=\s*(?:"\*+"|'\*+')/, '')
    result += `${xml.slice(from, place.index)}<graphics${attributes.join('')}${rest}`
    from = place.index + place[0].length
  }
  return result + xml.slice(from)
}

/** The document as libvirt prints it: without passwords. */
export function withoutPasswords(domain: XmlElement): XmlElement {
  const shown = cloneXml(domain)
  for (const display of displays(shown)) for (const name of hidden) delete display.attributes[name]
  return shown
}

const displays = (domain: XmlElement): XmlElement[] => children(child(domain, 'devices'), 'graphics')
const sameKind = (all: readonly XmlElement[], one: XmlElement): XmlElement[] => all.filter((other) => attr(other, 'type') === attr(one, 'type'))

/** For each edited display the attributes that it gets, as they stand in the stored document (escaped); null for none. */
function passwordsFor(edited: readonly XmlElement[], known: readonly XmlElement[]): (Record<string, string> | null)[] {
  return edited.map((display) => {
    const own = attr(display, 'passwd')
    if (own !== null && !stars.test(own)) return null
    const twin = sameKind(known, display)[sameKind(edited, display).indexOf(display)]
    const entries = hidden.flatMap((name) => {
      const value = twin?.attributes[name]
      return value === undefined || (name !== 'passwd' && attr(display, name) !== null) ? [] : [[name, value.replaceAll("'", '&apos;')] as const]
    })
    if (own !== null && twin?.attributes['passwd'] === undefined) throw new AppError('xml-secret')
    return entries.length === 0 ? null : Object.fromEntries(entries)
  })
}

function rebuilt(tree: XmlElement, given: readonly (Record<string, string> | null)[]): string {
  for (const [index, display] of displays(tree).entries()) Object.assign(display.attributes, given[index])
  return buildXml(tree)
}
