/** What a machine's document may hold that no log and no page may show. */
import type { Secret } from '../command-line.ts'
import { attr, child, children, parseXml } from '../xml/document.ts'

/** Passwords of displays, as they stand in the document and as they are meant. */
export function secretsOf(xml: string): Secret[] {
  const displays = children(child(parseXml(xml), 'devices'), 'graphics')
  return displays.flatMap((display): Secret[] => {
    const value = attr(display, 'passwd')
    return value === null || value === '' ? [] : [{ value, escaped: display.attributes['passwd'] }]
  })
}
