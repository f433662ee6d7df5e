/** Characters of XML 1.0 and how they are written. https://www.w3.org/TR/xml/#charsets */
import { isXmlText } from '../../../shared/lib/text.ts'
import { AppError } from '../../../shared/model/error.ts'

const known: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const written: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '\n': '&#10;', '\t': '&#9;', '\r': '&#13;' }

/** Text as it is meant; an entity that XML does not predefine stays as it is written. */
export function decodeEntities(raw: string): string {
  if (!raw.includes('&')) return raw
  return raw.replace(/&(?:#x([0-9a-f]+)|#([0-9]+)|([a-z]+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return known[name] ?? whole
    const code = hex !== undefined ? parseInt(hex, 16) : parseInt(decimal ?? '', 10)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

/** For the text of an element. Errors: invalid-input for characters that XML cannot hold. */
export function encodeText(text: string): string {
  return checked(text).replace(/[&<>\r]/g, (character) => written[character] ?? character)
}

/** For an attribute in double quotes; newlines and tabs are kept by numbers, since a parser turns them into blanks. */
export function encodeAttribute(text: string): string {
  return checked(text).replace(/[&<>"'\n\t\r]/g, (character) => written[character] ?? character)
}

function checked(text: string): string {
  if (!isXmlText(text)) throw new AppError('invalid-input', {}, 'a character that XML cannot hold')
  return text
}
