/** Passwords of displays, which libvirt prints as stars unless it is asked for them. */
import { AppError } from '../../../shared/model/error.ts'
import { attr, child, children, parseXml, type XmlElement } from '../xml/document.ts'

/** What libvirt prints instead of a password. https://libvirt.org/formatdomain.html#graphical-framebuffers */
const stars = '*****'

/** A start tag of a display; comments and CDATA are passed over whole. */
const tags = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<graphics(?=[\s/>])(?:[^>"']|"[^"]*"|'[^']*')*>/g

/**
 * The text with the stored passwords where it has stars: each display's is that of the stored display of its kind and
 * place among them. All else stays as it is written. Errors: xml-secret where there is none for one.
 */
export function withPasswords(xml: string, stored: XmlElement): string {
  const [edited, known] = [displays(parseXml(xml)), displays(stored)]
  if (!edited.some((one) => attr(one, 'passwd') === stars)) return xml
  const places = [...xml.matchAll(tags)].filter(([tag]) => tag.startsWith('<graphics'))
  // a <graphics> that is no display stands in somebody's metadata
  if (places.length !== edited.length) throw new AppError('xml-secret')
  let result = ''
  let from = 0
  for (const [index, display] of edited.entries()) {
    const place = places[index]
    if (!place || attr(display, 'passwd') !== stars) continue
    result += xml.slice(from, place.index) + place[0].replace(/(\spasswd\s*=\s*)(?:"\*{5}"|'\*{5}')/, (_all, start: string) => `${start}'${passwordOf(display, edited, known)}'`)
    from = place.index + place[0].length
  }
  return result + xml.slice(from)
}

const displays = (domain: XmlElement): XmlElement[] => children(child(domain, 'devices'), 'graphics')
const sameKind = (all: readonly XmlElement[], one: XmlElement): XmlElement[] => all.filter((other) => attr(other, 'type') === attr(one, 'type'))

/** As it stands in the document, escaped. */
function passwordOf(display: XmlElement, edited: readonly XmlElement[], known: readonly XmlElement[]): string {
  const password = sameKind(known, display)[sameKind(edited, display).indexOf(display)]?.attributes['passwd']
  if (password === undefined) throw new AppError('xml-secret')
  return password
}
